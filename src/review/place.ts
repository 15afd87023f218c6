import { type Hunk, listChangedLines, touchesOf } from '../diff/patch.ts';
import { distanceTo, listRuns, placeOfRun, type RunPlace } from '../diff/runs.ts';
import { type Finding, gradeOf, type JudgedFinding, type RawFinding } from './finding.ts';

/** As the analyser says it, before anyone else has a word. */
function asFound(finding: RawFinding & { fingerprint: string }): Finding {
  return {
    ...finding,
    side: 'RIGHT',
    cause: null,
    alsoAt: [],
    grade: gradeOf(finding),
    doubt: null,
    remark: null,
  };
}

type Found = RawFinding & { fingerprint: string };

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
  causes: ReadonlyMap<string, RunPlace> = new Map(),
): Finding[] {
  if (!hunks) return findings.map(asFound);
  const { added, removed } = listChangedLines(hunks);
  const isAdded = new Set(added);
  const isTouched = touchesOf(hunks);
  return findings.flatMap((finding): Finding[] => {
    if (fresh && !fresh.has(finding)) return [];
    const line = finding.startLine;
    if (isTouched(finding)) return [asFound(finding)];
    const step = finding.trace.find((one) => isAdded.has(one.line));
    if (step) {
      const place = { side: 'RIGHT' as const, startLine: step.line, endLine: step.line, text: step.text };
      return [moveTo(finding, place, `line ${step.line} is new here and reaches line ${line}`)];
    }
    const inside = findRemoved(hunks, finding, removed);
    if (inside) return [moveTo(finding, inside, `the line removed here was what kept line ${line} right`)];
    const cause = causes.get(finding.fingerprint);
    if (cause)
      return [
        moveTo(
          finding,
          cause,
          cause.side === 'LEFT'
            ? `what is removed here was what kept line ${line} right`
            : `this change is what makes line ${line} wrong`,
        ),
      ];
    const near = fresh && findNearest(hunks, line);
    return near ? [moveTo(finding, placeOfRun(near), `line ${line} was right before this change`)] : [];
  });
}

/**
 * Places what the model said. It quotes a line that is there; where that one is untouched the flaw is in what was removed or
 * changed beside it, so it is said there. Null: nothing near it was touched.
 */
export function placeJudged(finding: JudgedFinding & Found, hunks: readonly Hunk[] | null): Finding | null {
  const { side, ...raw } = finding;
  if (side === 'LEFT') return { ...asFound(raw), side: 'LEFT', suggestion: null };
  if (!hunks || touchesOf(hunks)(raw)) return asFound(raw);
  const line = raw.startLine;
  const own = hunks.filter((hunk) => hunk.lines.some((one) => one.newLine === line));
  const removals = listRuns(hunks).filter((run) => run.added.length === 0);
  const near = findNearest(own, line, true) ?? removals.sort((a, b) => distanceTo(a, line) - distanceTo(b, line))[0];
  if (!near) return null;
  const place = placeOfRun(near);
  return moveTo(
    raw,
    place,
    `line ${line} is what ${place.side === 'LEFT' ? 'was removed here left' : 'this change reaches'}`,
  );
}

function moveTo(finding: Found, { side, startLine, endLine, text }: RunPlace, cause: string): Finding {
  return { ...asFound(finding), side, startLine, endLine, evidence: text, suggestion: null, cause };
}

/** The run nearest to a head line; `removalsFirst`: of those that removed more than they added, if there is one. */
function findNearest(hunks: readonly Hunk[], line: number, removalsFirst = false) {
  const runs = listRuns(hunks).sort((a, b) => distanceTo(a, line) - distanceTo(b, line));
  return (removalsFirst ? runs.find((run) => placeOfRun(run).side === 'LEFT') : undefined) ?? runs[0];
}

/** The removed lines that stood inside the finding's statement, as a place on the base side. */
function findRemoved(hunks: readonly Hunk[], finding: RawFinding, removed: readonly number[]): RunPlace | null {
  if (removed.length === 0) return null;
  for (const hunk of hunks) {
    let after = hunk.newStart - 1;
    const inside = hunk.lines.filter((line) => {
      after = line.newLine ?? after;
      return (
        line.kind === 'removed' && after >= finding.startLine - 1 && after <= finding.endLine && line.text.trim() !== ''
      );
    });
    const [first] = inside;
    if (!first?.oldLine) continue;
    // Only lines that stood together: a comment over lines that are still there would quote what nobody removed.
    const start = first.oldLine;
    const run = inside.filter((line, index) => line.oldLine === start + index);
    return {
      side: 'LEFT',
      startLine: start,
      endLine: start + run.length - 1,
      text: run.map((line) => line.text).join('\n'),
    };
  }
  return null;
}
