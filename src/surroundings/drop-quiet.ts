import type { FileAnalysis } from '../analysis/process/task.ts';
import { isToolFolder, isWorkshopFolder } from '../change/beside.ts';
import type { Change, Snapshot } from '../change/change.ts';
import type { Runtime } from '../change/decide-runtime.ts';
import { beginsProject } from '../change/manifests.ts';
import type { Repository } from '../change/repository.ts';
import type { SourceFile } from '../change/source-file.ts';
import { AppError } from '../errors.ts';
import type { RawFinding, Since } from '../findings/finding.ts';
import { expectWorth } from '../findings/readings.ts';
import { decideSelection } from '../scope/select.ts';
import { dirOf } from '../text/paths.ts';
import { listFound } from './edit-findings.ts';
import { createReaderSearch, createTreeSearch, type FindReaders } from './find-readers.ts';
import { isMarginal } from './is-marginal.ts';
import { isSaidBefore } from './is-said-before.ts';
import { listLimitingAll } from './list-limiting-all.ts';
import { listReadByTests } from './list-read-by-tests.ts';
import { listShown } from './list-shown.ts';
import { keyOf, listUncalled } from './list-uncalled.ts';
import { listUnread, type ReadBy } from './list-unread.ts';
import { listUnserved } from './list-unserved.ts';
import { readRuntimes } from './read-runtimes.ts';
import { takesBearersOnly } from './takes-bearers-only.ts';

/** The most manifests that are read if reading costs requests; an ordinary change needs a dozen. */
const MOST_MANIFESTS = 200;

interface Around {
  mostText?: number;
  whole?: boolean;
  repository?: Repository | null;
}

/**
 * Without the findings that hurt nobody, given what their packages run as and who reads their files. Only they make anybody look:
 * most changes have none, and a reading costs requests.
 */
export async function dropQuiet(
  analyses: readonly FileAnalysis[],
  sources: readonly SourceFile[],
  snapshot: Snapshot,
  change: Pick<Change, 'files'>,
  { mostText, whole = false, repository = null }: Around,
): Promise<FileAnalysis[]> {
  const pathsOf = (asks: (finding: RawFinding) => boolean): Set<string> =>
    new Set(analyses.filter((one) => listFound(one).some(asks)).map(({ path }) => path));
  const asking = pathsOf(({ quietIn, since }) => quietIn !== undefined || since !== undefined);
  const scripts = sources.filter(
    ({ path, kind }) => asking.has(path) && (kind === 'typescript' || kind === 'javascript'),
  );
  const most = mostText === undefined ? Number.POSITIVE_INFINITY : MOST_MANIFESTS;
  const paths = scripts.map(({ path }) => path);
  const { runtimeOf, mayBeShown, isBefore } = await readRuntimes(paths, snapshot, most);
  const runtimes = new Map(scripts.map((script) => [script.path, runtimeOf(script)]));
  // What both sides say; of a whole tree there is one.
  const finds = whole
    ? [createTreeSearch(change.files, snapshot)]
    : repository
      ? (['base', 'head'] as const).map((side) => createReaderSearch(repository, side))
      : [];
  const onPages = pathsOf(({ quietIn }) => quietIn?.includes('browser') ?? false);
  const unsure = scripts.filter(
    ({ path }) => onPages.has(path) && runtimes.get(path) !== 'browser' && mayBeShown(path),
  );
  for (const path of await keepAll(
    finds,
    unsure,
    async (left, find) => await listShown(left, find),
    ({ path }) => path,
  ))
    runtimes.set(path, 'browser');
  const keys = [...pathsOf(({ named }) => named !== undefined)];
  const ofTests = await keepAll(
    finds,
    keys,
    async (left, find) => await listReadByTests(left, find),
    (path) => path,
  );
  const tools = [...pathsOf(({ beside }) => beside === true)];
  if (whole) tools.push(...[...pathsOf(() => true)].filter((path) => isToolFolder(path) && !tools.includes(path)));
  const all = tools.length === 0 ? [] : whole ? change.files.map(({ path }) => path) : await listBase(repository);
  const unserved = await keepAll(
    // Of what holds nothing but tools each one is what is looked at.
    all.some(isService) ? finds : [],
    tools,
    async (left, find) => await listUnserved(left, find),
    (path) => path,
  );
  const bearers = await keepAll(
    finds,
    [...pathsOf(isOfCookies)],
    async (left, find) => new Set((await takesBearersOnly(find)) ? left : []),
    (path) => path,
  );
  const words = new Set(analyses.flatMap(listFound).flatMap(({ elsewhere = [] }) => elsewhere));
  const said = await keepAll(
    finds,
    [...words],
    async (left, find) => await isSaidBefore(left, find),
    (word) => word,
  );
  const limiting = await keepAll(
    finds,
    [...words],
    async (left, find) => await listLimitingAll(left, find),
    (word) => word,
  );
  const readBy = new Map(
    analyses.flatMap(listFound).flatMap(({ readBy: by }): [string, ReadBy][] => (by ? [[by.says, by]] : [])),
  );
  const unread = await keepAll(
    finds,
    [...readBy.values()],
    async (left, find) => await listUnread(left, find),
    ({ says }) => says,
  );
  // Of a folder of a project the callers may lie outside.
  const roots = change.files.flatMap((file) => (beginsProject(file.path) ? [dirOf(file.path)] : []));
  const sure = (whole ? analyses : [])
    .flatMap(listFound)
    .filter((one) => one.confidence !== 'low' && roots.some((root) => root === '' || one.path.startsWith(`${root}/`)));
  const uncalled = await keepAll(finds, sure, async (left, find) => await listUncalled(left, find), keyOf);
  return analyses.map((analysis) => {
    const { path } = analysis;
    return dropIn(analysis, {
      said,
      limiting,
      unread,
      uncalled,
      runtime: runtimes.get(path) ?? null,
      isMended: (since) => !isBefore(path, since),
      ofTests: ofTests.has(path),
      unserved: unserved.has(path),
      bearers: bearers.has(path),
      whole,
    });
  });
}

