import type { Analysis, Compared } from '../analysis/analysis.ts';
import type { FileAnalysis } from '../analysis/process/task.ts';
import type { About, Change, ChangedFile, Content, Snapshot } from '../change/change.ts';
import { readLink } from '../change/migration-link.ts';
import { readAhead } from '../change/read-ahead.ts';
import type { Repository } from '../change/repository.ts';
import type { SelectedFile } from '../change/selected-file.ts';
import type { SourceFile } from '../change/source-file.ts';
import { addAll, type Hunk, touchesOf } from '../diff/patch.ts';
import { pickNew } from '../findings/base-finding.ts';
import type { Finding } from '../findings/finding.ts';
import { fingerprintFindings } from '../findings/fingerprint.ts';
import { mergeFindings } from '../findings/merge.ts';
import { placeFindings } from '../findings/place.ts';
import { placeAtEnd } from '../findings/place-at-end.ts';
import { sayOnce } from '../findings/say-once.ts';
import type { Coverage, FileCoverage } from '../scope/coverage.ts';
import { compareImportance } from '../scope/importance.ts';
import { listOldMigrations } from '../scope/old-migrations.ts';
import { because, type ReasonCode } from '../scope/reasons.ts';
import { countLines, decideSelection, parseGitattributes, type Selection } from '../scope/select.ts';
import { createHideKnown, type HideKnown } from '../secrets/mask-text.ts';
import { addDatabases } from '../surroundings/add-databases.ts';
import { findArmed } from '../surroundings/armed/find-armed.ts';
import { mayBeBrought } from '../surroundings/brought-along.ts';
import { judgeVendored } from '../surroundings/by-name/judge-vendored.ts';
import { nameUsedTests } from '../surroundings/by-name/name-used-tests.ts';
import { checkMigrations, listFoldersOf } from '../surroundings/check-migrations.ts';
import { checkPromises } from '../surroundings/check-promises.ts';
import { checkSpecification } from '../surroundings/check-specification.ts';
import { checkUses } from '../surroundings/check-uses.ts';
import { mayCopySettings } from '../surroundings/copied-settings.ts';
import { doubtByPlace } from '../surroundings/doubt-by-place.ts';
import { doubtDescribed } from '../surroundings/doubt-described.ts';
import { doubtMounted } from '../surroundings/doubt-mounted.ts';
import { doubtMoved } from '../surroundings/doubt-moved.ts';
import { dropChosen } from '../surroundings/drop-chosen.ts';
import { dropQuiet, listBase } from '../surroundings/drop-quiet.ts';
import { dropRedefined } from '../surroundings/drop-redefined.ts';
import { listFound } from '../surroundings/edit-findings.ts';
import { mayBeFilledIn } from '../surroundings/filled-in.ts';
import { findMoved, type Looked } from '../surroundings/find-moved.ts';
import { createReaderSearch, createTreeSearch, type FindReaders } from '../surroundings/find-readers.ts';
import { followImports } from '../surroundings/follow-imports.ts';
import { keepUnlike } from '../surroundings/keep-unlike.ts';
import { listManifestsOf } from '../surroundings/read-runtimes.ts';
import { tellUniques } from '../surroundings/uniques/tell-uniques.ts';
import { weighMakers } from '../surroundings/weigh-makers.ts';
import { hideInFile, hideInFinding } from './hide-known.ts';
import { limitFindings } from './limit-findings.ts';
import type { Disproved } from './model-reviewer.ts';
import { readSource } from './read-source.ts';

export interface Analysed {
  about: About;
  files: SelectedFile[];
  findings: Finding[];
  coverage: FileCoverage[];
  hunks: Map<string, Hunk[]>;
  /** What was found to be a credential in any file of the change is hidden in whatever else is shown. It is never stored. */
  hide: HideKnown;
}

export interface ReviewResult {
  findings: Finding[];
  coverage: Coverage;
  /** Open comments of the model that a line of the code disproves now. */
  disproved?: readonly Disproved[];
}

