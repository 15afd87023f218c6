import type { Outline } from '../analysis/outline/outline.ts';
import type { SelectedFile } from '../change/selected-file.ts';
import { revertPatch } from '../diff/patch.ts';
import { indexPaths, type PathIndex } from '../languages/path-index.ts';
import type { MaskedText } from '../secrets/masked-text.ts';
import { dirOf } from '../text/paths.ts';
import type { Candidate } from './candidate.ts';
import { readChangedLines } from './changed-lines.ts';
import { listPlaces, type Place } from './changed-place.ts';
import type { Context } from './context.ts';
import { findBases } from './find-bases.ts';
import { findCallers, listCalled } from './find-callers.ts';
import { findDefinitions, followDelegates, listForms, openSearched } from './find-definitions.ts';
import { findBeside, findInner } from './find-inner.ts';
import { findMounts } from './find-mounts.ts';
import { findSiblings } from './find-siblings.ts';
import { findTables, listTables, listVariantsOf } from './find-tables.ts';
import { KIND_OF, type Kind } from './kinds.ts';
import type { Looking } from './looking.ts';
import { openFiles } from './open-files.ts';
import { pickLines } from './pick-lines.ts';
import { keyOf, pickPieces } from './pick-pieces.ts';
import type { Ports } from './ports.ts';
import { ALL_LANGUAGES, listLanguages, SCHEMAS, searchNames } from './search-names.ts';
import { type Source, toSource } from './source.ts';

interface Options {
  /** Characters of the pieces together. */
  mostChars: number;
  /** Outlines of the changed files' heads, where they are known already. */
  outlines?: ReadonlyMap<string, Outline>;
  /** Files that the change removes whole. */
  removed?: readonly string[];
  /** Names before a rename, by the path now. */
  previous?: ReadonlyMap<string, string>;
  /** The head's files, where several contexts of one change share them. */
  readTree?: () => Promise<IndexedTree>;
  /** Kinds that are not shown, to see what they earn. */
  without?: ReadonlySet<Kind>;
}

export interface IndexedTree {
  index: PathIndex;
  paths: readonly string[];
  complete: boolean;
}

/**
 * What a reader needs to judge these changed files and does not see in them: the definitions of what the changed lines call,
 * the callers of what was changed or removed, a sibling that does what a changed function lacks, what mounts a handler, the tables. Equal input gives
 * an equal answer. What was looked for and is not shown is in `left`.
 */
export async function findContext(
  changed: readonly SelectedFile[],
  ports: Ports,
  {
    mostChars,
    outlines = new Map(),
    removed = [],
    previous = new Map(),
    readTree = () => indexTree(ports.repository),
    without = new Set(),
  }: Options,
): Promise<Context> {
  const files = openFiles(ports);
  const left: string[] = [];
  const { index, complete } = await readTree();
  if (!complete) left.push('The list of files is not complete: a definition or caller may be missing.');
  const shown = new Map<string, ReadonlySet<number>>();
  const places: Place[] = [];
  const changedHeads: Source[] = [];
  const ordered = [...changed].sort((a, b) => (a.path < b.path ? -1 : 1));
  const heads = await outlineHeads(ordered, ports, outlines, left);
  const bases = await outlineBases(ordered, ports, previous);
  for (const file of ordered) {
    const outline = heads.get(file.path);
    if (!outline) continue;
    const head = toSource(file.path, 'head', file.text, outline);
    files.add(head);
    const lines = readChangedLines(file);
    shown.set(keyOf('head', file.path), pickLines(file.kind, lines, outline));
    const removed = [...lines.removed.values()].flat().flatMap(({ oldLine }) => oldLine ?? []);
    shown.set(keyOf('base', previous.get(file.path) ?? file.path), new Set(removed));
    const touched = listPlaces(head, bases.get(file.path) ?? null, file.hunks);
    if (touched.length > 0) changedHeads.push(head);
    places.push(...touched);
  }
  const gone = await files.open('base', [...removed].sort());
  places.push(...gone.flatMap(listRemoved));
  const looking: Looking = { files, index, left };
  const definitions = await findDefinitions(places, looking);
  const forms = definitions.unknown.flatMap(listForms);
  // Each search reads the repository: one for all names, and one of the few files in which tables are made.
  const altered = listVariantsOf(listTables(places, []), true);
  const globs = altered.length > 0 ? ALL_LANGUAGES : listLanguages(places.map(({ source }) => source.path));
  const hits = await searchNames(ports.repository, [...listCalled(places), ...forms, ...altered], globs, left);
  const known = [...definitions.candidates, ...(await openSearched(definitions.unknown, hits, looking))];
  const defined = [...known, ...(await followDelegates(known, looking))];
  const tables = listTables(places, defined);
  const made = await searchNames(ports.repository, listVariantsOf(tables, false), SCHEMAS, left);
  const candidates: Candidate[] = [
    ...gone.map(showRemoved),
    ...defined,
    ...findInner(defined),
    ...findBeside(places),
    ...(await findBases(places, looking)),
    ...(await findCallers(places, hits, looking)),
    ...findSiblings(places),
    ...(await findMounts(changedHeads, looking)),
    ...(await findTables(tables, { made, hits }, looking)),
  ];
  left.push(...files.missing());
  const wanted = candidates.filter(({ role }) => !without.has(KIND_OF[role]));
  const pieces = pickPieces(wanted, shown, mostChars, left);
  // Where nothing was wanted nothing was looked for.
  const isOff = wanted.length === 0 && without.size > 0;
  return { pieces, left: isOff ? [] : trim(left) };
}

