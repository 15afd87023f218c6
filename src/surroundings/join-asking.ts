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

/**
 * Files that ask for each other, or for the same ones, are one program: what they have in common is run once, and not for each. Those
 * that lie near each other come together first.
 */
export function joinAsking(all: readonly Asking[]): Asking[] {
  const left = new Set(all);
  const users = new Map<string, Asking[]>();
  for (const one of all)
    for (const path of [...one.own.keys(), ...one.known.keys()]) users.set(path, [...(users.get(path) ?? []), one]);
  return all.flatMap((first) => {
    if (!left.delete(first)) return [];
    const [at = ''] = first.own.keys();
    let joined = first;
    for (let before: Asking | null = null; before !== joined; ) {
      before = joined;
      const near = new Set([...joined.own.keys(), ...joined.known.keys()].flatMap((path) => users.get(path) ?? []));
      const next = [...near].filter((one) => left.has(one)).sort((a, b) => farFrom(at, a) - farFrom(at, b));
      for (const one of next) {
        const both = join(joined, one);
        if (both.own.size > MOST_OWN || roomOf(both).files < 0 || roomOf(both).text < 0) continue;
        joined = both;
        left.delete(one);
      }
    }
    return joined;
  });
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
