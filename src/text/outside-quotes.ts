/**
 * Goes through the characters of code that stand in no quotes, until `visit` gives true. Python's `"""` is one quote. A backslash in
 * backquotes is a letter, as it is in Go.
 */
export function outsideQuotes(
  text: string,
  from: number,
  to: number,
  visit: (one: string, at: number) => boolean,
): void {
  let quote = '';
  for (let at = from; at < to; at++) {
    const one = text.charAt(at);
    if (quote !== '') {
      if (one === '\\' && quote !== '`') at++;
      else if (one === quote.charAt(0) && text.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = '';
      }
    } else if ('"\'`'.includes(one)) {
      const three = one.repeat(3);
      quote = one !== '`' && text.startsWith(three, at) ? three : one;
      at += quote.length - 1;
    } else if (visit(one, at)) return;
  }
}