/** The paths of the base; none where it cannot be asked. */
export async function listBase(repository: Repository | null): Promise<string[]> {
  try {
    return (await repository?.listFiles('base'))?.paths ?? [];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** Code that is neither a test's nor an example's nor a tool. */
function isService(path: string): boolean {
  const selection = decideSelection(path);
  const isCode = 'kind' in selection && ['typescript', 'javascript', 'python', 'go'].includes(selection.kind);
  return isCode && !isToolFolder(path) && !isWorkshopFolder(path);
}

/** Of these, what every search says; nothing where there is none. */
async function keepAll<T>(
  finds: readonly FindReaders[],
  all: readonly T[],
  ask: (left: readonly T[], find: FindReaders) => Promise<Set<string>>,
  pathOf: (one: T) => string,
): Promise<Set<string>> {
  let left = finds.length > 0 ? all : [];
  for (const find of finds) {
    if (left.length === 0) break;
    const said = await ask(left, find);
    left = left.filter((one) => said.has(pathOf(one)));
  }
  return new Set(left.map(pathOf));
}

interface Known {
  runtime: Runtime | null;
  isMended: (since: Since) => boolean;
  ofTests: boolean;
  unserved: boolean;
  bearers: boolean;
  whole: boolean;
  said: ReadonlySet<string>;
  /** Of those words what limits each request. */
  limiting: ReadonlySet<string>;
  unread: ReadonlySet<string>;
  uncalled: ReadonlySet<string>;
}

function dropIn(
  analysis: FileAnalysis,
  { runtime, isMended, ofTests, unserved, bearers, whole, said, limiting, unread, uncalled }: Known,
): FileAnalysis {
  if (
    !bearers &&
    !listFound(analysis).some(
      ({ quietIn, since, named, beside, elsewhere, readBy, certain }) =>
        whole || (quietIn ?? since ?? named ?? beside ?? elsewhere ?? readBy ?? certain),
    )
  )
    return analysis;
  const outcomes = analysis.outcomes.map(({ analyser, outcome }) => {
    if (outcome.status === 'failed') return { analyser, outcome };
    const findings = outcome.findings.flatMap(
      ({ quietIn, since, named, beside, elsewhere, readBy, certain = false, ...finding }): RawFinding[] =>
        (runtime !== null && quietIn?.includes(runtime)) ||
        (since && isMended(since)) ||
        (named !== undefined && ofTests) ||
        (beside && unserved) ||
        elsewhere?.some((word) => limiting.has(word))
          ? []
          : [
              (whole &&
                mayBePast(finding, {
                  idle: unserved || uncalled.has(keyOf(finding)) || isMarginal(finding),
                  certain,
                })) ||
              (bearers && isOfCookies(finding)) ||
              elsewhere?.some((word) => said.has(word)) ||
              (readBy !== undefined && unread.has(readBy.says))
                ? { ...finding, confidence: 'low' }
                : finding,
            ],
    );
    return { analyser, outcome: { ...outcome, findings } };
  });
  return { ...analysis, outcomes };
}

/** It hurts those whose browser says who they are. */
function isOfCookies({ ruleId }: RawFinding): boolean {
  return ruleId === 'cors-any-origin-with-credentials';
}

/**
 * What readings must promise of a rule for it to speak up about a tree in use. Six sets of services, each decided by the readings of
 * the five others, had 172 of 240 findings worth acting on at this bar (72 %), and 253 of 430 at a half (59 %).
 */
const WORTH_A_COMMENT = 0.6;
/** For what a path leads to, and for the worst: to miss it costs more than a look in vain. */
const WORTH_AN_ALARM = 0.5;

/**
 * Of a whole tree only a reader decides about what was there before: a tool that the service does not know, a function that nothing
 * calls and what nobody waits for (`idle`), a credential of the project's own that has stood there, perhaps as a default that nobody keeps, a
 * migration, which has run by now, and what is often meant, or harmless, in services that are in use. A change that brings one is
 * told, and so is the path of a request to the worst, and what is certain: how often a rule was right says nothing of a place where all
 * that it means was seen.
 */
function mayBePast(
  { ruleId, source, severity, trace }: RawFinding,
  { idle, certain }: { idle: boolean; certain: boolean },
): boolean {
  const expected = expectWorth(ruleId);
  if (severity === 'critical') return !certain && trace.length === 0 && expected < WORTH_AN_ALARM;
  if (idle || source === 'secretlint' || source === 'migrations') return true;
  return !certain && expected < (trace.length > 0 ? WORTH_AN_ALARM : WORTH_A_COMMENT);
}
