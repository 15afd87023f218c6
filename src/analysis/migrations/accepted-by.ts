import type { SourceFile } from '../../change/source-file.ts';
import { splitLines } from '../../findings/evidence.ts';
import { type Acceptance, findAcceptances, findTop } from '../find-acceptances.ts';

/** `;` ends a statement of SQL; a comment may stand behind it. */
const ENDS = /;\s*(?:--.*)?$/;

/** Who accepts what a statement does, in a comment above it or within it: `-- backend-dev: accepted by NAME: REASON`. */
export function createAcceptedBy({
  kind,
  text,
  hunks,
}: SourceFile): (range: { startLine: number; endLine: number }) => Acceptance | undefined {
  const all = findAcceptances(text, hunks);
  const lines = splitLines(text);
  // One action of a statement may stand further down than its beginning.
  const topOf = (line: number): number => {
    let top = line;
    const isOpen = (at: number): boolean => (lines[at - 1] ?? '').trim() !== '' && !ENDS.test(lines[at - 1] ?? '');
    while (kind === 'sql' && top > 1 && isOpen(top - 1)) top -= 1;
    return findTop(lines, top);
  };
  return ({ startLine, endLine }) =>
    all.length === 0 ? undefined : all.find(({ line }) => topOf(startLine) <= line && line <= endLine);
}
