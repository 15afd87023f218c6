import { diffArrays } from 'diff';
import type { Hunk, HunkLine } from './patch.ts';
import { listRuns } from './runs.ts';

/** A line that the change did not write: it stood elsewhere, or differs in white space alone. */
export interface Pair {
  oldLine: number;
  newLine: number;
  /** `spaced`: at its place, with other white space; `moved`: with the lines around it from another place. */
  how: 'spaced' | 'moved';
}

/** A block that moved has at least so many lines with text: fewer are alike by chance. */
const LEAST_MOVED = 3;
const MOST_PLACES = 20;

/** The lines of a change that are no news, by their head lines. What is compared is the text without its white space. */
export function pairLines(hunks: readonly Hunk[]): Pair[] {
  const pairs: Pair[] = [];
  const removed: HunkLine[] = [];
  const added: HunkLine[] = [];
  for (const run of listRuns(hunks)) {
    const spaced = run.removed.length > 0 && run.added.length > 0 ? pairRun(run.removed, run.added) : [];
    pairs.push(...spaced);
    const [old, now] = [new Set(spaced.map((pair) => pair.oldLine)), new Set(spaced.map((pair) => pair.newLine))];
    removed.push(...run.removed.filter((line) => !old.has(line.oldLine ?? 0)));
    added.push(...run.added.filter((line) => !now.has(line.newLine ?? 0)));
  }
  return [...pairs, ...pairMoved(removed, added)].sort((a, b) => a.newLine - b.newLine);
}

function pairRun(removed: readonly HunkLine[], added: readonly HunkLine[]): Pair[] {
  const parts = diffArrays(removed.map(squeeze), added.map(squeeze), { timeout: 500, maxEditLength: 2000 }) ?? [];
  const pairs: Pair[] = [];
  let [old, now] = [0, 0];
  for (const part of parts) {
    if (part.removed) old += part.value.length;
    else if (part.added) now += part.value.length;
    else for (const _ of part.value) pairs.push(pair(removed[old++], added[now++], 'spaced'));
  }
  return pairs;
}

function pairMoved(removed: readonly HunkLine[], added: readonly HunkLine[]): Pair[] {
  const places = Map.groupBy(removed.keys(), (index) => squeeze(removed[index]));
  const used = new Set<number>();
  const pairs: Pair[] = [];
  for (let at = 0; at < added.length; ) {
    const starts = squeeze(added[at]) === '' ? [] : (places.get(squeeze(added[at])) ?? []).slice(0, MOST_PLACES);
    let best = { start: -1, length: 0, full: 0 };
    for (const start of starts) {
      const found = measure(removed, start, added, at, used);
      if (found.full > best.full) best = { start, ...found };
    }
    if (best.full < LEAST_MOVED) {
      at += 1;
      continue;
    }
    for (let by = 0; by < best.length; by++) {
      used.add(best.start + by);
      pairs.push(pair(removed[best.start + by], added[at + by], 'moved'));
    }
    at += best.length;
  }
  return pairs;
}

/** How far two blocks are alike, and how many of those lines have text. */
function measure(
  removed: readonly HunkLine[],
  start: number,
  added: readonly HunkLine[],
  at: number,
  used: ReadonlySet<number>,
): { length: number; full: number } {
  let [length, full] = [0, 0];
  while (at + length < added.length && start + length < removed.length && !used.has(start + length)) {
    const [old, now] = [removed[start + length], added[at + length]];
    const isNext =
      length === 0 ||
      (old?.oldLine === (removed[start + length - 1]?.oldLine ?? 0) + 1 &&
        now?.newLine === (added[at + length - 1]?.newLine ?? 0) + 1);
    if (!isNext || squeeze(old) !== squeeze(now)) break;
    if (squeeze(now).length > 2) full += 1;
    length += 1;
  }
  return { length, full };
}

function pair(old: HunkLine | undefined, now: HunkLine | undefined, how: Pair['how']): Pair {
  return { oldLine: old?.oldLine ?? 0, newLine: now?.newLine ?? 0, how };
}

function squeeze(line: HunkLine | undefined): string {
  return (line?.text ?? '').replace(/\s+/g, '');
}
