import { findFrom } from '../diff/find-from.ts';
import { type Hunk, listChangedLines, touchesOf } from '../diff/patch.ts';
import { distanceTo, listRuns, placeOfRun, type Run, type RunPlace } from '../diff/runs.ts';
import { type Finding, gradeOf, type RawFinding, type Step } from './finding.ts';

/** The finding as the analyser reports it, before anything else changes it. */
function asFound(raw: RawFinding & { fingerprint: string }): Finding {
  const { compared: _, ...finding } = raw;
  return {
    ...finding,
    side: finding.side ?? 'RIGHT',
    cause: null,
    alsoAt: [],
    grade: gradeOf(finding),
    doubt: null,
    remark: null,
  };
}

type Found = RawFinding & { fingerprint: string };

/** `path`: a file of the change, where the flaw stands in one that it does not touch. */
type Cause = RunPlace & { path?: string };

/**
 * Places what analysers found and the base does not have. What stands on changed lines is said there. What stands on untouched
 * lines was armed by the change, so it is said at the change: at a step of its path, at what was removed from its statement, at
 * the change without which it is not there, else at the nearest one. Such a finding names the line that it is about.
 *
 * @param fresh those that the base does not account for; null: the base is not known, so only what the change touches is said
 * @param causes by fingerprint, the change without which the flaw is not there
 */
export function placeFindings(
  findings: readonly Found[],
  hunks: readonly Hunk[] | null,
  fresh: ReadonlySet<Found> | null,
  causes: ReadonlyMap<string, Cause> = new Map(),
): Finding[] {
  if (!hunks) return findings.map(asFound);
  const isAdded = new Set(listChangedLines(hunks).added);
  const removed = listRemoved(hunks);
  const runs = listRuns(hunks);
  const isTouched = touchesOf(hunks);
  return findings.flatMap((finding): Finding[] => {
    if (fresh && !fresh.has(finding)) return [];
    const line = finding.startLine;
    if (isTouched(finding)) return [asFound(finding)];
    const step = finding.trace.find((one) => one.path === undefined && isAdded.has(one.line));
    if (step) {
      const place = { side: 'RIGHT' as const, startLine: step.line, endLine: step.line, text: step.text };
      return [moveTo(finding, place, `Line ${step.line} is new and leads to line ${line}`)];
    }
    const inside = findRemoved(removed, finding);
    if (inside) {
      // Of base and head: two lines may have one number.
      const now = inside.startLine === line ? `line ${line}, as it is numbered now,` : `line ${line}`;
      return [moveTo(finding, inside, `Without this line, ${now} is wrong`)];
    }
    const cause = causes.get(finding.fingerprint);
    if (finding.compared && isOnlyAdded(cause, runs, line)) return [];
    if (cause) {
      const { path, ...place } = cause;
      const where = path === undefined ? `line ${line}` : describeEnd(finding);
      const words =
        cause.side === 'LEFT' ? `Without what is removed here, ${where} is wrong` : `This change makes ${where} wrong`;
      return [moveTo(path === undefined ? finding : tellFrom(finding, path, cause.side), place, words)];
    }
    const near = fresh && findNearest(runs, line);
    return near ? [moveTo(finding, placeOfRun(near), `Line ${line} was right before this change`)] : [];
  });
}

/** Whether what makes it wrong, or stands nearest to it, took nothing away. */
function isOnlyAdded(cause: Cause | undefined, runs: readonly Run[], line: number): boolean {
  if (cause?.side === 'LEFT') return false;
  const run = cause ? findNearest(runs, cause.startLine) : findNearest(runs, line);
  return run !== undefined && run.removed.length === 0;
}

/**
 * Places what the model said. It quotes a line that is there; where that one is untouched the flaw is in what was removed or
 * changed beside it, so it is said there. Null: nothing near it was touched.
 */
export function placeJudged(finding: Found, hunks: readonly Hunk[] | null): Finding | null {
  if (finding.side === 'LEFT') return { ...asFound(finding), suggestion: null };
  if (!hunks || touchesOf(hunks)(finding)) return asFound(finding);
  const line = finding.startLine;
  const own = hunks.filter((hunk) => hunk.lines.some((one) => one.newLine === line));
  const removals = listRuns(hunks)
    .filter((run) => run.added.length === 0 && isFull(run))
    .sort((a, b) => distanceTo(a, line) - distanceTo(b, line));
  const near = findNearest(listRuns(own).filter(isFull), line, true) ?? pickRelated(removals, finding);
  if (!near) return null;
  const place = placeOfRun(near);
  return moveTo(
    finding,
    place,
    `The flaw is in line ${line}, which this ${place.side === 'LEFT' ? 'removal' : 'change'} affects`,
  );
}

