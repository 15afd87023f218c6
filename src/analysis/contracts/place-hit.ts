import { type Hunk, listChangedLines } from '../../diff/patch.ts';
import { listRuns, placeOfRun } from '../../diff/runs.ts';
import type { Place, Span } from './hit.ts';

export interface Placed extends Span {
  side: 'LEFT' | 'RIGHT';
}

/** The most lines that are quoted: nobody wants to read more above a comment. */
const MOST_LINES = 10;

/**
 * Where a break is said: on what the change wrote in its place, else on the lines of it that the change removed, else the same
 * for what it stands in.
 */
export function createPlacer(hunks: readonly Hunk[]): (place: Place) => Placed {
  const lines = listChangedLines(hunks);
  const added = new Set(lines.added);
  const removed = new Set(lines.removed);
  const [first] = listRuns(hunks);
  return (place) => {
    for (let at: Place | null = place; at; at = at.up) {
      const right = at.head && findRun(added, at.head);
      if (right) return { side: 'RIGHT', ...right };
      const left = at.base && findRun(removed, at.base);
      if (left) return { side: 'LEFT', ...left };
    }
    const near = first && placeOfRun(first);
    return near ?? { side: 'RIGHT', startLine: 1, endLine: 1 };
  };
}

/** The first lines in a row of a span that the change touched. */
function findRun(touched: ReadonlySet<number>, { startLine, endLine }: Span): Span | null {
  let start = startLine;
  while (start <= endLine && !touched.has(start)) start += 1;
  if (start > endLine) return null;
  let end = start;
  while (end < Math.min(endLine, start + MOST_LINES - 1) && touched.has(end + 1)) end += 1;
  return { startLine: start, endLine: end };
}