export interface AnalyseOptions {
  /** Every line counts as new. */
  whole?: boolean;
  /** Files that a person asked for by name. */
  named?: ReadonlySet<string>;
  /** The change comes from a fork. */
  foreign?: boolean;
  /** No repository is around the files: any folder of theirs may be the top of one. */
  anyTop?: boolean;
  /** `.gitattributes` as it stands on the base: what a change says of itself there switches nothing off. */
  attributes?: string | null;
  /** What the base holds besides the change; null: it cannot be asked. */
  repository?: Repository | null;
  onDone?: (path: string) => void;
  /** Characters that are read, and findings that are kept, the most important first; none: no limit. */
  mostText?: number;
  mostFindings?: number;
}

interface Wanted {
  file: ChangedFile;
  selection: Extract<Selection, { kind: unknown }>;
}

/** Select and analyse: all that costs nothing. */
export async function analyseChange(
  change: Change,
  snapshot: Snapshot,
  analysis: Analysis,
  options: AnalyseOptions = {},
): Promise<Analysed> {
  const coverage: FileCoverage[] = [];
  const leave = ({ path }: ChangedFile, code: ReasonCode): void => {
    coverage.push({ path, ...because(code), analysers: [] });
  };
  const wanted: Wanted[] = [];
  const vendored = await judgeVendored(change, options.repository ?? null, options.whole ?? false);
  const isGenerated = parseGitattributes(options.attributes ?? '');
  for (const file of change.files) {
    const selection = decideSelection(file.path, {
      testsAreCode: options.named?.has(file.path),
      anyTop: options.anyTop,
      vendored: vendored.get(file.path),
    });
    if ('reasonCode' in selection) leave(file, selection.reasonCode);
    else if (file.status === 'removed') leave(file, 'REMOVED');
    else if (file.status === 'renamed' && file.hunks?.length === 0) leave(file, 'RENAMED_ONLY');
    else if (isGenerated(file.path) && selection.kind !== 'sql') leave(file, 'MARKED_GENERATED');
    else wanted.push({ file, selection });
  }
  wanted.sort((a, b) => compareImportance(a.selection, b.selection));
  const head =
    options.mostText === undefined
      ? snapshot
      : readAhead(snapshot, [
          ...listManifestsOf(wanted.map(({ file, selection }) => ({ path: file.path, kind: selection.kind }))),
          ...listFoldersOf(wanted.map(({ file }) => file)),
        ]);
  const contents = await readUpTo(
    (paths) => head.readHead(paths),
    wanted.map(({ file }) => file.path),
    options.mostText,
  );
  const old = options.whole
    ? listOldMigrations(
        wanted.map(({ file }) => file.path).filter((path) => !options.named?.has(path)),
        (path) => readLink(textOf(contents.get(path))),
      )
    : new Set();
  const sources: SourceFile[] = [];
  const unknown: { file: ChangedFile; source: SourceFile }[] = [];
  for (const { file, selection } of wanted) {
    const content = contents.get(file.path);
    const read = content
      ? readSource(file.path, selection, content)
      : options.mostText
        ? 'TOO_MUCH_TEXT'
        : 'UNREADABLE';
    if (typeof read === 'string') {
      leave(file, read);
      continue;
    }
    const source: SourceFile = {
      ...read,
      ...(file.previousPath !== null && { pathBefore: file.previousPath }),
      ...(options.foreign && { foreign: true }),
    };
    if (options.whole)
      sources.push({ ...source, hunks: null, ...(old.has(file.path) && { unjudged: 'OLD_MIGRATION' as const }) });
    else if (file.hunks) sources.push({ ...source, hunks: file.hunks });
    else unknown.push({ file, source });
  }
  for (const { file, source, compared } of await compareTexts(snapshot, unknown, analysis, options.mostText)) {
    if ('hunks' in compared) sources.push({ ...source, hunks: compared.hunks });
    else
      coverage.push({
        path: file.path,
        ...because('NOT_COMPARED', `there is no patch, and ${compared.reason}`),
        analysers: [],
      });
  }
  const named = await nameUsedTests(sources, options.whole ? null : (options.repository ?? null));
  const known = await addDatabases(named, change, snapshot, options);
  const alone = await analysis.analyse(known, options.onDone);
  const followed = await followImports(alone, known, analysis, {
    repository: options.repository ?? null,
    whole: options.whole ?? false,
  });
  const { armed, open } = await findArmed(options.whole ? [] : known, analysis, options.repository ?? null);
  const seen = [...known, ...armed.map(({ source }) => source)];
  const found = [...followed, ...armed.map((one) => one.analysis)];
  const texts = new Map(seen.map(({ path, text }) => [path, text]));
  const doubted = await doubtDescribed(await doubtMoved(found, change, texts), change, texts);
  const loud = await dropQuiet(doubted, seen, head, change, options);
  const search = searchOf(change, head, options);
  const kept = await doubtMounted(await keepUnlike(await dropChosen(loud, seen, search), search), search);
  const weighed = await tellUniques(await weighMakers(kept, search), search);
  const all = change.files.map(({ path }) => path);
  const analyses = await doubtByPlace(weighed, seen, snapshot, async () => {
    if (options.whole) return all;
    return all.some((path) => mayBeBrought(path) || mayBeFilledIn(path) || mayCopySettings(path))
      ? await listBase(options.repository ?? null)
      : [];
  });
  const ordered = await checkMigrations(analyses, head, options);
  const described = await checkSpecification(await dropRedefined(ordered, change, snapshot), options);
  const promised = await checkPromises(described, change, options);
  const checked = limitFindings(await checkUses(promised, named, change, options), seen);
  const analysed = await collect(
    { change, snapshot, analysis },
    { sources: known, open },
    checked,
    coverage,
    options.mostFindings,
  );
  if (!options.whole) return analysed;
  const shown = new Map(analysed.files.map(({ path, text }) => [path, text]));
  return {
    ...analysed,
    findings: sayOnce(
      placeAtEnd(analysed.findings, (path) => shown.get(path) ?? null),
      change.files.map((file) => file.path),
    ),
  };
}

