import type { Analysis } from '../analysis/analysis.ts';
import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Content } from '../change/change.ts';
import type { Repository } from '../change/repository.ts';
import type { BesideFile, SourceFile } from '../change/source-file.ts';
import { revertPatch } from '../diff/patch.ts';
import { AppError } from '../errors.ts';
import { memo } from '../languages/memo.ts';
import { distance, indexPaths, type PathIndex } from '../languages/path-index.ts';
import { OWN_PACKAGE, resolveModule, resolveView } from '../languages/resolve-module.ts';
import { decideSelection } from '../scope/select.ts';
import { type Asking, joinAsking, roomOf, type Wanted } from './join-asking.ts';

/** The most rounds in which the files that were found ask for further ones: handler, service, repository, helper. */
const MOST_ROUNDS = 4;
/** The longest chain of files that only re-export from another one (`index.ts`). */
const MOST_HANDED = 3;
/** Of which one index hands on, those that are looked into. */
const MOST_BEHIND = 100;
/** Of those who may be what an interface stands for; beyond it is not known which one is meant. */
const MOST_IMPLEMENTERS = 4;
/** Characters of a file in which names are looked for. */
const MOST_LOOKED = 100_000;
/** Of one change: each goes through all files of its language. */
const MOST_SEARCHES = 60;
const NONE = Promise.resolve<string[]>([]);
/** Who follows values. */
const FLOWS = 'data-flow';
/** For all of that of one change, in milliseconds: what was found in its files alone must not wait for it. */
const MOST_TIME = 10_000;
/** Files that name something of it. */
const MOST_NAMERS = 12;
/** Files in all that are looked at as they were. */
const MOST_BEFORE = 48;

type Read = (paths: readonly string[]) => Promise<Map<string, Content>>;

/**
 * Where something outside is handed to a function of another file, that file is read and put beside, and the ways of data are
 * followed again; and so on, a few files far. Only such files are read: most changes need none.
 *
 * @param analyses of the same files, without anything beside them
 * @param repository null: the tree is all that is there, or cannot be asked
 */
export async function followImports(
  analyses: readonly FileAnalysis[],
  sources: readonly SourceFile[],
  analysis: Analysis,
  { repository, whole }: { repository: Repository | null; whole: boolean },
): Promise<FileAnalysis[]> {
  // Who registers a handler, or implements an interface, is asked only where nothing has to be fetched for it.
  const isNear = whole || repository?.near === true;
  const asks = ({ wanted = [] }: FileAnalysis): boolean => wanted.some((one) => isNear || one.by === undefined);
  if (!analyses.some(asks)) return [...analyses];
  const done = new Map(analyses.map((one) => [one.path, one]));
  try {
    const tree = whole ? treeOf(sources) : repository && (await openRepository(repository));
    const bounded = whole ? analysis : (analysis.within?.(MOST_TIME) ?? analysis);
    if (tree) await follow(done, sources, bounded, { ...tree, whole });
  } catch (error) {
    // What cannot be looked up stands as it was found.
    if (!(error instanceof AppError)) throw error;
  }
  return analyses.map((one) => done.get(one.path) ?? one);
}

async function follow(
  done: Map<string, FileAnalysis>,
  sources: readonly SourceFile[],
  analysis: Analysis,
  tree: Tree & { whole: boolean },
): Promise<void> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  let asking = sources.flatMap(({ path, text }): Asking[] => {
    const wanted = done.get(path)?.wanted;
    return wanted ? [{ own: new Map([[path, text]]), known: new Map(), wanted }] : [];
  });
  for (let round = 0; round < MOST_ROUNDS && asking.length > 0; round++) {
    const fed = await addFiles(asking, tree);
    // Of a change the few files go side by side: who opened it waits. A whole tree is done sooner where nothing is run twice.
    const programs = round === 0 && tree.whole ? joinAsking(fed) : fed;
    if (programs.length === 0) break;
    const again = programs.flatMap((program) => listSources(program, byPath));
    const followed = new Map((await analysis.analyse(again)).map((one) => [one.path, one]));
    for (const one of followed.values()) done.set(one.path, join(done.get(one.path), one));
    asking = programs.flatMap((program) => {
      const wanted = [...program.own.keys()].flatMap((path) => followed.get(path)?.wanted ?? []);
      return wanted.length > 0 ? [{ ...program, wanted }] : [];
    });
  }
}

