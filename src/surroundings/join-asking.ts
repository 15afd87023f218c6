import type { FileAnalysis } from '../analysis/process/task.ts';
import { distance } from '../languages/path-index.ts';

export type Wanted = NonNullable<FileAnalysis['wanted']>[number];

/** Files that are looked at in one run, with what lies beside them and what they ask for. */
export interface Asking {
  /** Their texts, by path. */
  own: ReadonlyMap<string, string>;
  /** Files beside them. */
  known: Map<string, string>;
  wanted: readonly Wanted[];
}

/** Of one run: files that are asked about, all files, and their characters. */
const MOST_OWN = 16;
const MOST_FILES = 48;
const MOST_TEXT = 1_000_000;

/** Beside one file, and their characters. */
const MOST_BESIDE = 24;
const MOST_TEXT_BESIDE = 600_000;

/** How many files, and characters, may be put beside these. */
export function roomOf({ own, known }: Asking): { files: number; text: number } {
  const isOne = own.size === 1;
  const text = sizeOf(known) + (isOne ? 0 : sizeOf(own));
  return {
    files: (isOne ? MOST_BESIDE : MOST_FILES - own.size) - known.size,
    text: (isOne ? MOST_TEXT_BESIDE : MOST_TEXT) - text,
  };
}

/** Of those who ask for the same file, that are looked at at once: a file of constants is asked for by thousands. */
const MOST_NEAR = 64;

/**
 * Files that ask for each other, or for the same ones, are one program: what they have in common is run once, and not for each. Those
 * that lie near each other come together first.
 */
export function joinAsking(all: readonly Asking[]): Asking[] {
  const left = new Set(all);
  const users = new Map<string, Set<Asking>>();
  for (const one of all)
    for (const path of pathsOf(one)) {
      const asking = users.get(path) ?? new Set();
      users.set(path, asking.add(one));
    }
  const take = (one: Asking): void => {
    left.delete(one);
    for (const path of pathsOf(one)) users.get(path)?.delete(one);
  };
  return all.flatMap((first) => {
    if (!left.has(first)) return [];
    take(first);
    const [at = ''] = first.own.keys();
    let joined = first;
    for (let before: Asking | null = null; before !== joined && joined.own.size < MOST_OWN; ) {
      before = joined;
      const near = new Set(pathsOf(joined).flatMap((path) => firstOf(users.get(path) ?? [])));
      for (const one of [...near].sort((a, b) => farFrom(at, a) - farFrom(at, b))) {
        if (joined.own.size >= MOST_OWN) break;
        const both = join(joined, one);
        if (both.own.size > MOST_OWN || roomOf(both).files < 0 || roomOf(both).text < 0) continue;
        joined = both;
        take(one);
      }
    }
    return joined;
  });
}

function firstOf(users: Iterable<Asking>): Asking[] {
  const first: Asking[] = [];
  for (const one of users) {
    if (first.length === MOST_NEAR) break;
    first.push(one);
  }
  return first;
}

function pathsOf({ own, known }: Asking): string[] {
  return [...own.keys(), ...known.keys()];
}

function farFrom(path: string, { own }: Asking): number {
  const [first = ''] = own.keys();
  return distance(path, first);
}

function join(a: Asking, b: Asking): Asking {
  const own = new Map([...a.own, ...b.own]);
  const known = new Map([...a.known, ...b.known].filter(([path]) => !own.has(path)));
  return { own, known, wanted: [...a.wanted, ...b.wanted] };
}

function sizeOf(texts: ReadonlyMap<string, string>): number {
  let size = 0;
  for (const { length } of texts.values()) size += length;
  return size;
}
