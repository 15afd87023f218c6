import { exampleOf } from '../change/beside.ts';
import { isTest } from '../scope/select.ts';
import { dirOf, nameOf } from '../text/paths.ts';
import type { FindReaders } from './find-readers.ts';
import { namesFile, READER_GLOBS } from './names-file.ts';

/** Settings: what names them decides what they are for. */
const SETTINGS = /\.(?:conf|cfg|ya?ml|toml|json|ini)$/;

/**
 * Of these files those whose name stands in tests and nowhere else, or only in the same example as they lie in: what they open
 * is nothing but the tests' own, or the example's. Settings that tests alone name are theirs as well. A file that nobody names is
 * one when its neighbours are, or when its example names the folder.
 */
export async function listReadByTests(paths: readonly string[], find: FindReaders): Promise<Set<string>> {
  const found = await find([...new Set(paths.map(nameOf))], READER_GLOBS);
  if (!found) return new Set();
  const readers = new Map(paths.map((path) => [path, listReaders(path, found)]));
  const settings = [...readers.values()].flat().filter((one) => SETTINGS.test(one) && !isTest(one));
  const theirs = await listTestSettings([...new Set(settings)], find);
  const isTheirs = (reader: string): boolean => isTest(reader) || theirs.has(reader);
  const ofTests = paths.filter((path) => {
    const own = readers.get(path) ?? [];
    return own.length > 0 && own.every((reader) => isTheirs(reader) || isOfExample(reader, path));
  });
  const unread = paths.filter((path) => readers.get(path)?.length === 0);
  const isBeside = (path: string): boolean => {
    const around = paths.filter((one) => dirOf(one) === dirOf(path) && !unread.includes(one));
    return around.length > 0 && around.every((one) => ofTests.includes(one));
  };
  const beside = unread.filter(isBeside);
  const left = unread.filter((path) => !beside.includes(path) && exampleOf(path) !== null);
  return new Set([...ofTests, ...beside, ...(await listMounted(left, find))]);
}

function listReaders(path: string, found: ReadonlyMap<string, string>): string[] {
  return [...found].filter(([reader, text]) => reader !== path && namesFile(text, path)).map(([reader]) => reader);
}

async function listTestSettings(settings: readonly string[], find: FindReaders): Promise<Set<string>> {
  const found = settings.length > 0 ? await find([...new Set(settings.map(nameOf))], READER_GLOBS) : null;
  return new Set(
    settings.filter((one) => {
      const readers = found ? listReaders(one, found) : [];
      return readers.length > 0 && readers.every(isTest);
    }),
  );
}

/** Whose folder is named in the same example: `./certs:/etc/certs`. */
async function listMounted(paths: readonly string[], find: FindReaders): Promise<string[]> {
  const folders = new Set(paths.map((path) => nameOf(dirOf(path))));
  const found = paths.length > 0 ? await find([...folders], READER_GLOBS) : null;
  return paths.filter((path) => {
    const folder = nameOf(dirOf(path));
    const name = new RegExp(`(?:\\./|[\\s"'=])${folder.replace(/[^\w-]/g, '.')}(?:[/:"']|\\s|$)`);
    return [...(found ?? [])].some(([reader, text]) => isOfExample(reader, path) && name.test(text));
  });
}

/** Of one example are the files of one folder in a folder of examples. */
function isOfExample(reader: string, path: string): boolean {
  const example = exampleOf(path);
  return example !== null && reader.startsWith(example);
}
