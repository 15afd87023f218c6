import { outsideQuotes } from './outside-quotes.ts';

/** How far a closing bracket is looked for. */
const FARTHEST = 2000;

/** Where the bracket at `open` is closed; -1: not within so many characters. Brackets in quotes are letters like others. */
export function closingOf(text: string, open: number, most: number = FARTHEST): number {
  let depth = 0;
  let closing = -1;
  outsideQuotes(text, open, Math.min(text.length, open + most), (one, at) => {
    if ('([{'.includes(one)) depth++;
    else if (')]}'.includes(one) && --depth <= 0) {
      closing = depth === 0 ? at : -1;
      return true;
    }
    return false;
  });
  return closing;
}

/** What stands between the bracket at `open` and the one that closes it; null: that one is not found. */
export function betweenBrackets(text: string, open: number, most?: number): string | null {
  const close = closingOf(text, open, most);
  return close < 0 ? null : text.slice(open + 1, close);
}
