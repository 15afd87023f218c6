import type { Analysis } from '../../analysis/analysis.ts';
import type { FileAnalysis } from '../../analysis/process/task.ts';
import type { Content } from '../../change/change.ts';
import type { Repository } from '../../change/repository.ts';
import type { SourceFile } from '../../change/source-file.ts';
import { distanceTo, placeOfRun, type Run, undoRun } from '../../diff/runs.ts';
import { AppError } from '../../errors.ts';
import { pickNew, toBaseFindings } from '../../findings/base-finding.ts';
import { compareFindings, gradeOf, isSuspected, isWorse, type RawFinding } from '../../findings/finding.ts';
import { fingerprintFindings, identifyCode } from '../../findings/fingerprint.ts';
import { indexPaths, type PathIndex } from '../../languages/path-index.ts';
import { resolveModule } from '../../languages/resolve-module.ts';
import { listFound } from '../edit-findings.ts';
import { followImports } from '../follow-imports.ts';
import { findUsers } from './find-users.ts';
import { type Changed, listChanged, listChangedNames, listUsingNames } from './list-changed-names.ts';

/** For all of it, in milliseconds: what was found in the files of the change must not wait for it. */
const MOST_TIME = 6000;
/** Files in all, and how far from the change: who calls a helper, and who calls that. */
const MOST_USERS = 12;
const MOST_STEPS = 2;
const MOST_FINDINGS = 5;
/** What may be the file of another one. */
const HANDS_ON = /(?:^|\/)(?:index\.\w+|__init__\.py)$/;
/** Each is undone once, and the file looked at again. */
const MOST_RUNS = 4;

export interface Armed {
  /** As a whole file would be: each of its lines may be armed. */
  source: SourceFile;
  /** Only what the base does not have; its causes stand in files of the change. */
  analysis: FileAnalysis;
}

export interface ArmedLook {
  armed: Armed[];
  /** Files of the change of which not every caller was followed to its end: there was no time, or there are too many. */
  open: ReadonlySet<string>;
}

/**
 * What a change arms in files that it does not touch: it takes a check or a limit out of a function, and an untouched caller
 * relied on it. The callers are followed as the head is and as the base was; what only the head has is said at the change.
 *
 * @param repository it is asked only where nothing has to be fetched for each file: a search through an API would be too dear
 */
export async function findArmed(
  sources: readonly SourceFile[],
  analysis: Analysis,
  repository: Repository | null,
): Promise<ArmedLook> {
  const changed = listChanged(sources);
  const whole: ArmedLook = { armed: [], open: new Set() };
  if (!repository || changed.length === 0) return whole;
  const open = new Set(changed.map(({ path }) => path));
  try {
    const { paths } = await repository.listFiles('head');
    if (!repository.near) return whole;
    const clocked = analysis.within?.(MOST_TIME) ?? analysis;
    // All looks share this clock: a look of its own would begin one.
    const bounded: Analysis = { ...clocked, within: () => bounded };
    const users: SourceFile[] = [];
    const known = new Set(sources.map(({ path }) => path));
    let names = await listChangedNames(changed, bounded);
    for (let step = 0; step < MOST_STEPS && users.length < MOST_USERS; step++) {
      const found = await findUsers(repository, names, (path) => known.has(path), MOST_USERS - users.length);
      if (found.length === 0) break;
      users.push(...found);
      for (const { path } of found) known.add(path);
      names = await listUsingNames(found, names, bounded);
    }
    const alone = new Map((await bounded.analyse(users)).map((one) => [one.path, one]));
    // A helper's caller may be given what it hands on, and its own caller gives it.
    const reached = new Set([...changed, ...users].map(({ path }) => path));
    const asking = listAsking(users, alone, indexPaths(paths), reached);
    const isSeen = users.length < MOST_USERS && users.every(({ path }) => isWhole(alone.get(path)));
    const look =
      asking.length > 0
        ? await compare(asking, alone, changed, bounded, remember(repository))
        : { armed: [], isWhole: true };
    return { armed: look.armed, open: isSeen && look.isWhole ? whole.open : open };
  } catch (error) {
    if (error instanceof AppError) return { armed: [], open };
    throw error;
  }
}

/** Those that hand something to one of these files, or to one whose name says that it hands on others. */
function listAsking(
  users: readonly SourceFile[],
  alone: ReadonlyMap<string, FileAnalysis>,
  index: PathIndex,
  reached: ReadonlySet<string>,
): SourceFile[] {
  return users.filter(({ path }) =>
    (alone.get(path)?.wanted ?? []).some(
      (one) =>
        one.named === undefined &&
        resolveModule(index, one.path, one.module).some((asked) => reached.has(asked) || HANDS_ON.test(asked)),
    ),
  );
}