/** So near to a line a removal may concern it, whatever it names. */
const NEAR = 30;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]{3,}/gu;

/** Of removals in other hunks, the nearest that names something of what is said; one far off that does not has nothing to do with it. */
function pickRelated(removals: readonly Run[], finding: Found): Run | undefined {
  const names = new Set(`${finding.title} ${finding.explanation} ${finding.snippet}`.match(NAME) ?? []);
  const related = removals.find(({ removed }) =>
    removed.some(({ text }) => (text.slice(0, 1000).match(NAME) ?? []).some((name) => names.has(name))),
  );
  const [nearest] = removals;
  return related ?? (nearest && distanceTo(nearest, finding.startLine) <= NEAR ? nearest : undefined);
}

/** An empty line that comes or goes has made nothing wrong. */
function isFull({ removed, added }: Run): boolean {
  return [...removed, ...added].some(({ text }) => text.trim() !== '');
}

/** The same, said in another file: its steps name their files as they are seen from there. */
function tellFrom(finding: Found, path: string, side: RunPlace['side']): Found {
  const explanation = `In ${quotePath(finding.path)}: ${finding.explanation}`;
  const undo = side === 'LEFT' ? 'Put back what is removed here' : 'Take this change back';
  const fix = `${undo}, or change ${describeEnd(finding)}${finding.fix === null ? '.' : `. ${finding.fix}`}`;
  const trace = finding.trace.map(({ path: own = finding.path, ...step }): Step => {
    return own === path ? step : { ...step, path: own };
  });
  return { ...finding, path, trace, explanation, fix };
}

/** Where its way of data ends. */
function describeEnd({ path, startLine, trace }: Found): string {
  const end = trace.at(-1);
  const [file, line] = end?.path === undefined ? [path, startLine] : [end.path, end.line];
  return `line ${line} of ${quotePath(file)}`;
}

function quotePath(path: string): string {
  return `\`${path.replaceAll('`', "'")}\``;
}

function moveTo(finding: Found, { side, startLine, endLine, text }: RunPlace, cause: string): Finding {
  const { lead: _, ...found } = asFound(finding);
  return { ...found, side, startLine, endLine, evidence: text, suggestion: null, cause };
}

/** The run nearest to a head line; `removalsFirst`: of those that removed more than they added, if there is one. */
function findNearest(runs: readonly Run[], line: number, removalsFirst = false): Run | undefined {
  const wanted = removalsFirst ? runs.filter((run) => placeOfRun(run).side === 'LEFT') : [];
  const among = wanted.length > 0 ? wanted : runs;
  // Runs rise: the nearest begins at the line or is the last one before it.
  const from = findFrom(
    among.map((run) => run.newStart),
    line,
  );
  const [before, after] = [among[from - 1], among[from]];
  if (!before || !after) return before ?? after;
  return distanceTo(before, line) <= distanceTo(after, line) ? before : after;
}

interface Removed {
  hunk: number;
  oldLine: number;
  text: string;
}

/** The removed lines that say something, and beside each the line of the head that stands before it. */
function listRemoved(hunks: readonly Hunk[]): { lines: Removed[]; after: number[] } {
  const lines: Removed[] = [];
  const after: number[] = [];
  for (const [hunk, { newStart, lines: all }] of hunks.entries()) {
    let last = newStart - 1;
    for (const { kind, oldLine, newLine, text } of all) {
      last = newLine ?? last;
      if (kind !== 'removed' || !oldLine || text.trim() === '') continue;
      lines.push({ hunk, oldLine, text });
      after.push(last);
    }
  }
  return { lines, after };
}

/** Nobody reads more removed lines in one comment. */
const MOST_REMOVED = 200;

/** The removed lines that stood inside the finding's statement, as a place on the base side. */
function findRemoved({ lines, after }: ReturnType<typeof listRemoved>, finding: RawFinding): RunPlace | null {
  const from = findFrom(after, finding.startLine - 1);
  const first = lines[from];
  if (!first || (after[from] ?? 0) > finding.endLine) return null;
  // Only lines that stood together: a comment over lines that are still there would quote what nobody removed.
  const startLine = first.oldLine;
  const run = lines
    .slice(from, from + MOST_REMOVED)
    .filter(
      ({ hunk, oldLine }, index) =>
        hunk === first.hunk && oldLine === startLine + index && (after[from + index] ?? 0) <= finding.endLine,
    );
  return {
    side: 'LEFT',
    startLine,
    endLine: startLine + run.length - 1,
    text: run.map((line) => line.text).join('\n'),
  };
}
