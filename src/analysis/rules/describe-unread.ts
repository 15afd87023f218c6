import type { Range } from '@ast-grep/napi';
import type { SourceFile } from '../../change/source-file.ts';
import { countLines } from '../../scope/select.ts';
import type { parseSource } from '../languages.ts';

/** A grammar may lag behind its language by a construct or two; more is a file that nobody has read. */
const LEAST_SHARE = 0.1;

/**
 * What of a file is no code of its language, where that is more than a grammar may lack: nothing is found there.
 *
 * @param root its tree
 */
export function describeUnread(
  { text }: Pick<SourceFile, 'text'>,
  root: ReturnType<typeof parseSource>,
): string | null {
  const ranges = root.findAll({ rule: { kind: 'ERROR' } }).map((one) => one.range());
  const size = ranges.reduce((sum, { start, end }) => sum + end.index - start.index, 0);
  const [first] = ranges;
  if (!first || size < text.length * LEAST_SHARE) return null;
  const all = countLines(text.trimEnd());
  const lines = new Set(ranges.flatMap((range) => listLines(range)).filter((line) => line < all));
  return `there is a syntax error near line ${first.start.line + 1}: ${lines.size} of its ${all} lines could not be read as code`;
}

/** Of the line on which it ends, something must belong to it. */
function listLines({ start, end }: Range): number[] {
  const to = end.column === 0 && end.line > start.line ? end.line - 1 : end.line;
  return Array.from({ length: to - start.line + 1 }, (_, index) => start.line + index);
}
