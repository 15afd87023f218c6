const MOST_TOLD = 3;

/** `` `pay`, `refund` ``: the first of the siblings that do it differently, as words for a text. */
export function tellSiblings(names: readonly string[]): string {
  return names
    .slice(0, MOST_TOLD)
    .map((name) => `\`${name}\``)
    .join(', ');
}