/** Each of them has the others beside it. */
function listSources({ own, known }: Asking, byPath: ReadonlyMap<string, SourceFile>): SourceFile[] {
  const all = [...own, ...known].map(([path, text]) => ({ path, text }));
  const before = listBefore(all, byPath);
  const [together = ''] = own.keys();
  return [...own.keys()].flatMap((path): SourceFile[] => {
    const source = byPath.get(path);
    const beside = all.filter((one) => one.path !== path);
    const besideBefore = before?.filter((one) => one.path !== path);
    return source
      ? [
          {
            ...source,
            onlyFlows: true,
            beside,
            ...(besideBefore && { besideBefore }),
            ...(own.size > 1 && { together }),
          },
        ]
      : [];
  });
}

/**
 * These files as they were, with the others of the change beside them: what stands in one of them may have stood in another. A new
 * file is left as it is, for what it took over from one that is gone. Null: the change touched none of them.
 */
function listBefore(files: readonly BesideFile[], sources: ReadonlyMap<string, SourceFile>): BesideFile[] | null {
  const before = new Map(files.map(({ path, text }) => [path, text]));
  let isTouched = false;
  for (const { path, text, hunks } of sources.values()) {
    const base = hunks && hunks.length > 0 && before.size < MOST_BEFORE ? revertPatch(text, hunks) : null;
    if (!base) continue;
    isTouched ||= files.length > 1 && before.has(path);
    before.set(path, base);
  }
  return isTouched ? [...before].map(([path, text]) => ({ path, text })) : null;
}

type By = NonNullable<Wanted['by']> | 'any';

interface Tree {
  index: PathIndex;
  read: Read;
  /** Programs in the language of this file that name this, import it by this name, or have a method that is called so. */
  namersOf: (path: string, name: string, by: By) => Promise<string[]>;
}

function treeOf(sources: readonly SourceFile[]): Tree {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  // Many files ask for the same names.
  const namers = new Map<string, string[]>();
  return {
    index: indexPaths([...texts.keys()]),
    namersOf: (path, name, by) => {
      const key = `${by} ${name}`;
      const written = by === 'any' ? [] : listWritten(name, by);
      const found =
        namers.get(key) ??
        sources.flatMap((one) => (written.some((text) => one.text.includes(text)) ? [one.path] : []));
      namers.set(key, found);
      return Promise.resolve(nearest(path, found));
    },
    read: (paths) =>
      Promise.resolve(
        new Map(
          paths.flatMap((path): [string, Content][] => {
            const text = texts.get(path);
            return text === undefined ? [] : [[path, { kind: 'text', text }]];
          }),
        ),
      ),
  };
}

async function openRepository(repository: Repository): Promise<Tree> {
  const { paths } = await repository.listFiles('head');
  const searches = new Map<string, Promise<string[]>>();
  const search = async (name: string, by: By, glob: string): Promise<string[]> => {
    const texts = by === 'any' ? [name] : listWritten(name, by);
    const query = { texts, whole: by === 'any', globs: [glob], most: 500, mostOfFile: 1 };
    const { hits } = await repository.search('head', query);
    return [...new Set(hits.map((hit) => hit.path))];
  };
  return {
    index: indexPaths(paths),
    read: (wanted) => repository.readHead([...wanted]),
    namersOf: async (path, name, by) => {
      const glob = `*.${path.slice(path.lastIndexOf('.') + 1)}`;
      const key = `${by} ${glob} ${name}`;
      const searched = searches.get(key) ?? (searches.size < MOST_SEARCHES ? search(name, by, glob) : NONE);
      searches.set(key, searched);
      const found = await searched;
      return by !== 'any' ? nearest(path, found) : found.filter((one) => isCode(one)).slice(0, MOST_NAMERS);
    },
  };
}

/** How an import of a script ends that is called so; how a method of Go begins. */
function listWritten(stem: string, by: Exclude<By, 'any'>): string[] {
  if (by === 'method') return [`) ${stem}(`];
  return ["'", '"', '.js"', ".js'"].map((end) => `/${stem}${end}`);
}

