const MOST_TOLD = 3;

/** `` `pay`, `refund` ``: the first of those that do it otherwise, as a text says them. */
export function tellSiblings(names: readonly string[]): string {
  return names
    .slice(0, MOST_TOLD)
    .map((name) => `\`${name}\``)
    .join(', ');
}
