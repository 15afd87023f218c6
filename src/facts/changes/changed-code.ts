import { codeOf } from '../../text/code-of.ts';
import type { ChangedLine } from '../fact-hit.ts';

/** The longest line that is read: nobody writes longer ones by hand. */
export const LONGEST_LINE = 1000;

export function isShort({ text }: ChangedLine): boolean {
  return text.length < LONGEST_LINE;
}

/** Lines of a change as one text, without comments; of a line that is too long its beginning. */
export function codeOfLines(lines: readonly ChangedLine[]): string {
  return shortCodeOf(lines.map(({ text }) => text).join('\n'));
}

/** A text without comments, and of lines and words that are too long their beginnings: patterns take the square of their length. */
export function shortCodeOf(text: string): string {
  return codeOf(text).replace(LONG_LINE, '$1').replace(LONG_WORD, '$1');
}

const LONG_LINE = new RegExp(`^([^\\n]{${LONGEST_LINE}})[^\\n]+`, 'gm');
const LONG_WORD = /(\w{100})\w+/g;
