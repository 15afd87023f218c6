import type { FileAnalysis } from '../analysis/process/task.ts';
import type { RawFinding } from '../findings/finding.ts';

export function listFound({ outcomes }: FileAnalysis): RawFinding[] {
  return outcomes.flatMap(({ outcome }) => (outcome.status === 'failed' ? [] : outcome.findings));
}

/**
 * Analyses whose findings were looked at once more, each by itself: what `edit` gives takes its place, null takes it out. An
 * analysis without a finding that is asked about stays as it is.
 */
export async function editFindings(
  analyses: readonly FileAnalysis[],
  isAsked: (finding: RawFinding) => boolean,
  edit: (finding: RawFinding, path: string) => Promise<RawFinding | null>,
): Promise<FileAnalysis[]> {
  return await Promise.all(
    analyses.map(async (one) => {
      if (!listFound(one).some(isAsked)) return one;
      const outcomes = await Promise.all(
        one.outcomes.map(async ({ analyser, outcome }) => {
          if (outcome.status === 'failed') return { analyser, outcome };
          const findings = await Promise.all(
            outcome.findings.map(async (finding) => (isAsked(finding) ? await edit(finding, one.path) : finding)),
          );
          return { analyser, outcome: { ...outcome, findings: findings.flatMap((finding) => finding ?? []) } };
        }),
      );
      return { ...one, outcomes };
    }),
  );
}
