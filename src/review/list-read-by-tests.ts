import type { FindReaders } from './find-readers.ts';
import { dirOf, nameOf } from './paths.ts';
import { isTest } from './select.ts';

/** Where a file may be read by its name: code, and what starts or fills it. */
const GLOBS = (
  'ts tsx mts cts js jsx mjs cjs py go java kt rb php rs cs ex exs sh bash yml yaml json toml ini conf cfg env tf ' +
  'Dockerfile Makefile Containerfile md'
)
  .split(' ')
  .map((ending) => (/^[A-Z]/.test(ending) ? `*${ending}` : `*.${ending}`));

/**
 * Of these files those whose name stands in tests and nowhere else, or only in the same example as they lie in: what they open
 * is nothing but the tests' own. A file that nobody names is one when its neighbours are.
 */
export async function listReadByTests(paths: readonly string[], find: FindReaders): Promise<Set<string>> {
  const found = await find([...new Set(paths.map(nameOf))], GLOBS);
  if (!found) return new Set();
  const readers = new Map(
    paths.map((path) => [
      path,
      [...found].filter(([reader, text]) => reader !== path && names(text, path)).map(([reader]) => reader),
    ]),
  );
  const ofTests = paths.filter((path) => {
    const own = readers.get(path) ?? [];
    return own.length > 0 && own.every((reader) => isTest(reader) || isOfExample(reader, path));
  });
  const unread = paths.filter((path) => readers.get(path)?.length === 0);
  const isBeside = (path: string): boolean => {
    const around = paths.filter((one) => dirOf(one) === dirOf(path) && !unread.includes(one));
    return around.length > 0 && around.every((one) => ofTests.includes(one));
  };
  return new Set([...ofTests, ...unread.filter(isBeside)]);
}

/** Of one example are the files of one folder in a folder of examples. */
function isOfExample(reader: string, path: string): boolean {
  const example = /^(?:[^\n]*\/)?\.?examples?\/[^/]+\//.exec(path)?.[0];
  return example !== undefined && reader.startsWith(example);
}

/** `stub/rsa.key` and `rsa.key` mean the file `cmd/stub/rsa.key`, `path/to/rsa.key` another one. */
function names(text: string, path: string): boolean {
  const folder = nameOf(dirOf(path));
  const name = nameOf(path);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = /([\w.-]{1,100})\/$/.exec(text.slice(Math.max(0, at - 101), at))?.[1];
    if (before === undefined || /^\.+$/.test(before) || before === folder) return true;
  }
  return false;
}
