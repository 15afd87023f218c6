import type { SourceFile } from '../change/source-file.ts';
import { applySuggestions } from '../findings/apply-suggestions.ts';
import type { RawFinding, Suggestion } from '../findings/finding.ts';
import { fingerprintFindings } from '../findings/fingerprint.ts';
import { createFit } from '../findings/name-as-imported.ts';
import { hasInvisible } from '../text/invisible.ts';
import { type Analyser, listFindings } from './analyser.ts';
import { countSyntaxErrors, decideLanguage } from './languages.ts';
import { lazy } from './lazy.ts';

/** Each try analyses the whole file again. These limits allow twenty tries of an ordinary file, and one of a megabyte. */
const MOST_TRIED = 20;
const MOST_TEXT = 1_500_000;

/**
 * A suggestion is offered to be committed only when it was tried: the file with it in parses as well as before, the analyser
 * does not find the flaw again, and it finds nothing that was not there, and it names only modules that the file has. What fails is shown as the fix in words of code,
 * and so are those of a file that has very many.
 */
export async function checkSuggestions(
  analyser: Pick<Analyser, 'analyse'>,
  file: SourceFile,
  findings: readonly RawFinding[],
): Promise<RawFinding[]> {
  if (findings.every((finding) => finding.suggestion === null)) return [...findings];
  const fit = createFit(file);
  const known = fingerprintFindings(findings).map((one) => fitted(one, fit));
  const before = new Set(known.map((finding) => finding.fingerprint));
  const most = Math.min(MOST_TRIED, Math.ceil(MOST_TEXT / (file.text.length + 1)));
  let tried = 0;
  const parsesAsWell = createParseCheck(file);
  return await Promise.all(
    known.map(async ({ fingerprint, ...finding }) =>
      finding.suggestion &&
      !(
        !file.lossy &&
        !hasInvisible(finding.suggestion.replacement) &&
        tried++ < most &&
        (await isGood(analyser, file, parsesAsWell, finding.suggestion, fingerprint, before))
      )
        ? { ...finding, suggestion: null, fix: finding.fix ?? finding.suggestion.replacement }
        : finding,
    ),
  );
}

async function isGood(
  analyser: Pick<Analyser, 'analyse'>,
  file: SourceFile,
  parsesAsWell: (text: string) => boolean,
  suggestion: Suggestion,
  fingerprint: string,
  before: ReadonlySet<string>,
): Promise<boolean> {
  const { text, applied } = applySuggestions(file.text, [suggestion]);
  if (applied === 0 || text === file.text || !parsesAsWell(text)) return false;
  const after = fingerprintFindings(listFindings(await analyser.analyse({ ...file, text, hunks: null })));
  return after.every((one) => one.fingerprint !== fingerprint && before.has(one.fingerprint));
}

/** Without the exact fix that names what the file has not: its words remain. */
function fitted<T extends RawFinding>(finding: T, fit: ReturnType<typeof createFit>): T {
  const { suggestion, fix } = finding;
  if (!suggestion) return finding;
  const own = fit(suggestion);
  return { ...finding, suggestion: own, fix: own ? fix : (fix ?? suggestion.replacement) };
}

/** Not worse than before: a file that is broken already must not stop the fix of something else in it. */
function createParseCheck(file: SourceFile): (text: string) => boolean {
  const language = decideLanguage(file.kind);
  if (language === null) return () => true;
  const before = lazy(() => countSyntaxErrors(language, file));
  return (text) => countSyntaxErrors(language, { ...file, text }) <= before();
}
