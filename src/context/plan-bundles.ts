import type { Outline } from '../analysis/outline/outline.ts';
import type { SelectedFile } from '../change/selected-file.ts';
import { findTies } from './find-ties.ts';

export interface ShownFile {
  file: SelectedFile;
  /** As the reviewer reads it. */
  shown: string;
}

/** What one request holds, in characters: about 20,000 tokens, enough to see connections, little enough to attend to all of it. */
export const BUNDLE_CHARS = 70_000;

/** Files that go into one request. */
export interface Bundle {
  files: ShownFile[];
}

interface Options {
  /** What stands in each file, by its path, where that is known. */
  outlines?: ReadonlyMap<string, Outline>;
  mostChars?: number;
}

interface Group {
  files: ShownFile[];
  size: number;
  risk: number;
}

/**
 * Which files share a request: those that belong together (one imports the other, names what it defines, implements its
 * contract, queries its table), the closest first, as far as they fit; then what is left, so that no request is small. The
 * riskiest request comes first. A file that fits in none is in `tooLarge`.
 */
export function planBundles(
  files: readonly { file: SelectedFile; shown: string | null }[],
  { outlines = new Map(), mostChars = BUNDLE_CHARS }: Options = {},
): { bundles: Bundle[]; tooLarge: SelectedFile[] } {
  const ordered = [...files].sort((a, b) => weigh(b.file) - weigh(a.file) || (a.file.path < b.file.path ? -1 : 1));
  const fitting = ordered.flatMap(({ file, shown }): ShownFile[] =>
    shown !== null && shown.length <= mostChars * 2 ? [{ file, shown }] : [],
  );
  const fits = new Set(fitting.map(({ file }) => file));
  const groups = new Map<string, Group>();
  for (const one of fitting) groups.set(one.file.path, { files: [one], size: one.shown.length, risk: weigh(one.file) });
  for (const { from, to } of findTies(
    fitting.map(({ file }) => file),
    outlines,
  )) {
    const [a, b] = [groups.get(from), groups.get(to)];
    if (a && b && a !== b && a.size + b.size <= mostChars) {
      const merged = join(a, b);
      for (const { file } of merged.files) groups.set(file.path, merged);
    }
  }
  const bundles: Group[] = [];
  const all = [...new Set(groups.values())].sort((a, b) => b.risk - a.risk);
  for (const group of all) {
    const room = bundles.findIndex((one) => one.size + group.size <= mostChars);
    if (room === -1) bundles.push(group);
    else bundles[room] = join(bundles[room] as Group, group);
  }
  return {
    bundles: bundles.map((group) => ({ files: group.files })),
    tooLarge: ordered.map(({ file }) => file).filter((file) => !fits.has(file)),
  };
}

function join(a: Group, b: Group): Group {
  return { files: [...a.files, ...b.files], size: a.size + b.size, risk: Math.max(a.risk, b.risk) };
}

function weigh(file: SelectedFile): number {
  const byKind = { sql: 5, typescript: 3, javascript: 3, python: 3, go: 3 } as Record<string, number>;
  const byPath = /auth|login|session|payment|billing|migrat|admin|token|order|webhook|consumer/i.test(file.path)
    ? 4
    : 0;
  return (byKind[file.kind] ?? 1) + byPath;
}
