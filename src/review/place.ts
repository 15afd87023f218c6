import { type Hunk, listChangedLines } from '../diff/patch.ts';
import { type Finding, gradeOf, type RawFinding } from './finding.ts';

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

/**
 * Compares what was found in a file with what the change touched. Kept are findings on changed lines, and findings on
 * untouched statements that the change made wrong: a step of their path was changed, or the flaw was not there before. Such
 * a finding says which change.
 *
 * @param before fingerprints of the same analysers on the base text
 */
export function placeFindings(
  findings: readonly (RawFinding & { fingerprint: string })[],
  hunks: readonly Hunk[] | null,
  before: ReadonlySet<string>,
): Finding[] {
  if (!hunks) return findings.map(asFound);
  const { added, removed } = listChangedLines(hunks);
  const isAdded = new Set(added);
  return findings.flatMap((finding): Finding[] => {
    const whole = asFound(finding);
    if (range(finding.startLine, finding.endLine).some((line) => isAdded.has(line))) return [whole];
    if (before.has(finding.fingerprint)) return [];
    const step = finding.trace.find((one) => isAdded.has(one.line));
    if (step)
      return [
        {
          ...whole,
          startLine: step.line,
          endLine: step.line,
          evidence: step.text,
          suggestion: null,
          cause: `line ${step.line} is new here and reaches line ${finding.startLine}`,
        },
      ];
    const gone = findRemoved(hunks, finding, removed);
    if (gone)
      return [
        {
          ...whole,
          ...gone,
          side: 'LEFT',
          suggestion: null,
          cause: `the line removed here was what kept line ${finding.startLine} right`,
        },
      ];
    return [];
  });
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) + 1 }, (_, index) => start + index);
}

/** The removed lines that stood inside the finding's statement, as a place on the base side. */
function findRemoved(
  hunks: readonly Hunk[],
  finding: RawFinding,
  removed: readonly number[],
): { startLine: number; endLine: number; evidence: string } | null {
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
    return { startLine: start, endLine: start + run.length - 1, evidence: run.map((line) => line.text).join('\n') };
  }
  return null;
}
