const LEFTWARDS =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const PLACEHOLDER = /^.(?:\$?\{[^{}]*\}|\$?\{\{[^{}]*\}\}|%[sd]|<\w+>).$/u;

/** No end of a text and no begin of a comment, in any language: moved, it would make text look like code. */
const NO_CODE = String.raw`(?:(?!/\*|\*/|//)[^'"\x60\u202A-\u202E\u2066-\u2069])*`;

/**
 * A change of direction that ends in its line. An override (U+202D, U+202E) is none of them: it turns plain letters round, which
 * no text needs. Source: unicode.org, UAX 9; trojansource.codes.
 */
export const CLOSED = new RegExp(String.raw`[\u2066-\u2068]${NO_CODE}\u2069|[\u202A\u202B]${NO_CODE}\u202C`, 'gu');

/** Whether a text needs this closed change of direction: it has letters from right to left, or holds a placeholder apart. */
export function needsDirection(closed: string, text: string): boolean {
  return PLACEHOLDER.test(closed) || LEFTWARDS.test(text);
}

/** All of its letters are read from right to left. */
export function isLeftwards(text: string): boolean {
  return LEFTWARDS.test(text) && [...text.matchAll(/\p{L}/gu)].every(([letter]) => LEFTWARDS.test(letter));
}
