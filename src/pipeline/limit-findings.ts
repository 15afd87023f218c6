import type { FileAnalysis } from '../analysis/process/task.ts';
import type { SourceFile } from '../change/source-file.ts';
import { describeLeft, pickFindings } from '../findings/pick-findings.ts';

/** What is kept of very many findings once it is known which of them hurt anybody. */
export function limitFindings(
  analyses: readonly FileAnalysis[],
  sources: readonly Pick<SourceFile, 'path' | 'hunks'>[],
): FileAnalysis[] {
  const hunks = new Map(sources.map((one) => [one.path, one.hunks]));
  return analyses.map((one) => ({
    ...one,
    outcomes: one.outcomes.map(({ analyser, outcome }) => {
      if (outcome.status === 'failed') return { analyser, outcome };
      const { findings, left } = pickFindings(outcome.findings, hunks.get(one.path) ?? null);
      if (left === 0) return { analyser, outcome };
      const told = outcome.status === 'clipped' ? [outcome.reason] : [];
      return {
        analyser,
        outcome: { status: 'clipped' as const, findings, reason: [describeLeft(findings.length), ...told].join('; ') },
      };
    }),
  }));
}
