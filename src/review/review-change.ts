import type { FileAnalysis } from '../analysis/analyse-file.ts';
import { diffTexts } from '../diff/diff-texts.ts';
import type { Hunk } from '../diff/patch.ts';
import type { Change, ChangedFile, Content, Snapshot } from './change.ts';
import { type Coverage, type FileCoverage, type ModelCoverage, NO_USAGE } from './coverage.ts';
import type { Finding, RawFinding } from './finding.ts';
import { fingerprintFindings } from './fingerprint.ts';
import { maskSecrets } from './mask-secrets.ts';
import { mergeFindings } from './merge.ts';
import { placeFindings } from './place.ts';
import { decideClip, decideSelection, parseGitattributes } from './select.ts';
import type { SourceFile } from './source-file.ts';
import { trySuggestions } from './try-suggestions.ts';

/** A file with its text, selected for review. */
export interface SelectedFile extends SourceFile {
  secrets: readonly string[];
}

export interface ModelReview {
  findings: RawFinding[];
  /** Deterministic findings that the model refuted, with its reason. */
  refuted: { finding: Finding; reason: string }[];
  coverage: ModelCoverage;
}

/** The judging reviewer. It sees text only; it has no way to GitHub, to a shell or to a disk. */
export interface ModelReviewer {
  /** `spend` is told what each answer cost, in US dollars, the moment it came. */
  review(change: Change, files: readonly SelectedFile[], known: readonly Finding[], spend: Spend): Promise<ModelReview>;
}

export type Spend = (usd: number) => Promise<void>;

export interface Analysed {
  files: SelectedFile[];
  findings: Finding[];
  coverage: FileCoverage[];
  hunks: Map<string, Hunk[]>;
}

export interface ReviewResult {
  findings: Finding[];
  coverage: Coverage;
}

export interface Analysis {
  analyse(files: readonly SourceFile[], onDone?: (path: string) => void): Promise<FileAnalysis[]>;
}

/** Files that a change has, and no line of them: what was found in them is gone. */
export const [REMOVED, RENAMED_ONLY] = ['removed', 'renamed without a change'] as const;

/** Select and analyse: all that costs nothing. `whole` treats every line as new; `named` are files that a person asked for by name. */
export async function analyseChange(
  change: Change,
  snapshot: Snapshot,
  analysis: Analysis,
  options: { whole?: boolean; named?: ReadonlySet<string>; onDone?: (path: string) => void } = {},
): Promise<Analysed> {
  const coverage: FileCoverage[] = [];
  const skip = (path: string, reason: string): void => {
    coverage.push({ path, status: 'skipped', reason, analysers: [] });
  };
  const clip = (path: string, reason: string): void => {
    coverage.push({ path, status: 'clipped', reason, analysers: [] });
  };
  const wanted: { file: ChangedFile; kind: SourceFile['kind'] }[] = [];
  for (const file of change.files) {
    const selection = decideSelection(file.path, options.named?.has(file.path));
    if ('reason' in selection) skip(file.path, selection.reason);
    else if (file.status === 'removed') skip(file.path, REMOVED);
    else if (file.binary) skip(file.path, 'binary');
    else if (file.status === 'renamed' && file.hunks?.length === 0) skip(file.path, RENAMED_ONLY);
    else wanted.push({ file, kind: selection.kind });
  }
  const contents = await snapshot.readHead([...wanted.map(({ file }) => file.path), '.gitattributes']);
  const attributes = contents.get('.gitattributes');
  const isGenerated = attributes?.kind === 'text' ? parseGitattributes(attributes.text) : () => false;
  const sources: SourceFile[] = [];
  const unknown: { file: ChangedFile; source: SourceFile }[] = [];
  for (const { file, kind } of wanted) {
    const content = contents.get(file.path) ?? { kind: 'absent' as const };
    const reason = content.kind === 'text' ? decideClip(file.path, content.text) : describeContent(content);
    if (isGenerated(file.path) && kind !== 'sql') skip(file.path, 'marked generated or vendored in .gitattributes');
    else if (content.kind !== 'text')
      (content.kind === 'too-large' || content.kind === 'absent' ? clip : skip)(file.path, reason ?? content.kind);
    else if (reason) (reason.startsWith('larger') ? clip : skip)(file.path, reason);
    else if (options.whole) sources.push({ path: file.path, kind, text: content.text, hunks: null });
    else if (file.hunks) sources.push({ path: file.path, kind, text: content.text, hunks: file.hunks });
    else unknown.push({ file, source: { path: file.path, kind, text: content.text, hunks: [] } });
  }
  for (const { file, source } of unknown.length > 0 ? await compareTexts(snapshot, unknown) : []) {
    if (source) sources.push(source);
    else clip(file.path, 'GitHub sent no patch and the texts are too different to compare');
  }
  const analyses = await analysis.analyse(sources, options.onDone);
  return collect(sources, analyses, coverage);
}

