import type { Hunk } from './patch.ts';

export type Side = 'LEFT' | 'RIGHT';

/** Where a review comment can stand. GitHub takes `startLine` only in the same hunk and before `line`. */
export type Anchor =
  | { kind: 'inline'; side: Side; startLine: number | null; line: number }
  /** Not on the diff: the summary names it. */
  | { kind: 'summary' };

/** The head line beside which a line of the base stood: the one before it in its hunk, else the next. Null: it stands in no hunk. */
export function findHeadLine(hunks: readonly Hunk[], oldLine: number): number | null {
  for (const { lines, newStart } of hunks) {
    const at = lines.findIndex((line) => line.oldLine === oldLine);
    if (at === -1) continue;
    const before = lines.slice(0, at + 1).findLast((line) => line.newLine !== null);
    return before?.newLine ?? lines.find((line) => line.newLine !== null)?.newLine ?? Math.max(1, newStart);
  }
  return null;
}

/**
 * The anchor of a range of lines on a diff. The range is cut to the hunk that holds its first visible line, because
 * createReview answers 422 for a `start_line` in another hunk and refuses the whole review with it.
 *
 * @param startLine 1-based, inclusive, on `side`
 * @param endLine 1-based, inclusive
 */
export function decideAnchor(hunks: readonly Hunk[], side: Side, startLine: number, endLine: number): Anchor {
  for (const hunk of hunks) {
    let first: number | null = null;
    let last: number | null = null;
    for (const line of hunk.lines) {
      const at = side === 'RIGHT' ? line.newLine : line.kind === 'removed' ? line.oldLine : null;
      if (at === null || at < startLine) continue;
      if (at > endLine) break;
      first ??= at;
      last = at;
    }
    if (first === null || last === null) continue;
    return { kind: 'inline', side, startLine: first === last ? null : first, line: last };
  }
  return { kind: 'summary' };
}
