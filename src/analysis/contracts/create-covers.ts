import type { Hunk } from '../../diff/patch.ts';
import { listRuns } from '../../diff/runs.ts';
import { splitLines } from '../../findings/evidence.ts';
import { type Acceptance, IS_COMMENT } from '../find-acceptances.ts';
import type { Place } from './hit.ts';
import type { Placed } from './place-hit.ts';

/** Whether an acceptance is about this break: it stands in the smallest part with a name around it, or right above, or in its place. */
export function createCovers(
  text: string,
  hunks: readonly Hunk[],
): (one: Acceptance, place: Place, placed: Placed) => boolean {
  const lines = splitLines(text);
  const runs = listRuns(hunks);
  return ({ line, whole }, place, { side, startLine }) => {
    if (whole) return true;
    let owner: Place | null = place;
    while (owner && !owner.owner) owner = owner.up;
    if (owner?.head) return line <= owner.head.endLine && line >= findTop(lines, owner.head.startLine);
    if (side === 'RIGHT') return line === startLine - 1;
    const run = runs.find(({ removed }) => removed.some(({ oldLine }) => oldLine === startLine));
    return run !== undefined && line >= run.newStart - 1 && line <= run.newStart + run.added.length;
  };
}

/** The first line of the comment above a line. */
function findTop(lines: readonly string[], line: number): number {
  let top = line;
  while (top > 1 && IS_COMMENT.test(lines[top - 2] ?? '')) top -= 1;
  return top;
}
