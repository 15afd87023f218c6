import type { SourceFile } from '../../change/source-file.ts';
import { splitLines } from '../../findings/evidence.ts';
import { type Acceptance, findAcceptances, IS_COMMENT } from '../find-acceptances.ts';

/** `;` ends a statement of SQL; comments may stand behind it. */
const ENDS = /;\s*(?:\/\*[^*]*\*\/\s*)*(?:--.*)?$/;
/** So much of a line's end tells whether a statement ends there. */
const MOST_END = 400;

/** Who accepts what a statement does, in a comment above it or within it: `-- backend-dev: accepted by NAME: REASON`. Linear time. */
export function createAcceptedBy(
  file: SourceFile,
): (range: { startLine: number; endLine: number }) => Acceptance | undefined {
  const { kind, text } = file;
  const all = findAcceptances(file);
  if (all.length === 0) return () => undefined;
  const tops = listTops(splitLines(text), kind === 'sql');
  const at = new Map(all.map((one) => [one.line, one]));
  let next: Acceptance | undefined;
  const nexts = tops.map((_, index) => (next = at.get(tops.length - 1 - index) ?? next)).reverse();
  return ({ startLine, endLine }) => {
    const first = nexts[tops[startLine] ?? startLine];
    return first && first.line <= endLine ? first : undefined;
  };
}

/**
 * Of each line (from 1) the first one of the comment above the statement that it belongs to: one action of a statement may stand
 * further down than its beginning.
 */
function listTops(lines: readonly string[], isSql: boolean): number[] {
  const [starts, comments] = [[0], [0]];
  for (const index of lines.keys()) {
    const line = index + 1;
    const above = lines[index - 1] ?? '';
    const isOpen = isSql && above.trim() !== '' && !ENDS.test(above.slice(-MOST_END));
    starts.push(isOpen ? (starts[index] ?? line) : line);
    comments.push(IS_COMMENT.test(above) ? (comments[index] ?? line) : line);
  }
  return starts.map((line) => comments[line] ?? line);
}