/** An absent patch is not an empty one: the change is taken from the two texts. */
async function compareTexts(snapshot: Snapshot, pairs: { file: ChangedFile; source: SourceFile }[]) {
  const base = await snapshot.readBase(pairs.map(({ file }) => file.previousPath ?? file.path));
  return pairs.map(({ file, source }) => {
    const before = base.get(file.previousPath ?? file.path);
    if (file.status === 'added' || before?.kind === 'absent')
      return { file, source: { ...source, hunks: diffTexts('', source.text) ?? [] } };
    const hunks = before?.kind === 'text' ? diffTexts(before.text, source.text) : null;
    return { file, source: hunks && { ...source, hunks } };
  });
}

function describeContent(content: Content): string | null {
  switch (content.kind) {
    case 'text':
      return null;
    case 'absent':
      return 'its content could not be read';
    case 'too-large':
      return 'too large to read';
    case 'binary':
      return 'binary';
    case 'symlink':
      return 'symbolic link: not followed';
    case 'submodule':
      return 'submodule: not followed';
  }
}

function collect(
  sources: readonly SourceFile[],
  analyses: readonly FileAnalysis[],
  coverage: FileCoverage[],
): Analysed {
  const byPath = new Map(analyses.map((analysis) => [analysis.path, analysis]));
  const findings: Finding[] = [];
  const files: SelectedFile[] = [];
  for (const source of sources) {
    const analysis = byPath.get(source.path);
    const outcomes = analysis?.outcomes ?? [];
    const raw = outcomes.flatMap(({ outcome }) => (outcome.status === 'failed' ? [] : outcome.findings));
    const failed = outcomes.filter(({ outcome }) => outcome.status !== 'analysed');
    const reason = failed
      .map(({ analyser, outcome }) => `${analyser}: ${outcome.status === 'analysed' ? '' : outcome.reason}`)
      .join('; ');
    coverage.push({
      path: source.path,
      status: failed.length > 0 ? 'clipped' : 'reviewed',
      reason: reason === '' ? null : reason,
      analysers: outcomes.filter(({ outcome }) => outcome.status === 'analysed').map(({ analyser }) => analyser),
    });
    // A thread that died before it could look for credentials leaves a text that must not go anywhere.
    if (!outcomes.some(({ analyser }) => analyser === 'all'))
      files.push({ ...source, secrets: analysis?.secrets ?? [] });
    const placed = placeFindings(fingerprintFindings(raw), source.hunks, new Set(analysis?.before));
    findings.push(
      ...placed.map((finding) => ({ ...finding, evidence: maskSecrets(finding.evidence, analysis?.secrets ?? []) })),
    );
  }
  const hunks = new Map(sources.map((source) => [source.path, source.hunks ?? []]));
  coverage.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, findings: mergeFindings(findings), coverage, hunks };
}

/** Judge and merge: what the model adds. It takes nothing away: what it refutes stands, with the doubt beside it. */
export async function judgeChange(
  change: Change,
  analysed: Analysed,
  model: ModelReviewer | { off: string },
  analysis: Analysis,
  spend: Spend = async () => undefined,
): Promise<ReviewResult> {
  const cover = (by: ModelCoverage): Coverage => ({
    files: coverFiles(analysed, by),
    unlisted: change.unlisted,
    model: by,
  });
  const { findings } = analysed;
  if ('off' in model) return { findings, coverage: cover({ status: 'off', reason: model.off, usage: NO_USAGE }) };
  const files = analysed.files.filter((file) => file.kind !== 'test');
  if (files.length === 0)
    return { findings, coverage: cover({ status: 'complete', reason: 'no backend file to judge', usage: NO_USAGE }) };
  const review = await model.review(change, files, findings, spend);
  const doubts = new Map(review.refuted.map(({ finding, reason }) => [finding, reason]));
  const own = fingerprintFindings(await trySuggestions(review.findings, files, analysis));
  const placed = files.flatMap((file) =>
    placeFindings(
      own.filter((finding) => finding.path === file.path),
      file.hunks,
      new Set(),
    ),
  );
  const known = findings.map((finding) => ({ ...finding, doubt: doubts.get(finding) ?? null }));
  return { findings: mergeFindings([...known, ...placed]), coverage: cover(review.coverage) };
}

/** A file that no analyser of the agent reads was looked at by the model, or by nobody. */
function coverFiles({ coverage, files }: Analysed, model: ModelCoverage): FileCoverage[] {
  const tests = new Set(files.filter((file) => file.kind === 'test').map((file) => file.path));
  return coverage.map((file) => {
    if (file.status !== 'reviewed' || file.analysers.length > 0) return file;
    if (tests.has(file.path))
      return { ...file, status: 'skipped', reason: 'test code, and this agent has no rule for it' };
    if (model.status === 'complete') return file;
    return { ...file, status: 'clipped', reason: 'this agent has no rule for it, and the model did not look' };
  });
}
