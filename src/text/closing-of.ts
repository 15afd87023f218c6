/** How far a closing bracket is looked for. */
const FARTHEST = 2000;

/** Where the bracket at `open` is closed; -1: not within so many characters. Brackets in quotes are letters like others. */
export function closingOf(text: string, open: number, most: number = FARTHEST): number {
  let depth = 0;
  let quote = '';
  const end = Math.min(text.length, open + most);
  for (let at = open; at < end; at++) {
    const one = text.charAt(at);
    if (quote !== '') {
      if (one === '\\' && quote !== '`') at++;
      else if (one === quote) quote = '';
    } else if ('"\'`'.includes(one)) quote = one;
    else if ('([{'.includes(one)) depth++;
    else if (')]}'.includes(one) && --depth <= 0) return depth === 0 ? at : -1;
  }
  return -1;
}

/** What stands between the bracket at `open` and the one that closes it; null: that one is not found. */
export function betweenBrackets(text: string, open: number, most?: number): string | null {
  const close = closingOf(text, open, most);
  return close < 0 ? null : text.slice(open + 1, close);
}