function searchOf(
  change: Pick<Change, 'files'>,
  head: Snapshot,
  { whole, repository }: AnalyseOptions,
): FindReaders | null {
  if (whole) return createTreeSearch(change.files, head);
  return repository ? createReaderSearch(repository, 'head') : null;
}

/** One request to GitHub. */
const READ_AT_ONCE = 50;
/** What a line counts for at least, in characters: each costs memory of its own in the diff. */
const LINE = 60;

/** Texts in the order of `paths`, until there is too much of them; then the rest is not in the answer. */
async function readUpTo(
  read: Snapshot['readHead'],
  paths: readonly string[],
  mostText = Number.POSITIVE_INFINITY,
): Promise<Map<string, Content>> {
  if (mostText === Number.POSITIVE_INFINITY) return await read(paths);
  const contents = new Map<string, Content>();
  let size = 0;
  for (let at = 0; at < paths.length && size < mostText; at += READ_AT_ONCE) {
    for (const [path, content] of await read(paths.slice(at, at + READ_AT_ONCE))) {
      if (size >= mostText) break;
      contents.set(path, content);
      if (content.kind === 'text') size += Math.max(content.text.length, countLines(content.text) * LINE);
    }
  }
  return contents;
}

function textOf(content: Content | undefined): string {
  return content?.kind === 'text' ? content.text : '';
}

/** An absent patch is not an empty one: the change is taken from the two texts. */
async function compareTexts(
  snapshot: Snapshot,
  pairs: readonly { file: ChangedFile; source: SourceFile }[],
  analysis: Analysis,
  mostText?: number,
): Promise<{ file: ChangedFile; source: SourceFile; compared: Compared }[]> {
  const nameBefore = ({ file }: (typeof pairs)[number]): string => file.previousPath ?? file.path;
  const changed = pairs.filter(({ file }) => file.status !== 'added');
  const base = await readUpTo((paths) => snapshot.readBase(paths), changed.map(nameBefore), mostText);
  return await Promise.all(
    pairs.map(async (pair) => {
      const before: Content | undefined =
        pair.file.status === 'added' ? { kind: 'absent' } : base.get(nameBefore(pair));
      const [compared] =
        before?.kind === 'text'
          ? await analysis.compare([{ path: pair.file.path, base: before.text, head: pair.source.text }])
          : before?.kind === 'absent'
            ? [{ hunks: addAll(pair.source.text) }]
            : [];
      return { ...pair, compared: compared ?? { reason: 'its text before cannot be compared' } };
    }),
  );
}

