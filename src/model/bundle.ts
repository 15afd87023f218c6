import type { SelectedFile } from '../review/review-change.ts';
import { showFile } from './show-file.ts';

/** Files that go into one request, as they are shown. */
export interface Bundle {
  files: { file: SelectedFile; shown: string }[];
}

/** About 20,000 tokens: large enough to see connections, small enough for the model to attend to all of it. */
const MAX_CHARS = 70_000;

/** Risk order first, then as many files a request as fit. A file that fits in none is returned in `tooLarge`. */
export function planBundles(
  files: readonly SelectedFile[],
  nonce: string,
): { bundles: Bundle[]; tooLarge: SelectedFile[] } {
  const bundles: Bundle[] = [];
  const tooLarge: SelectedFile[] = [];
  let size = 0;
  for (const file of [...files].sort((a, b) => weigh(b) - weigh(a) || (a.path < b.path ? -1 : 1))) {
    const shown = showFile(file, nonce, MAX_CHARS * 2);
    if (shown === null) {
      tooLarge.push(file);
      continue;
    }
    const last = bundles.at(-1);
    if (!last || size + shown.length > MAX_CHARS) {
      bundles.push({ files: [{ file, shown }] });
      size = shown.length;
    } else {
      last.files.push({ file, shown });
      size += shown.length;
    }
  }
  return { bundles, tooLarge };
}

function weigh(file: SelectedFile): number {
  const byKind = { sql: 5, typescript: 3, javascript: 3, python: 3, go: 3 } as Record<string, number>;
  const byPath = /auth|login|session|payment|billing|migrat|admin|token|order|webhook|consumer/i.test(file.path)
    ? 4
    : 0;
  return (byKind[file.kind] ?? 1) + byPath;
}
