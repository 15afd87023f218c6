import type { Analysis } from '../analysis/analysis.ts';
import type { Change } from '../change/change.ts';
import type { FileKind } from '../change/source-file.ts';
import { type Finding, isSuspected } from '../findings/finding.ts';
import { fingerprintFindings } from '../findings/fingerprint.ts';
import { mergeFindings } from '../findings/merge.ts';
import { placeJudged } from '../findings/place.ts';
import { type Coverage, type FileCoverage, type ModelCoverage, NO_USAGE } from '../scope/coverage.ts';
import { because } from '../scope/reasons.ts';
import type { Hands, ModelReviewer, Subject } from './model-reviewer.ts';
import { createMemoryTill, createPurse } from './purse.ts';
import type { Analysed, ReviewResult } from './review-change.ts';
import { trySuggestions } from './try-suggestions.ts';

/** What judging needs besides the analysis. */
export type Judgement = Hands & Partial<Pick<Subject, 'name' | 'repository' | 'standing'>>;

const NOT_JUDGED: ReadonlySet<FileKind> = new Set(['test', 'credentials', 'workflow', 'view']);

/** Judge and merge: what the model adds. It takes nothing away: what it refutes stands, with the doubt beside it. */
export async function judgeChange(
  change: Change,
  analysed: Analysed,
  model: ModelReviewer | { off: string },
  analysis: Analysis,
  { name = '', repository = null, standing = [], ...hands }: Judgement = { purse: createPurse(createMemoryTill(), []) },
): Promise<ReviewResult> {
  const cover = (by: ModelCoverage): Coverage => coverChange(change, analysed, by);
  const { findings } = analysed;
  if ('off' in model) return { findings, coverage: cover({ status: 'off', reason: model.off, usage: NO_USAGE }) };
  const files = analysed.files.filter((file) => !NOT_JUDGED.has(file.kind) && !file.unjudged);
  if (files.length === 0)
    return { findings, coverage: cover({ status: 'complete', reason: 'no backend file to judge', usage: NO_USAGE }) };
  const shown = new Set(files.map((file) => file.path));
  const others = analysed.coverage.filter((file) => !shown.has(file.path));
  const review = await model.review(
    {
      name,
      about: analysed.about,
      files,
      known: findings.filter(({ listedBy }) => listedBy === undefined),
      standing: standing.filter(({ path }) => shown.has(path)),
      others,
      removed: change.files.flatMap(({ path, status }) => (status === 'removed' ? [path] : [])),
      previous: new Map(
        change.files.flatMap(({ path, previousPath }) => (previousPath === null ? [] : [[path, previousPath]])),
      ),
      outline: (texts) => analysis.outline(texts),
      hide: analysed.hide,
      repository,
    },
    hands,
  );
  const doubts = new Map(review.refuted.map(({ finding, reason }) => [finding, reason]));
  const confirmed = new Map(review.confirmed.map(({ finding, reason }) => [finding, reason]));
  const own = fingerprintFindings(await trySuggestions(review.findings, files, analysis));
  const hunks = new Map(files.map((file) => [file.path, file.hunks]));
  const placed = own.flatMap((finding) => placeJudged(finding, hunks.get(finding.path) ?? null) ?? []);
  const known = findings.map((finding) =>
    confirm({ ...finding, doubt: doubts.get(finding) ?? null }, confirmed.get(finding)),
  );
  return {
    findings: mergeFindings([...known, ...placed]),
    disproved: review.disproved,
    coverage: cover(countDropped(review.coverage, own.length - placed.length)),
  };
}

/** A word of the model makes a finding of a suspicion, and nothing else: it takes away nothing, and proves nothing. */
function confirm(finding: Finding, remark: string | undefined): Finding {
  return remark === undefined || !isSuspected(finding) ? finding : { ...finding, confidence: 'medium', remark };
}

/** What the model said of code that the change does not reach is not shown, and is counted. */
function countDropped(coverage: ModelCoverage, far: number): ModelCoverage {
  const reason = 'not about what this change touches';
  return far === 0 ? coverage : { ...coverage, dropped: { ...coverage.dropped, [reason]: far } };
}

/** What is proven, while the model is still reading. */
export function proveChange(change: Change, analysed: Analysed): ReviewResult {
  const reason = 'Claude is still reading; what it finds is added here';
  const coverage = coverChange(change, analysed, { status: 'running', reason, usage: NO_USAGE });
  return { findings: analysed.findings, coverage };
}

function coverChange({ unlisted }: Change, analysed: Analysed, model: ModelCoverage): Coverage {
  return { files: coverFiles(analysed, model), unlisted, model };
}

/** A file that no analyser of the agent reads was looked at by the model, or by nobody. */
function coverFiles({ coverage, files }: Analysed, model: ModelCoverage): FileCoverage[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return coverage.map((file): FileCoverage => {
    const source = byPath.get(file.path);
    if (file.status !== 'reviewed' || !source) return file;
    const { analysers } = file;
    const judged = model.status === 'complete' && !NOT_JUDGED.has(source.kind) && !source.unjudged;
    if (analysers.length === 0) {
      if (source.kind === 'test') return { ...file, ...because('NO_TEST_RULE') };
      if (source.unjudged === 'GENERATED') return { ...file, ...because('GENERATED_NAME') };
      return judged ? file : { ...file, ...because('NO_RULE') };
    }
    const searched = analysers.every((name) => name === 'secretlint');
    const isOpen = [null, 'WORKFLOW', 'VIEW', 'CALLERS_LEFT'].includes(file.reasonCode);
    return searched && !judged && isOpen ? { ...file, ...because('CREDENTIALS_ONLY') } : file;
  });
}
