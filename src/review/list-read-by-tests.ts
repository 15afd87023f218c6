import type { FindReaders } from './find-readers.ts';
import { isTest } from './select.ts';

/** Where a file may be read by its name: code, and what starts or fills it. */
const GLOBS = (
  'ts tsx mts cts js jsx mjs cjs py go java kt rb php rs cs ex exs sh bash yml yaml json toml ini conf cfg env tf ' +
  'Dockerfile Makefile Containerfile md'
)
  .split(' ')
  .map((ending) => (/^[A-Z]/.test(ending) ? `*${ending}` : `*.${ending}`));

/** Of these files those whose name stands in tests and nowhere else: what they open is nothing but the tests' own. */
export async function listReadByTests(paths: readonly string[], find: FindReaders): Promise<Set<string>> {
  const found = await find([...new Set(paths.map(nameOf))], GLOBS);
  if (!found) return new Set();
  return new Set(
    paths.filter((path) => {
      const readers = [...found].filter(([reader, text]) => reader !== path && text.includes(nameOf(path)));
      return readers.length > 0 && readers.every(([reader]) => isTest(reader));
    }),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
