import { splitLines } from '../../findings/evidence.ts';
import type { Suggestion } from '../../findings/finding.ts';

export interface Position {
  /** Both from 0. */
  line: number;
  column: number;
}

/** The whole lines of a range with another text in it, as GitHub wants a suggestion. */
export function replaceRange(
  text: string,
  { start, end }: { start: Position; end: Position },
  replaced: string,
): Suggestion {
  const lines = splitLines(text);
  const before = lines[start.line]?.slice(0, start.column) ?? '';
  const after = lines[end.line]?.slice(end.column).replace(/\r$/, '') ?? '';
  return { startLine: start.line + 1, endLine: end.line + 1, replacement: `${before}${replaced}${after}` };
}
