import { listChangedLines, revertPatch } from '../diff/patch.ts';
import { describeError } from '../errors.ts';
import type { RawFinding } from '../review/finding.ts';
import { fingerprintFindings } from '../review/fingerprint.ts';
import { maskSecrets } from '../review/mask-secrets.ts';
import type { SourceFile } from '../review/source-file.ts';
import type { Analyser, AnalysisOutcome } from './analyser.ts';
import { checkSuggestions } from './check-suggestions.ts';
import { countSyntaxErrors, decideLanguage } from './languages.ts';
import { findSecrets } from './secretlint/find-secrets.ts';

export interface FileAnalysis {
  path: string;
  outcomes: { analyser: string; outcome: AnalysisOutcome }[];
  /** Fingerprints that the file had before the change; asked for only where a finding stands on untouched lines. */
  before: string[];
  /** Credentials in the file, to be masked wherever its text goes. Never stored, logged or sent. */
  secrets: string[];
  /** Places that the grammar could not read; null where it was not asked for or there is no grammar. */
  syntaxErrors: number | null;
}

/** Test code is looked at for credentials only: what is a flaw in a service is often the point of its test. */
function handles(analyser: Analyser, file: SourceFile): boolean {
  return file.kind === 'test' ? analyser.name === 'secretlint' : analyser.handles(file);
}

/** Every analyser over one file. A failing one is reported as failed and does not stop the others. */
export async function analyseFile(analysers: readonly Analyser[], file: SourceFile): Promise<FileAnalysis> {
  const secrets = await listSecrets(file);
  const mask = (finding: RawFinding): RawFinding => maskFinding(finding, secrets);
  const outcomes: FileAnalysis['outcomes'] = [];
  for (const analyser of analysers.filter((one) => handles(one, file))) {
    try {
      const found = await checkSuggestions(analyser, file, await analyser.analyse(file));
      const findings = found.map(mask);
      outcomes.push({ analyser: analyser.name, outcome: { status: 'analysed', findings } });
    } catch (error) {
      outcomes.push({ analyser: analyser.name, outcome: { status: 'failed', reason: describeError(error) } });
    }
  }
  const before = await listBefore(analysers, file, outcomes, secrets);
  const language = file.countSyntaxErrors === true ? decideLanguage(file.kind) : null;
  const syntaxErrors = language === null ? null : countSyntaxErrors(language, file);
  return { path: file.path, outcomes, before, secrets, syntaxErrors };
}

/** Credentials of the head and of the removed lines: those were pushed once and are shown to the model as well. */
async function listSecrets(file: SourceFile): Promise<string[]> {
  const removed = (file.hunks ?? []).flatMap((hunk) =>
    hunk.lines.filter((line) => line.kind === 'removed').map((line) => line.text),
  );
  const texts = removed.length > 0 ? [removed.join('\n'), file.text] : [file.text];
  const found = await Promise.all(texts.map((text) => findSecrets(file.path, text)));
  return [...new Set(found.flat().map((secret) => secret.value))];
}

function maskFinding(finding: RawFinding, secrets: readonly string[]): RawFinding {
  if (secrets.length === 0) return finding;
  const mask = (text: string): string => maskSecrets(text, secrets);
  return {
    ...finding,
    title: mask(finding.title),
    explanation: mask(finding.explanation),
    evidence: mask(finding.evidence),
    snippet: mask(finding.snippet),
    fix: finding.fix === null ? null : mask(finding.fix),
    trace: finding.trace.map((step) => ({ ...step, text: mask(step.text) })),
    suggestion:
      finding.suggestion && secrets.some((secret) => finding.suggestion?.replacement.includes(secret))
        ? null
        : finding.suggestion,
  };
}

async function listBefore(
  analysers: readonly Analyser[],
  file: SourceFile,
  outcomes: FileAnalysis['outcomes'],
  secrets: readonly string[],
): Promise<string[]> {
  if (!file.hunks || file.hunks.length === 0) return [];
  const added = new Set(listChangedLines(file.hunks).added);
  const untouched = (finding: RawFinding): boolean => {
    for (let line = finding.startLine; line <= finding.endLine; line++) if (added.has(line)) return false;
    return true;
  };
  const concerned = outcomes.filter(({ outcome }) => outcome.status === 'analysed' && outcome.findings.some(untouched));
  const base = concerned.length > 0 ? revertPatch(file.text, file.hunks) : null;
  if (base === null) return [];
  const found: RawFinding[] = [];
  for (const { analyser } of concerned) {
    const again = analysers.find((one) => one.name === analyser);
    found.push(...((await again?.analyse({ ...file, text: base, hunks: null })) ?? []));
  }
  return fingerprintFindings(found.map((finding) => maskFinding(finding, secrets))).map(
    (finding) => finding.fingerprint,
  );
}
