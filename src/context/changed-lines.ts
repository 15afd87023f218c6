import type { SourceFile } from '../change/source-file.ts';
import { type Pair, pairLines } from '../diff/pair-lines.ts';
import type { HunkLine } from '../diff/patch.ts';
import { listRuns } from '../diff/runs.ts';

/** What the change did to a file, by its head lines. */
export interface ChangedLines {
  /** Lines of the head, without their line ends. */
  lines: string[];
  added: ReadonlySet<number>;
  /** Lines that only moved or only have other white space. */
  pairs: ReadonlyMap<number, Pair>;
  /** Removed lines before each head line; before the line after the last for those at the end. */
  removed: ReadonlyMap<number, HunkLine[]>;
  /** Old numbers of lines that stand elsewhere now. */
  movedAway: ReadonlyMap<number, Pair>;
}

export function readChangedLines({ text, hunks }: Pick<SourceFile, 'text' | 'hunks'>): ChangedLines {
  // What follows the last line feed is no line.
  const lines = text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  if (!hunks)
    return {
      lines,
      added: new Set(lines.map((_, index) => index + 1)),
      pairs: new Map(),
      removed: new Map(),
      movedAway: new Map(),
    };
  const all = pairLines(hunks);
  const added = new Set(
    hunks.flatMap((hunk) =>
      hunk.lines.flatMap(({ kind, newLine }) => (kind === 'added' && newLine !== null ? [newLine] : [])),
    ),
  );
  const removed = new Map<number, HunkLine[]>();
  for (const run of listRuns(hunks)) {
    const known = removed.get(run.newStart) ?? [];
    if (run.removed.length > 0) removed.set(run.newStart, [...known, ...run.removed]);
  }
  return {
    lines,
    added,
    pairs: new Map(all.map((pair) => [pair.newLine, pair])),
    removed,
    movedAway: new Map(all.map((pair) => [pair.oldLine, pair])),
  };
}