function nearest(path: string, found: readonly string[]): string[] {
  const code = found.filter((one) => one !== path && isCode(one));
  return code.sort((a, b) => distance(path, a) - distance(path, b)).slice(0, MOST_NAMERS);
}

/** No test. */
function isCode(path: string): boolean {
  const selection = decideSelection(path);
  return 'kind' in selection && selection.kind !== 'test';
}

/** Those beside whom there are more files now. */
async function addFiles(asking: readonly Asking[], { index, read, namersOf }: Tree): Promise<Asking[]> {
  const contents = new Map<string, Content>();
  const find = async (one: Wanted, words: () => ReadonlySet<string>): Promise<string[]> => {
    const list =
      one.named === undefined
        ? (one.view ? resolveView : resolveModule)(index, one.path, one.module)
        : listWithPackages(index, await namersOf(one.path, one.named, one.by ?? 'any'), one.by);
    if (!one.declares) return list;
    for (const [path, content] of await read(list.filter((each) => !contents.has(each)))) contents.set(path, content);
    return pickDeclaring(list, contents, one.declares, words());
  };
  const meant = await Promise.all(
    asking.map(async (one) => {
      const { own, known, wanted } = one;
      let words: ReadonlySet<string> | null = null;
      const wordsOnce = (): ReadonlySet<string> => (words ??= wordsOf([...own.values(), ...known.values()]));
      const paths = (await Promise.all(wanted.map((each) => find(each, wordsOnce)))).flat();
      const fresh = [...new Set(paths)].filter((path) => !own.has(path) && !known.has(path));
      const room = roomOf(one);
      return { one, room, fresh: [] as string[], next: fresh.slice(0, Math.max(0, room.files)) };
    }),
  );
  for (let step = 0; step <= MOST_HANDED; step++) {
    const reading = [...new Set(meant.flatMap(({ next }) => next))].filter((one) => !contents.has(one));
    if (reading.length > 0) for (const [path, content] of await read(reading)) contents.set(path, content);
    for (const each of meant) {
      const { one, room, fresh } = each;
      const { own, known } = one;
      const asks = [...own.values(), ...known.values()];
      const taken = each.next.filter((path) => step === 0 || isAskedFor(contents.get(path), asks));
      fresh.push(...taken.slice(0, Math.max(0, room.files - fresh.length)));
      const behind = new Set(taken.flatMap((path) => listHandedOn(path, contents.get(path), index)));
      each.next = [...behind].filter((path) => !own.has(path) && !known.has(path) && !fresh.includes(path));
    }
  }
  return meant.flatMap(({ one, room, fresh }) => {
    const before = one.known.size;
    let left = room.text;
    for (const path of fresh) {
      const content = contents.get(path);
      if (content?.kind !== 'text' || content.text.length > left) continue;
      left -= content.text.length;
      one.known.set(path, content.text);
    }
    return one.known.size > before ? [one] : [];
  });
}

/** `from .models import *`; in the file of a package itself also the names that it takes one by one. */
const OF_STAR = /^from[ \t]+(\.[\w.]{1,200})[ \t]+import[ \t]+\*/gm;
const OF_INIT = /^from[ \t]+(\.[\w.]{1,200})[ \t]+import\b/gm;

/** The files whose names a file hands on as its own: `export * from './orders'`, an `index.js` that requires each of its folder. */
function listHandedOn(path: string, content: Content | undefined, index: PathIndex): string[] {
  if (content?.kind !== 'text') return [];
  if (path.endsWith('.py')) {
    const handed = [...content.text.matchAll(/\/?__init__\.py$/.test(path) ? OF_INIT : OF_STAR)];
    return handed.slice(0, MOST_BEHIND).flatMap(([, module = '']) => resolveModule(index, path, module));
  }
  if (!/\.[cm]?[jt]sx?$/.test(path)) return [];
  const modules = [...content.text.matchAll(HANDED_ON)].flatMap(([, exported, required]) =>
    exported !== undefined
      ? [exported]
      : required !== undefined && (/(?:^|\/)index\.\w+$/.test(path) || STUB.test(content.text))
        ? [required]
        : [],
  );
  return modules.slice(0, MOST_BEHIND).flatMap((module) => resolveModule(index, path, module));
}

