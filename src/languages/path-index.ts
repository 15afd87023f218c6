import { dirOf, nameOf } from '../text/paths.ts';

/** The files of a tree by their names, so that an import finds its file without looking at all of them. */
export interface PathIndex {
  has(path: string): boolean;
  /** Paths whose name without its ending is this one. */
  named(stem: string): readonly string[];
  /** Where the repository's own packages of npm lie, by name. */
  packages: ReadonlyMap<string, string>;
  /** Files right in a directory. */
  inside(dir: string): readonly string[];
}

export function indexPaths(paths: readonly string[], packages: ReadonlyMap<string, string> = new Map()): PathIndex {
  const all = new Set(paths);
  const stems = new Map<string, string[]>();
  const dirs = new Map<string, string[]>();
  for (const path of paths) {
    push(stems, stemOf(path), path);
    push(dirs, dirOf(path), path);
  }
  return {
    has: (path) => all.has(path),
    packages,
    named: (stem) => stems.get(stem) ?? [],
    inside: (dir) => dirs.get(dir) ?? [],
  };
}

export function stemOf(path: string): string {
  return nameOf(path).replace(/(?<=.)\.[^.]+$/, '');
}

/** How far two files are from each other: the steps from one's directory to the other's. */
export function distance(a: string, b: string): number {
  const [from, to] = [dirOf(a).split('/'), dirOf(b).split('/')];
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return from.length + to.length - 2 * same;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
