import { dirOf, joinPath, nameOf } from '../text/paths.ts';
import { engineOf, VIEW_ENDINGS } from '../text/view-engine.ts';
import { distance, type PathIndex } from './path-index.ts';

const SCRIPT = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs'];
const MOST_FILES = 40;

/** The other files of a Go file's own package: they import nothing of each other. */
export const OWN_PACKAGE = '.';

/**
 * The files of the tree that an import means; none for what comes from outside of it. Relative imports are exact. Others (an
 * alias of the tsconfig, a package of Python or Go) are told by how their path ends, the nearest first.
 */
export function resolveModule(index: PathIndex, path: string, from: string): string[] {
  if (path.endsWith('.py')) return resolvePython(index, path, from);
  if (path.endsWith('.go')) return resolveGo(index, path, from);
  if (/\.[cm]?[jt]sx?$/.test(path)) return resolveScript(index, path, from);
  return [];
}

function resolveScript(index: PathIndex, path: string, from: string): string[] {
  if (from.startsWith('.')) {
    const meant = joinPath(dirOf(path), from);
    // What a build makes is not there: what it is made of.
    return firstOf(index, [...listScripts(meant), ...listScripts(meant.replace(BUILT, '$1src'))]);
  }
  const own = findPackage(index, from);
  if (own)
    return firstOf(index, [
      ...listScripts(joinPath(own.dir, own.rest)),
      ...listScripts(joinPath(own.dir, `src/${own.rest}`)),
    ]);
  if (!from.includes('/')) return [];
  // `@/lib/pay`, `~/lib/pay`, `src/lib/pay`, `@shop/lib/src/pay`: the alias is the first part, or there is none.
  const parts = from.split('/').filter((part) => part !== '');
  for (let skip = 0; skip < Math.min(parts.length, 3); skip++) {
    const tail = parts.slice(skip).join('/');
    if (skip > 0 && !tail.includes('/') && parts.length > 2) break;
    // `zod/v4` is no file of ours that is called so by chance.
    if (
      skip === 1 &&
      !/^[@~#$]?$|^[@~#$]?(?:src|app|lib|server|api|packages)$/.test(parts[0] ?? '') &&
      !from.startsWith('@/')
    )
      break;
    const found = endsWith(index, path, listScripts(tail));
    if (found.length > 0) return found.slice(0, 1);
  }
  return [];
}

const BUILT = /(^|\/)(?:dist|build|out|lib)(?=\/)/;

/** The repository's own package that an import names. */
export function findPackage({ packages }: PathIndex, from: string): { dir: string; rest: string } | null {
  const parts = from.split('/');
  for (const count of [2, 1]) {
    const dir = packages.get(parts.slice(0, count).join('/'));
    if (dir !== undefined) return { dir, rest: parts.slice(count).join('/') };
  }
  return null;
}

/** `./pay.js` of TypeScript is `pay.ts`. */
function listScripts(path: string): string[] {
  const bare = path.replace(/\.[cm]?[jt]sx?$/, '');
  return [
    path,
    ...SCRIPT.map((ending) => bare + ending),
    ...(bare === path ? [] : SCRIPT.map((ending) => path + ending)),
    ...SCRIPT.map((ending) => `${path}/index${ending}`),
  ];
}

function resolvePython(index: PathIndex, path: string, from: string): string[] {
  const dots = /^\.*/.exec(from)?.[0].length ?? 0;
  const tail = from.slice(dots).split('.').join('/');
  const candidates = (base: string): string[] =>
    tail === ''
      ? [`${base}/__init__.py`]
      : [`${tail === '' ? base : joinPath(base, tail)}.py`, `${joinPath(base, tail)}/__init__.py`];
  if (dots > 0) {
    let base = dirOf(path);
    for (let up = 1; up < dots; up++) base = dirOf(base);
    return firstOf(index, candidates(base));
  }
  return endsWith(index, path, [`${tail}.py`, `${tail}/__init__.py`]).slice(0, 1);
}

/**
 * A package is a directory below the folder of its module, which is one around the file; the module's own name is not in the tree.
 * The longest end of the import that is a directory there, the nearest one.
 */
function resolveGo(index: PathIndex, path: string, from: string): string[] {
  const filesOf = (dir: string): string[] =>
    index
      .inside(dir)
      .filter((file) => file.endsWith('.go') && !file.endsWith('_test.go') && file !== path)
      .sort()
      .slice(0, MOST_FILES);
  if (from === OWN_PACKAGE) return filesOf(dirOf(path));
  const parts = from.split('/');
  const host = parts[0] ?? '';
  if (STANDARD_GO.has(host) || (!host.includes('.') && parts.length < 2)) return [];
  const around = listAround(dirOf(path));
  for (let skip = FORGES.has(host) ? 3 : host.includes('.') ? 1 : 0; skip < parts.length; skip++) {
    const tail = parts.slice(skip).join('/');
    for (const root of around) {
      // One name is called so by chance (`labstack/echo/v4/middleware`), unless the folder is called as the module is.
      const isModule = !OF_OTHERS.test(host) || nameOf(root) === parts[skip - 1];
      const files = root === '' || tail.includes('/') || isModule ? filesOf(joinPath(root, tail)) : [];
      if (files.length > 0) return files;
    }
  }
  return [];
}

/** A folder and those that it lies in, the root as the empty one. */
function listAround(dir: string): string[] {
  const parts = dir === '' ? [] : dir.split('/');
  return [...parts.map((_, at) => parts.slice(0, parts.length - at).join('/')), ''];
}

/** Hosts of which owner and repository are a part of each module's name. */
const FORGES = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org']);
/** Where libraries of others come from. */
const OF_OTHERS =
  /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gopkg\.in|gorm\.io|k8s\.io|sigs\.k8s\.io|(?:\w+\.)*(?:golang|uber|mongodb|opentelemetry|etcd)\.(?:org|com|io)|cloud\.google\.com|connectrpc\.com|modernc\.org)$/;
/** First names of the packages of Go itself. */
const STANDARD_GO = new Set(
  'archive bufio builtin bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go hash html image index io iter log maps math mime net os path plugin reflect regexp runtime slices sort strconv strings structs sync syscall testing text time unicode unique unsafe weak'.split(
    ' ',
  ),
);

function firstOf(index: PathIndex, candidates: readonly string[]): string[] {
  const found = candidates.find((one) => index.has(one));
  return found === undefined ? [] : [found];
}

/** The view that a handler names (`users/show`, with or without its ending), the nearest first. */
export function resolveView(index: PathIndex, path: string, name: string): string[] {
  const tail = name.replace(/^(?:\.{0,2}\/)+/, '');
  const tails = [tail, ...VIEW_ENDINGS.map((ending) => `${tail}.${ending}`)];
  return endsWith(index, path, tails)
    .filter((one) => engineOf(one) !== null)
    .slice(0, 1);
}

/** Files whose path ends so, the nearest to `path` first. */
function endsWith(index: PathIndex, path: string, tails: readonly string[]): string[] {
  const found = new Set<string>();
  for (const tail of tails) {
    const stem = (tail.split('/').at(-1) ?? '').replace(/(?<=.)\.[^.]+$/, '');
    for (const one of index.named(stem)) if (one === tail || one.endsWith(`/${tail}`)) found.add(one);
  }
  return [...found].sort((a, b) => distance(path, a) - distance(path, b) || (a < b ? -1 : 1));
}