/** Of the files of a package of Go those that hold what is called, then those that declare what these texts name. */
function pickDeclaring(
  paths: readonly string[],
  contents: ReadonlyMap<string, Content>,
  called: readonly string[],
  words: ReadonlySet<string>,
): string[] {
  const ranked = paths.flatMap((path) => {
    const content = contents.get(path);
    if (content?.kind !== 'text') return [];
    const declared = declaredIn(content);
    if (declared.some((name) => called.includes(name))) return [{ path, rank: 0 }];
    return declared.some((name) => words.has(name)) ? [{ path, rank: 1 }] : [];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ path }) => path);
}

function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.slice(0, MOST_LOOKED).match(/\w+/g) ?? []));
}

const declaredIn = memo(({ text }: { text: string }) =>
  [...text.slice(0, MOST_LOOKED).matchAll(OF_PACKAGE)].flatMap(([, name]) => name ?? []),
);

/** Those who have a method, with the packages around them: a type's methods may stand in several files. */
function listWithPackages(index: PathIndex, paths: readonly string[], by: Wanted['by']): string[] {
  if (by !== 'method') return [...paths];
  return paths.slice(0, MOST_IMPLEMENTERS).flatMap((path) => [path, ...resolveModule(index, path, OWN_PACKAGE)]);
}

/** `func Get(`, `func (s *Store) Get(`, `type Store struct`. */
const OF_PACKAGE = /^(?:func (?:\([^()\n]{1,200}\) )?|type |var )(\w+)/gm;

const DECLARED =
  /\bexport\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:const|let|var|function\*?|class|enum|type|interface)\s+([\w$]+)|^(?:class|(?:async[ \t]+)?def)[ \t]+(\w+)/gm;

/** Of what an index hands on, a file that declares something of which these speak. */
function isAskedFor(content: Content | undefined, texts: readonly string[]): boolean {
  if (content?.kind !== 'text') return false;
  const names = [...content.text.matchAll(DECLARED)].flatMap(([, name, other]) => name ?? other ?? []);
  return names.length === 0 || names.some((name) => texts.some((text) => text.includes(name)));
}

/** It is another file by a second name. */
const STUB = /^(?:\s*['"]use strict['"];?)?\s*module\.exports\s*=\s*require\([^()]*\);?\s*$/;

const HANDED_ON =
  /\bexport\s+(?:type\s+)?(?:\*(?:\s*as\s+\w+)?|\{[^{}]{0,2000}\})\s*from\s*['"](\.[^'"\n]{1,200})['"]|\brequire\(['"](\.[^'"\n]{1,200})['"]\)/g;

/**
 * What is known of the ways of data now, in place of what was known before; a failure takes nothing away, and is told: they were
 * followed no further.
 */
function join(before: FileAnalysis | undefined, after: FileAnalysis): FileAnalysis {
  if (!before) return after;
  const [flows] = after.outcomes;
  if (!flows) return before;
  const { analyser, outcome } = flows;
  if (outcome.status === 'failed')
    return { ...before, outcomes: before.outcomes.map((one) => stopAt(one, outcome.reason)) };
  const outcomes = before.outcomes.map((one) => (one.analyser === analyser ? flows : one));
  const causes = [...before.causes, ...after.causes];
  // What was found now has not been compared with the base: only what stands on lines of the change is known to be new.
  if (outcome.findings.length > 0 && !after.before) return { ...before, outcomes, before: null, causes };
  // A flaw of the base that both looks have seen is one: told twice, it would hide a second one that is new.
  const seen = new Set(after.before?.map(({ identity }) => identity));
  const others = before.before?.filter(({ identity }) => !seen.has(identity)) ?? [];
  return {
    ...before,
    outcomes,
    before: before.before || after.before ? [...others, ...(after.before ?? [])] : null,
    causes,
  };
}

type Looked = FileAnalysis['outcomes'][number];

function stopAt(looked: Looked, reason: string): Looked {
  const { analyser, outcome } = looked;
  if (analyser !== FLOWS || outcome.status === 'failed') return looked;
  const why = `what it gives to other files was not followed to the end: ${reason}`;
  const known = outcome.status === 'clipped' ? `${outcome.reason}; ` : '';
  return { analyser, outcome: { status: 'clipped', findings: outcome.findings, reason: known + why } };
}
