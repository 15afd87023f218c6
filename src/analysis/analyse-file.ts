import { listChangedLines, revertPatch } from '../diff/patch.ts';
import { describeError } from '../errors.ts';
import type { RawFinding } from '../review/finding.ts';
import { fingerprintFindings } from '../review/fingerprint.ts';
import { maskSecrets } from '../review/mask-secrets.ts';
import type { SourceFile } from '../review/source-file.ts';
import type { Analyser } from './analyser.ts';
import { checkSuggestions } from './check-suggestions.ts';
import { countSyntaxErrors, decideLanguage } from './languages.ts';
import { clipTexts, pickFindings } from './limit-findings.ts';
import type { FileAnalysis } from './process/task.ts';
import { findSecrets } from './secretlint/find-secrets.ts';

interface Options {
  /** Analysers that ended their process over this text before. */
  without?: ReadonlySet<string>;
  /** Called before each step: the last one that was named is to blame when the process ends. */
  at?: (step: string) => void;
}

/** Test code is looked at for credentials only: what is a flaw in a service is often the point of its test. */
function handles(analyser: Analyser, file: SourceFile): boolean {
  return file.kind === 'test' ? analyser.name === 'secretlint' : analyser.handles(file);
}

/** Every analyser over one file. A failing one is reported as failed and does not stop the others. */
export async function analyseFile(
  analysers: readonly Analyser[],
  file: SourceFile,
  { without = new Set(), at = () => undefined }: Options = {},
): Promise<FileAnalysis> {
  at('secrets');
  const secrets = await listSecrets(file);
  const mask = (finding: RawFinding): RawFinding => maskFinding(finding, secrets);
  const outcomes: FileAnalysis['outcomes'] = [];
  for (const analyser of analysers.filter((one) => handles(one, file) && !without.has(one.name))) {
    try {
      at(analyser.name);
      const { findings: some, left } = pickFindings(await analyser.analyse(file), file.hunks);
      const findings = (await checkSuggestions(analyser, file, some)).map((one) => clipTexts(mask(one)));
      const reason = `more than ${some.length} findings: ${left} are not shown`;
      const outcome =
        left > 0 ? { status: 'clipped' as const, findings, reason } : { status: 'analysed' as const, findings };
      outcomes.push({ analyser: analyser.name, outcome });
    } catch (error) {
      outcomes.push({ analyser: analyser.name, outcome: { status: 'failed', reason: describeError(error) } });
    }
  }
  const before = await listBefore(analysers, file, outcomes, secrets, at);
  const language = file.countSyntaxErrors === true ? decideLanguage(file.kind) : null;
  at('syntax');
  const syntaxErrors = language === null || without.has('syntax') ? null : countSyntaxErrors(language, file);
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
  at: (step: string) => void,
): Promise<string[]> {
  if (!file.hunks || file.hunks.length === 0) return [];
  const added = new Set(listChangedLines(file.hunks).added);
  const untouched = (finding: RawFinding): boolean => {
    for (let line = finding.startLine; line <= finding.endLine; line++) if (added.has(line)) return false;
    return true;
  };
  const concerned = outcomes.filter(({ outcome }) => outcome.status !== 'failed' && outcome.findings.some(untouched));
  const base = concerned.length > 0 ? revertPatch(file.text, file.hunks) : null;
  if (base === null) return [];
  const found: RawFinding[] = [];
  for (const { analyser } of concerned) {
    at(analyser);
    const again = analysers.find((one) => one.name === analyser);
    found.push(...((await again?.analyse({ ...file, text: base, hunks: null })) ?? []));
  }
  return fingerprintFindings(found.map((finding) => maskFinding(finding, secrets))).map(
    (finding) => finding.fingerprint,
  );
}