/** From here on there is only masked text: the sources themselves are let go. */
async function collect(
  { change, snapshot, analysis: pool }: { change: Change; snapshot: Snapshot; analysis: Analysis },
  { sources, open }: { sources: readonly SourceFile[]; open: ReadonlySet<string> },
  analyses: readonly FileAnalysis[],
  coverage: FileCoverage[],
  mostFindings = Number.POSITIVE_INFINITY,
): Promise<Analysed> {
  const byPath = new Map(analyses.map((analysis) => [analysis.path, analysis]));
  const files: SelectedFile[] = [];
  const looked: (Looked & { findings: ReturnType<typeof fingerprintFindings>; causes: FileAnalysis['causes'] })[] = [];
  for (const source of sources) {
    const analysis = byPath.get(source.path);
    const outcomes = analysis?.outcomes ?? [];
    const raw = analysis ? listFound(analysis) : [];
    const failed = outcomes.filter(({ outcome }) => outcome.status !== 'analysed');
    const reason = failed.map(describeFailure).join('; ');
    const spent = failed.some(({ outcome }) => outcome.status === 'failed' && outcome.spent);
    coverage.push({
      path: source.path,
      ...(reason === ''
        ? describeLook(source, open.has(source.path))
        : because(spent ? 'BUDGET_SPENT' : analysis?.masked ? 'ANALYSIS_INCOMPLETE' : 'NOT_SEARCHED', reason)),
      analysers: outcomes
        .filter(({ outcome }) => outcome.status === 'analysed')
        .flatMap(({ analyser }) => analyser ?? []),
    });
    // What was not searched for credentials goes nowhere.
    const masked = analysis?.masked;
    if (!masked) continue;
    const file = { ...source, text: masked.text, hunks: masked.hunks };
    files.push(file);
    looked.push({ source: file, findings: fingerprintFindings(raw), before: analysis.before, causes: analysis.causes });
  }
  const moved = await findMoved(change, looked, snapshot, pool);
  const findings = looked.flatMap(({ source, findings: found, before, causes }) => {
    // Of a long file without findings not a line is looked at.
    if (found.length === 0) return [];
    const isTouched = touchesOf(source.hunks ?? []);
    const elsewhere = moved.get(source.path) ?? [];
    const isNew = (one: (typeof found)[number]): boolean => before !== null || isTouched(one);
    const fresh = pickNew(found.filter(isNew), [...(before ?? []), ...elsewhere], source.hunks ?? []);
    return placeFindings(
      found,
      source.hunks,
      before === null && elsewhere.length === 0 ? null : fresh,
      new Map(causes.map(({ fingerprint, ...place }) => [fingerprint, place])),
    );
  });
  const own = new Set(sources.map(({ path }) => path));
  const armed = analyses.flatMap((analysis) => {
    if (own.has(analysis.path)) return [];
    const causes = new Map(analysis.causes.map(({ fingerprint, ...place }) => [fingerprint, place]));
    return placeFindings(fingerprintFindings(listFound(analysis)), [], null, causes);
  });
  const hide = createHideKnown(new Set(analyses.flatMap((analysis) => analysis.values)));
  const shown = files.map((file) => hideInFile(file, hide));
  const hunks = new Map(shown.map((file) => [file.path, file.hunks ?? []]));
  const about = {
    title: hide(change.title),
    description: hide(change.description),
    commits: (change.commits ?? []).map(hide),
  };
  const merged = mergeFindings([...findings, ...armed]);
  const lost = new Set(merged.slice(mostFindings).map((finding) => finding.path));
  return {
    about,
    files: shown,
    findings: merged.slice(0, mostFindings).map((finding) => hideInFinding(finding, hide)),
    coverage: coverage
      .map((file) => (lost.has(file.path) ? { ...file, ...because('MANY_FINDINGS') } : file))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    hunks,
    hide,
  };
}

function describeFailure({ analyser, outcome }: FileAnalysis['outcomes'][number]): string {
  const reason = outcome.status === 'analysed' ? '' : outcome.reason;
  return analyser === null ? reason : `${analyser}: ${reason}`;
}

/** How a file was looked at, where that was not all. */
function describeLook({ kind, unjudged }: SourceFile, isOpen: boolean): ReturnType<typeof because> {
  if (kind === 'test') return because('TEST_CODE');
  if (kind === 'credentials') return because('CREDENTIALS_ONLY');
  if (kind === 'workflow') return because('WORKFLOW');
  if (kind === 'view') return because('VIEW');
  if (unjudged) return because(unjudged);
  return isOpen ? because('CALLERS_LEFT') : { status: 'reviewed', reasonCode: null, detail: null };
}
