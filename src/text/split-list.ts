/** The parts of a list, and where each begins. A comma in brackets or quotes divides nothing; empty parts are left out. */
export function splitList(text: string): { text: string; at: number }[] {
  const parts: { text: string; at: number }[] = [];
  let [depth, quote, from] = [0, '', 0];
  const add = (end: number): void => {
    const part = text.slice(from, end);
    if (part.trim() !== '') parts.push({ text: part.trim(), at: from + part.search(/\S/) });
    from = end + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const one = text.charAt(at);
    if (quote !== '') {
      if (one === '\\' && quote !== '`') at++;
      else if (one === quote) quote = '';
    } else if ('"\'`'.includes(one)) quote = one;
    else if ('([{'.includes(one)) depth++;
    else if (')]}'.includes(one)) depth = Math.max(0, depth - 1);
    else if (one === ',' && depth === 0) add(at);
  }
  add(text.length);
  return parts;
}
