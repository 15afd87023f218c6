/** Letters of a word: a slip is more often behind them. */
const LIKE_FROM = 5;

const MOST_NEAR = 5;

/** With what is like it, the likest first. */
export function describeUnknown(id: string, all: readonly { id: string }[]): string {
  const words = id.split('-');
  const shared = (other: string) => words.filter((word) => other.includes(word.slice(0, LIKE_FROM))).length;
  const most = Math.max(1, ...all.map((one) => shared(one.id)));
  const near = all
    .map((one) => one.id)
    .filter((one) => shared(one) === most)
    .sort((a, b) => countAlike(b, id) - countAlike(a, id))
    .slice(0, MOST_NEAR);
  return `${id}: no such rule. ${near.length > 0 ? `Like it: ${near.join(', ')}. ` : ''}docs/rules.md lists them all.`;
}

/** Letters from the beginning that are the same. */
function countAlike(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
