import type { Hunk, HunkLine } from './patch.ts';

/** Lines that a change removed and added at one place, without a line between them. */
export interface Run {
  removed: HunkLine[];
  added: HunkLine[];
  /** The head line that the run begins at; for a pure removal the line that follows it. */
  newStart: number;
}

/** The runs of a file's change, in its order. */
export function listRuns(hunks: readonly Hunk[]): Run[] {
  return hunks.flatMap((hunk) => {
    const runs: Run[] = [];
    let run: Run | null = null;
    let next = hunk.lines.find((line) => line.newLine !== null)?.newLine ?? hunk.newStart + 1;
    for (const line of hunk.lines) {
      if (line.kind === 'context') run = null;
      else {
        if (!run) runs.push((run = { removed: [], added: [], newStart: next }));
        run[line.kind].push(line);
      }
      if (line.newLine !== null) next = line.newLine + 1;
    }
    return runs;
  });
}

/**
 * The base lines that a head line stands in the place of: its own where it is untouched, else the one of its run that is as far
 * from the beginning, or as far from the end.
 */
export function pairLines(hunks: readonly Hunk[]): (line: number) => number[] {
  const runs = listRuns(hunks);
  return (line) => {
    let moved = 0;
    for (const { removed, added, newStart } of runs) {
      if (newStart > line) break;
      const index = line - newStart;
      if (index < added.length) {
        const pairs = [removed[index], removed.at(index - added.length)];
        return [...new Set(pairs.flatMap((one) => one?.oldLine ?? []))];
      }
      moved += removed.length - added.length;
    }
    return [line + moved];
  };
}

/** The head text as it would be without this run. */
export function undoRun(head: string, { removed, added, newStart }: Run): string {
  const lines = head.split('\n');
  lines.splice(newStart - 1, added.length, ...removed.map((line) => line.text));
  return lines.join('\n');
}

export interface RunPlace {
  side: 'LEFT' | 'RIGHT';
  startLine: number;
  endLine: number;
  text: string;
}

/** Where a comment on a run stands: on what was removed if more was removed than put in its place, else on what was added. */
export function placeOfRun({ removed, added }: Run): RunPlace {
  const side = removed.length > added.length ? ('LEFT' as const) : ('RIGHT' as const);
  const lines = trimBlank(side === 'LEFT' ? removed : added);
  const numbers = lines.map((line) => (side === 'LEFT' ? line.oldLine : line.newLine) ?? 1);
  return {
    side,
    startLine: numbers[0] ?? 1,
    endLine: numbers.at(-1) ?? 1,
    text: lines.map((line) => line.text).join('\n'),
  };
}

/** How far a run is from a head line, in lines. */
export function distanceTo({ newStart, added }: Run, line: number): number {
  const end = newStart + Math.max(0, added.length - 1);
  return line < newStart ? newStart - line : Math.max(0, line - end);
}

function trimBlank(lines: readonly HunkLine[]): readonly HunkLine[] {
  const isFull = (line: HunkLine): boolean => line.text.trim() !== '';
  const kept = lines.slice(lines.findIndex(isFull), lines.findLastIndex(isFull) + 1);
  return kept.length > 0 ? kept : lines.slice(0, 1);
}
