import type { Analysis } from '../analysis/analysis.ts';
import type { FileAnalysis } from '../analysis/process/task.ts';
import type { SourceFile } from '../change/source-file.ts';
import { applySuggestions } from '../findings/apply-suggestions.ts';
import type { RawFinding, Suggestion } from '../findings/finding.ts';
import { fingerprintFindings } from '../findings/fingerprint.ts';
import { createFit } from '../findings/name-as-imported.ts';

/**
 * Tries what the model would replace: it may only name modules that the file has, the file must parse as well as before,
 * and the analysers must find nothing new in it.
 * What fails is no suggestion any more; the finding keeps its fix in words.
 */
export async function trySuggestions<T extends RawFinding>(
  findings: readonly T[],
  files: readonly SourceFile[],
  analysis: Analysis,
): Promise<T[]> {
  return await Promise.all(
    findings.map(async (finding) => {
      const file = files.find((one) => one.path === finding.path);
      if (!finding.suggestion || !file) return finding;
      if (file.lossy) return { ...finding, suggestion: null };
      const suggestion = createFit(file)(finding.suggestion);
      return { ...finding, suggestion: suggestion && (await isGood(file, suggestion, analysis)) ? suggestion : null };
    }),
  );
}

async function isGood({ path, kind, text }: SourceFile, suggestion: Suggestion, analysis: Analysis): Promise<boolean> {
  const { text: changed, applied } = applySuggestions(text, [suggestion]);
  if (applied === 0 || changed === text) return false;
  const ask = async (content: string): Promise<FileAnalysis | undefined> =>
    (await analysis.analyse([{ path, kind, text: content, hunks: null, countSyntaxErrors: true }]))[0];
  const [before, after] = [await ask(text), await ask(changed)];
  if (!before || !after || (after.syntaxErrors ?? 0) > (before.syntaxErrors ?? 0)) return false;
  if (after.outcomes.some(({ outcome }) => outcome.status !== 'analysed')) return false;
  const known = new Set(listFingerprints(before));
  return listFingerprints(after).every((id) => known.has(id));
}

function listFingerprints({ outcomes }: FileAnalysis): string[] {
  const found = outcomes.flatMap(({ outcome }) => (outcome.status === 'analysed' ? outcome.findings : []));
  return fingerprintFindings(found).map((one) => one.fingerprint);
}
