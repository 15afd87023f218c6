import { outsideQuotes } from './outside-quotes.ts';

/** The parts of a list, and where each begins. A comma in brackets or quotes divides nothing; empty parts are left out. */
export function splitList(text: string): { text: string; at: number }[] {
  const parts: { text: string; at: number }[] = [];
  let [depth, from] = [0, 0];
  const add = (end: number): void => {
    const part = text.slice(from, end);
    if (part.trim() !== '') parts.push({ text: part.trim(), at: from + part.search(/\S/) });
    from = end + 1;
  };
  outsideQuotes(text, 0, text.length, (one, at) => {
    if ('([{'.includes(one)) depth++;
    else if (')]}'.includes(one)) depth = Math.max(0, depth - 1);
    else if (one === ',' && depth === 0) add(at);
    return false;
  });
  add(text.length);
  return parts;
}
