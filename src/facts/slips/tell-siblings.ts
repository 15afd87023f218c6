const MOST_TOLD = 3;

/** `` `pay`, `refund` ``: the first of the siblings that do it differently, as words for a text. Some have no name. */
export function tellSiblings(names: readonly string[]): string {
  const told = [...new Set(names)].filter((name) => name !== '').slice(0, MOST_TOLD);
  return told.length === 0 ? 'other functions' : told.map((name) => `\`${name}\``).join(', ');
}
