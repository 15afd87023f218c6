/** A text as the program reads it, which is written otherwise in the file; and where each place of it stands in the file. */
export interface View {
  text: string;
  /** The place in the file of a place in the view, in UTF-16 units. */
  toFile: (at: number) => number;
}

/**
 * Between two literals that the language joins: `'a' + 'b'`, `"a" . "b"`, `"a" "b"`, `['a', 'b'].join('')`, a line that ends in
 * `\`; or a character that is written as an escape: `\x67`, `\u0067`, `%67`, `&#103;`.
 */
const SEAM =
  /(?<joint>(?<=[^\s"'`\\])["'`][ \t]{0,20}(?:[+.&]|\.\.|<>|\|\||(?<comma>,))?[ \t]{0,20}\\?(?:\r?\n\s{0,80})?(?:[+.&]|\.\.|<>|\|\|)?\s{0,20}[bBrRuUfF]{0,2}["'`](?=[^\s"'`,;)\]}]))|\\\r?\n[ \t]{0,80}|\\x(?<hex>[0-9a-fA-F]{2})|\\u(?:(?<unicode>[0-9a-fA-F]{4})|\{(?<point>[0-9a-fA-F]{1,6})\})|%(?<percent>[2-7][0-9a-fA-F])|&#(?:x(?<entityHex>[0-9a-fA-F]{2,4})|(?<entity>\d{2,5}));/g;

/** Null: nothing in the text is written otherwise than it is read. Linear time. */
export function readThrough(text: string): View | null {
  const starts: number[] = [0];
  const places: number[] = [0];
  let out = '';
  let from = 0;
  for (const match of text.matchAll(SEAM)) {
    const { hex, unicode, point, percent, entityHex, entity, comma } = match.groups ?? {};
    const code = Number.parseInt(
      hex ?? unicode ?? point ?? percent ?? entityHex ?? entity ?? '',
      entity === undefined ? 16 : 10,
    );
    const char = code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '';
    if (char === '' && !Number.isNaN(code)) continue;
    if (comma !== undefined && !isJoined(text, match.index)) continue;
    out += text.slice(from, match.index);
    if (char !== '') {
      starts.push(out.length);
      places.push(match.index);
      out += char;
    }
    from = match.index + match[0].length;
    starts.push(out.length);
    places.push(from);
  }
  if (from === 0) return null;
  return { text: out + text.slice(from), toFile: (at) => placeOf(starts, places, at) };
}

/** A list whose elements become one text. */
function isJoined(text: string, at: number): boolean {
  const rest = text.slice(at, at + 500);
  const end = rest.indexOf(']');
  return end !== -1 && /^\]\s{0,20}\.\s{0,20}join\(\s{0,5}(?:""|''|``)?\s{0,5}\)/.test(rest.slice(end));
}

function placeOf(starts: readonly number[], places: readonly number[], at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return (places[low] ?? 0) + at - (starts[low] ?? 0);
}