async function outlineHeads(
  changed: readonly SelectedFile[],
  { outline }: Ports,
  known: ReadonlyMap<string, Outline>,
  left: string[],
): Promise<Map<string, Outline>> {
  const unknown = changed.filter(({ path }) => !known.has(path));
  const made = await outline(unknown.map(({ path, text }) => ({ path, text })));
  const all = new Map(known);
  for (const [index, { path }] of unknown.entries()) {
    const one = made[index];
    if (one && 'outline' in one) all.set(path, one.outline);
    else left.push(`What ${path} calls, and who calls it: ${one?.reason ?? 'it could not be read'}.`);
  }
  return all;
}

/** Of files in which lines were removed: as they were. */
async function outlineBases(
  changed: readonly SelectedFile[],
  { outline }: Ports,
  previous: ReadonlyMap<string, string>,
): Promise<Map<string, ReturnType<typeof toSource>>> {
  const texts = changed.flatMap((file) => {
    const { path, text, hunks } = file;
    const loses = hunks?.some(({ lines }) => lines.some(({ kind }) => kind === 'removed')) ?? false;
    const base = loses && hunks ? revertPatch(text, hunks) : null;
    // It is made of masked text, line by line.
    return base === null ? [] : [{ path, was: previous.get(path) ?? path, text: base as MaskedText }];
  });
  const made = await outline(texts.map(({ was, text }) => ({ path: was, text })));
  return new Map(
    texts.flatMap(({ path, was, text }, index) => {
      const one = made[index];
      return one && 'outline' in one ? [[path, toSource(was, 'base', text, one.outline)] as const] : [];
    }),
  );
}

function listRemoved(source: Source): Place[] {
  return source.outline.declarations
    .filter(({ kind, container }) => kind !== 'value' && kind !== 'route' && kind !== 'table' && container === null)
    .map((declaration) => ({
      source,
      declaration,
      status: 'removed' as const,
      added: [],
      gone: [],
      dropped: [],
      near: [],
      changedText: '',
    }));
}

/** What it did is gone, also where no name of it is: what is loaded by its place has no caller. */
function showRemoved(source: Source): Candidate {
  const { length } = source.lines;
  const because = 'this change removes the file whole';
  return { role: 'removed file', source, startLine: 1, endLine: length, weight: 72, because };
}

/** The files of the head by their names, and the repository's own packages. */
export async function indexTree(repository: Ports['repository']): Promise<IndexedTree> {
  const { paths, complete } = await repository.listFiles('head');
  return { index: indexPaths(paths, await readPackages(repository, paths)), paths, complete };
}

const MOST_PACKAGES = 60;
const DEEPEST = 4;

/** The repository's own packages of npm, by their names. */
async function readPackages(repository: Ports['repository'], paths: readonly string[]): Promise<Map<string, string>> {
  const isNear = (path: string): boolean => path.split('/').length <= DEEPEST && !path.includes('node_modules/');
  const wanted = paths.filter((path) => /(^|\/)package\.json$/.test(path) && isNear(path)).slice(0, MOST_PACKAGES);
  const contents = wanted.length > 1 ? await repository.readHead(wanted) : new Map<string, never>();
  return new Map(
    wanted.flatMap((path) => {
      const content = contents.get(path);
      const name =
        content?.kind === 'text' ? /^\s{0,8}"name"\s*:\s*"([^"\n]{1,200})"/m.exec(content.text)?.[1] : undefined;
      return name === undefined ? [] : [[name, dirOf(path)] as const];
    }),
  );
}

const MOST_LEFT = 25;

function trim(left: readonly string[]): string[] {
  const all = [...new Set(left)];
  return all.length > MOST_LEFT ? [...all.slice(0, MOST_LEFT), `and ${all.length - MOST_LEFT} more`] : all;
}
