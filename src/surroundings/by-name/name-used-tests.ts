import type { Repository } from '../../change/repository.ts';
import type { FileKind, SourceFile } from '../../change/source-file.ts';
import { AppError } from '../../errors.ts';
import { listImported } from '../../languages/list-imported.ts';
import { distance, indexPaths, type PathIndex, stemOf } from '../../languages/path-index.ts';
import { resolveModule } from '../../languages/resolve-module.ts';
import { decideSelection, isTest } from '../../scope/select.ts';
import { dirOf, nameOf } from '../../text/paths.ts';
import { globsOf } from '../globs-of.ts';

interface Text {
  path: string;
  text: string;
}

/** The most files among tests between one of them and the service. */
const MOST_BETWEEN = 3;
/** Of one change: files that are asked for in one search, searches, lines with a hit, and files that are read. */
const MOST_ASKED = 40;
const MOST_SEARCHES = 10;
const MOST_HITS = 2000;
const MOST_READ = 60;
/** Names that are looked for in each text, before its imports are. */
const MOST_NAMES = 40;

const SPEAKS_FOR_FOLDER = /^(?:index|__init__)$/;

/**
 * Files with what they are: of those in a folder for tests, what the service itself imports runs in it. A folder's name proves
 * nothing, and what is taken for a test is searched for credentials alone.
 *
 * @param sources of the change, or of the whole tree
 * @param repository null: `sources` are the whole tree, or nothing can be asked
 */
export async function nameUsedTests(
  sources: readonly SourceFile[],
  repository: Repository | null,
): Promise<readonly SourceFile[]> {
  const asked = sources.filter(mayBeUsed);
  if (asked.length === 0) return sources;
  const used = await findUsed(asked, sources, repository);
  return sources.map((source) => {
    const kind = used.has(source.path) && unlessUsed(source.path);
    return kind ? { ...source, kind } : source;
  });
}

async function findUsed(
  asked: readonly Text[],
  sources: readonly Text[],
  repository: Repository | null,
): Promise<ReadonlySet<string>> {
  const alone = (): ReadonlySet<string> => listReached(asked, sources, indexPaths(sources.map(({ path }) => path)));
  if (!repository) return alone();
  try {
    const { paths } = await repository.listFiles('head');
    const others = repository.near ? await readImporters(asked, sources, repository) : [];
    return listReached(asked, [...sources, ...others], indexPaths(paths));
  } catch (error) {
    if (error instanceof AppError) return alone();
    throw error;
  }
}

/** Whatever its text says: a comment may be full of words of tests. */
function mayBeUsed({ path, kind }: SourceFile): boolean {
  return kind === 'test' && isInTestFolder(path);
}

function unlessUsed(path: string): FileKind | null {
  // Whether it is others' code was asked before.
  const selection = decideSelection(path, { vendored: 'own' });
  return 'kind' in selection ? (selection.unlessUsed ?? null) : null;
}

function isInTestFolder(path: string): boolean {
  return unlessUsed(path) !== null;
}

/** From the service on, by imports. */
function listReached(asked: readonly Text[], known: readonly Text[], index: PathIndex): Set<string> {
  const among = known.filter(({ path }) => isInTestFolder(path));
  const names = new Set(among.flatMap(({ path }) => [stemOf(path), nameOf(dirOf(path))]));
  // Most texts name none of them, and are not looked through.
  const mayImport = ({ text }: Text): boolean =>
    names.size > MOST_NAMES || [...names].some((name) => text.includes(name));
  const importedBy = (one: Text): string[] => (mayImport(one) ? listOf(one) : []);
  const listOf = ({ path, text }: Text): string[] =>
    listImported(path, text)
      .filter((module) => names.has(lastOf(module)))
      .flatMap((module) => resolveModule(index, path, module).filter((file) => namesFolder(module, file)));
  const reached = new Set<string>();
  let open = known.filter(({ path }) => !isTest(path));
  while (open.length > 0) {
    const imported = new Set(open.flatMap(importedBy));
    open = among.filter(({ path }) => imported.has(path) && !reached.has(path));
    for (const { path } of open) reached.add(path);
  }
  return new Set(asked.flatMap(({ path }) => (reached.has(path) ? [path] : [])));
}

/** `import time` is Python's own, and not `tests/time.py`: from outside, the folder is named, or the way from here. */
function namesFolder(module: string, file: string): boolean {
  return module.startsWith('.') || module.split(/[./]/).includes(nameOf(dirOf(file)));
}

/** `handlers` of `../testing/handlers.js`, `app.testing.handlers`. */
function lastOf(module: string): string {
  return (
    module
      .replace(/(?:\.[cm]?[jt]sx?|\/)$/, '')
      .split(/[./]/)
      .at(-1) ?? ''
  );
}

/** Files that the change leaves alone and that may import these, and what lies among tests and may import them in turn. */
async function readImporters(
  asked: readonly Text[],
  sources: readonly Text[],
  repository: Repository,
): Promise<Text[]> {
  const known = new Set(sources.map(({ path }) => path));
  const found: Text[] = [];
  let open = asked.map(({ path }) => path);
  for (let step = 0; step <= MOST_BETWEEN && open.length > 0; step++) {
    const importers: string[] = [];
    for (let at = 0; at < Math.min(open.length, MOST_ASKED * MOST_SEARCHES); at += MOST_ASKED)
      importers.push(...(await searchImporters(open.slice(at, at + MOST_ASKED), repository)));
    const paths = serviceFirst([...new Set(importers)].filter((path) => !known.has(path)));
    const read = await repository.readHead(paths.slice(0, MOST_READ));
    for (const path of paths) known.add(path);
    const texts = [...read].flatMap(([path, content]) =>
      content.kind === 'text' ? [{ path, text: content.text }] : [],
    );
    found.push(...texts);
    open = texts.flatMap(({ path }) => (isInTestFolder(path) ? [path] : []));
  }
  return found;
}

function serviceFirst(paths: readonly string[]): string[] {
  return [...paths.filter((path) => !isTest(path)), ...paths.filter((path) => isTest(path))];
}

/** The nearest first. */
async function searchImporters(paths: readonly string[], repository: Repository): Promise<string[]> {
  const { hits } = await repository.search('head', {
    texts: [...new Set(paths.flatMap(listWritten))],
    whole: false,
    globs: [...new Set(paths.flatMap(globsOf))],
    most: MOST_HITS,
    mostOfFile: 1,
  });
  const [first = ''] = paths;
  const found = [...new Set(hits.map(({ path }) => path))].filter((path) => !isTest(path) || isInTestFolder(path));
  return found.sort((a, b) => distance(first, a) - distance(first, b));
}

/** What stands in an import of it: its name with the folder before it, or with the way from beside it. */
function listWritten(path: string): string[] {
  const folder = nameOf(dirOf(path));
  const stem = stemOf(path);
  if (path.endsWith('.go')) return [`/${folder}"`];
  if (path.endsWith('.py'))
    return [
      `${folder} import`,
      ...(SPEAKS_FOR_FOLDER.test(stem) ? [`import ${folder}`] : [`${folder}.${stem}`, `.${stem} import`]),
    ];
  return SPEAKS_FOR_FOLDER.test(stem)
    ? [`${folder}'`, `${folder}"`, `${folder}/index`]
    : [`${folder}/${stem}`, `./${stem}`];
}
