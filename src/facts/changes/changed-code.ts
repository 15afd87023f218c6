import { codeOf } from '../../text/code-of.ts';
import type { ChangedLine } from '../fact-hit.ts';

/** The longest line that is read: nobody writes longer ones by hand. */
export const LONGEST_LINE = 1000;

export function isShort({ text }: ChangedLine): boolean {
  return text.length < LONGEST_LINE;
}

/** Lines of a change as one text, without comments; of a line that is too long its beginning. */
export function codeOfLines(lines: readonly ChangedLine[]): string {
  return codeOf(lines.map(({ text }) => text.slice(0, LONGEST_LINE)).join('\n'));
}
