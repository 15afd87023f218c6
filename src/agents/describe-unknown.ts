/** Letters of a word: a slip is more often behind them. */
const LIKE_FROM = 5;

export function describeUnknown(id: string, all: readonly { id: string }[]): string {
  const words = id.split('-');
  const shared = (other: string) => words.filter((word) => other.includes(word.slice(0, LIKE_FROM))).length;
  const most = Math.max(1, ...all.map((one) => shared(one.id)));
  const near = all.map((one) => one.id).filter((one) => shared(one) === most);
  return `${id}: no such rule. ${near.length > 0 ? `Like it: ${near.join(', ')}. ` : ''}docs/rules.md lists them all.`;
}