async function compare(
  users: readonly SourceFile[],
  alone: ReadonlyMap<string, FileAnalysis>,
  changed: readonly Changed[],
  analysis: Analysis,
  repository: Repository,
): Promise<{ armed: Armed[]; isWhole: boolean }> {
  const lookAt = async (
    files: readonly SourceFile[],
    texts: ReadonlyMap<string, string>,
  ): Promise<Map<string, FileAnalysis>> => {
    const first = files.flatMap(({ path }) => alone.get(path) ?? []);
    const tree = { ...repository, readHead: (paths: readonly string[]) => readOver(repository, texts, paths) };
    const seen = await followImports(first, files, analysis, { repository: tree, whole: false });
    return new Map(seen.map((one) => [one.path, one]));
  };
  const head = await lookAt(users, new Map());
  const telling = users.filter(({ path }) => listSpoken(head.get(path)).length > 0);
  const isSeen = users.every(({ path }) => isWhole(head.get(path)));
  if (telling.length === 0) return { armed: [], isWhole: isSeen };
  const base = await lookAt(telling, new Map(changed.map(({ path, before }) => [path, before])));
  const armed: Armed[] = [];
  let isCompared = true;
  for (const source of telling) {
    const [now, then] = [head.get(source.path), base.get(source.path)];
    // What was not looked at to its end may have had the flaw all the same.
    if (!now || !then || !isWhole(then)) {
      isCompared = false;
      continue;
    }
    const found = listSpoken(now);
    const fresh = pickNew(found, toBaseFindings(listFound(then)), []);
    const findings = [...fresh].sort(compareFindings).slice(0, MOST_FINDINGS);
    const causes: FileAnalysis['causes'] = [];
    for (const finding of fingerprintFindings(findings)) {
      const isThere = async (path: string, text: string): Promise<boolean> => {
        const seen = (await lookAt([source], new Map([[path, text]]))).get(source.path);
        return !seen || !isWhole(seen) || countOf(finding, listFound(seen)) >= countOf(finding, found);
      };
      const cause = await findCause(finding, changed, isThere);
      if (cause) causes.push({ fingerprint: finding.fingerprint, path: cause.path, ...placeOfRun(cause.run) });
    }
    if (causes.length > 0) armed.push({ source, analysis: { ...keepOnly(now, findings), before: [], causes } });
  }
  return { armed, isWhole: isSeen && isCompared };
}

interface Part {
  path: string;
  run: Run;
}

/** The part of the change without which the flaw is not there: what its way of data goes through, or passes by nearest, first. */
async function findCause(
  { trace }: RawFinding,
  changed: readonly Changed[],
  isThere: (path: string, text: string) => Promise<boolean>,
): Promise<Part | null> {
  const parts = changed
    .flatMap(({ path, text, runs }) => {
      const steps = trace.filter((step) => step.path === path);
      return runs.map((run) => ({
        path,
        text,
        run,
        far: Math.min(...steps.map(({ line }) => distanceTo(run, line))),
      }));
    })
    // Two that are nowhere near are as far as each other.
    .sort((a, b) => a.far - b.far || 0);
  const [first, ...others] = parts;
  if (!first || others.length === 0) return first ?? null;
  for (const part of parts.slice(0, MOST_RUNS))
    if (!(await isThere(part.path, undoRun(part.text, part.run)))) return part;
  // Several parts together arm it.
  return first;
}

function listSpoken(analysis: FileAnalysis | undefined): RawFinding[] {
  return analysis ? listFound(analysis).filter((finding) => !isSuspected(finding)) : [];
}

function isWhole(analysis: FileAnalysis | undefined): boolean {
  const outcomes = analysis?.outcomes ?? [];
  return outcomes.length > 0 && outcomes.every(({ outcome }) => outcome.status === 'analysed');
}

function countOf(finding: RawFinding, found: readonly RawFinding[]): number {
  const [identity, grade] = [identifyCode(finding), gradeOf(finding)];
  return found.filter((one) => identifyCode(one) === identity && !isWorse(grade, gradeOf(one))).length;
}

function keepOnly(analysis: FileAnalysis, findings: readonly RawFinding[]): FileAnalysis {
  const kept = new Set(findings);
  const outcomes = analysis.outcomes.flatMap(({ analyser, outcome }) =>
    outcome.status === 'failed'
      ? []
      : [{ analyser, outcome: { ...outcome, findings: outcome.findings.filter((one) => kept.has(one)) } }],
  );
  return { ...analysis, outcomes };
}

async function readOver(
  repository: Repository,
  texts: ReadonlyMap<string, string>,
  paths: readonly string[],
): Promise<Map<string, Content>> {
  const read = await repository.readHead(paths.filter((path) => !texts.has(path)));
  return new Map(
    paths.flatMap((path): [string, Content][] => {
      const text = texts.get(path);
      const content: Content | undefined = text === undefined ? read.get(path) : { kind: 'text', text };
      return content ? [[path, content]] : [];
    }),
  );
}

/** Looks that are compared must have been given the same: what could be read or searched for once is not asked again. */
function remember(repository: Repository): Repository {
  const contents = new Map<string, Content>();
  const searches = new Map<string, ReturnType<Repository['search']>>();
  const files = repository.listFiles('head');
  return {
    ...repository,
    near: true,
    listFiles: (side) => (side === 'head' ? files : repository.listFiles(side)),
    search: (side, query) => {
      const key = JSON.stringify([side, query]);
      const known = searches.get(key) ?? repository.search(side, query);
      searches.set(key, known);
      return known;
    },
    readHead: async (paths) => {
      const missing = paths.filter((path) => !contents.has(path));
      if (missing.length > 0)
        for (const [path, content] of await repository.readHead(missing)) contents.set(path, content);
      return new Map(paths.flatMap((path) => (contents.has(path) ? [[path, contents.get(path) as Content]] : [])));
    },
  };
}
