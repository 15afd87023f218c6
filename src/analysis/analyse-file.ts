import type { SourceFile } from '../change/source-file.ts';
import { describeError } from '../errors.ts';
import type { RawFinding } from '../findings/finding.ts';
import { nameAsImported } from '../findings/name-as-imported.ts';
import { describeLeft, pickBeforeAsking } from '../findings/pick-findings.ts';
import type { Wanted } from '../flows/run/run.ts';
import { ParserBroken } from '../languages/syntax.ts';
import { maskFile, type SearchedFile } from '../secrets/mask-file.ts';
import { isMasked } from '../secrets/masked-text.ts';
import { type Analysed, type Analyser, COMPARISON, listFindings, type Searched, type TellStep } from './analyser.ts';
import { checkSuggestions } from './check-suggestions.ts';
import { clipTexts } from './clip-texts.ts';
import { compareWithBase } from './compare-with-base.ts';
import { countSyntaxErrors, decideLanguage } from './languages.ts';
import { type FileAnalysis, withoutFindings, withoutSearch } from './process/task.ts';
import { type FoundSecret, findSecrets } from './secretlint/find-secrets.ts';

interface Options {
  /** Analysers that ended their process over this text before. */
  without?: ReadonlySet<string>;
  at?: TellStep;
}

/** Test code, files of credentials and migrations of long ago are looked at for credentials only. */
function handles(analyser: Analyser, file: SourceFile): boolean {
  if (file.onlyFlows === true && analyser.name !== 'data-flow') return false;
  const isSearchedOnly = file.kind === 'test' || file.kind === 'credentials' || file.unjudged === 'OLD_MIGRATION';
  return isSearchedOnly ? analyser.name === 'secretlint' : analyser.handles(file);
}

/**
 * The search for credentials, then every analyser over the masked file: what they quote cannot hold one. A failing analyser is
 * reported as failed and does not stop the others; without the search there is no text that they could be shown.
 */
export async function analyseFile(
  analysers: readonly Analyser[],
  file: SourceFile,
  options: Options = {},
): Promise<FileAnalysis> {
  const [analysis] = await analyseTogether(analysers, [file], options);
  return analysis ?? withoutFindings(file.path);
}

/** The same of files of one program (`together`): values are followed through it once for all of them. */
export async function analyseTogether(
  analysers: readonly Analyser[],
  files: readonly SourceFile[],
  options: Options = {},
): Promise<FileAnalysis[]> {
  const looks: Look[] = [];
  for (const file of files) looks.push(await search(file, options));
  const searched = looks.filter((look) => 'file' in look);
  const told = new Map<Analyser, Promise<Analysed[]>>();
  const ask: Ask = async (analyser, one) => {
    const all = searched.length > 1 ? (told.get(analyser) ?? analyser.analyseAll?.(searched, options.at)) : undefined;
    if (!all) return await analyser.analyse(one.file, one.secrets, options.at);
    told.set(analyser, all);
    try {
      return (await all)[searched.findIndex(({ file }) => file === one.file)] ?? [];
    } catch (error) {
      if (error instanceof ParserBroken) throw error;
      // What fails over one of them does not take the others along.
      return await analyser.analyse(one.file, one.secrets, options.at);
    }
  };
  const analyses: FileAnalysis[] = [];
  for (const look of looks) analyses.push(await analyseSearched(analysers, look, ask, options));
  return analyses;
}

type Ask = (analyser: Analyser, one: Searched) => Promise<Analysed> | Analysed;
type Look =
  | (Searched & Pick<SearchedFile<FoundSecret>, 'masked' | 'values' | 'before'>)
  | { path: string; failed: string };

async function analyseSearched(
  analysers: readonly Analyser[],
  look: Look,
  ask: Ask,
  { without = new Set(), at = () => undefined }: Options,
): Promise<FileAnalysis> {
  if ('failed' in look) return withoutSearch(look.path, look.failed);
  const { file, values } = look;
  const { base, ...masked } = look.masked;
  const outcomes: FileAnalysis['outcomes'] = [];
  const wanted: Wanted[] = [];
  if (file.maskOnly === true) return { ...withoutFindings(file.path), masked, values };
  for (const analyser of analysers.filter((one) => handles(one, file) && !without.has(one.name))) {
    try {
      at(analyser.name);
      const analysed = await ask(analyser, look);
      const { findings: some, left } = pickBeforeAsking(listFindings(analysed), file.hunks);
      const tried = await checkSuggestions(analyser, file, some);
      const findings = tried.map((one) => clipTexts(dropMasked(nameAsImported(one, file), file)));
      if (!Array.isArray(analysed)) wanted.push(...(analysed.wanted ?? []));
      const over = left > 0 ? describeLeft(some.length) : null;
      const own = Array.isArray(analysed) ? null : analysed.clipped;
      const gaps = [over, own, await analyser.describeGap?.(file)].filter((gap) => typeof gap === 'string');
      const outcome =
        gaps.length > 0
          ? { status: 'clipped' as const, findings, reason: gaps.join('; ') }
          : { status: 'analysed' as const, findings };
      outcomes.push({ analyser: analyser.name, outcome });
    } catch (error) {
      // The process must end: the next file would be read wrongly.
      if (error instanceof ParserBroken) throw error;
      outcomes.push({ analyser: analyser.name, outcome: { status: 'failed', reason: describeError(error) } });
    }
  }
  const compared = without.has(COMPARISON)
    ? { before: null, causes: [] }
    : await compareWithBase(analysers, file, outcomes, { base, secrets: look.before }, at);
  const language = file.countSyntaxErrors === true ? decideLanguage(file.kind) : null;
  at('syntax');
  const syntaxErrors = language === null || without.has('syntax') ? null : countSyntaxErrors(language, file);
  return { path: file.path, outcomes, ...(wanted.length > 0 && { wanted }), ...compared, masked, values, syntaxErrors };
}

/** What goes wrong here may quote the text, so nothing of it is passed on. */
async function search(file: SourceFile, { without = new Set(), at = () => undefined }: Options): Promise<Look> {
  at('secrets');
  try {
    const searched = await maskFile(file, (text) => findSecrets(file, text));
    const masked = { ...file, ...searched.masked };
    return { file: without.has(COMPARISON) ? { ...masked, base: null } : masked, ...searched };
  } catch {
    return {
      path: file.path,
      failed: 'the search for credentials failed, so nothing of the file is analysed or shown',
    };
  }
}

/** A fix of a line with a masked credential would commit the mask. */
function dropMasked(finding: RawFinding, { text }: SourceFile): RawFinding {
  const { suggestion } = finding;
  if (!suggestion || !isMasked(text)) return finding;
  const touched = text
    .split('\n')
    .slice(suggestion.startLine - 1, suggestion.endLine)
    .join('\n');
  return isMasked(touched + suggestion.replacement) ? { ...finding, suggestion: null } : finding;
}
