import type { ChangedFile, Snapshot } from '../change/change.ts';
import type { Repository, Side } from '../change/repository.ts';
import { AppError } from '../errors.ts';

/** The texts of the files that hold one of these words, by path; null: it could not be told. */
export type FindReaders = (words: readonly string[], globs: readonly string[]) => Promise<Map<string, string> | null>;

/** The texts of the files that hold a name; null: it could not be told, or too many names were asked for. */
export type AskForName = (name: string) => ReturnType<FindReaders>;

/** Lines with a hit: a name that stands in more of them is any word. */
const MOST = 2000;
const MOST_WORDS = 50;
const READ_AT_ONCE = 200;

/** Over a repository, as it stands on one side. */
export function createReaderSearch(repository: Repository, side: Side): FindReaders {
  return async (words, globs) => {
    if (words.length === 0) return new Map();
    if (words.length > MOST_WORDS) return null;
    try {
      const found = await repository.search(side, { texts: words, whole: true, globs, most: MOST, mostOfFile: MOST });
      if (found.missing !== null || found.hits.length >= MOST) return null;
      const paths = [...new Set(found.hits.map(({ path }) => path))];
      const contents = await (side === 'base' ? repository.readBase(paths) : repository.readHead(paths));
      return textsOf(contents);
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  };
}

/** Over the files of a whole tree, which are read again for each question: few ask. */
export function createTreeSearch(files: readonly Pick<ChangedFile, 'path'>[], snapshot: Snapshot): FindReaders {
  return async (words, globs) => {
    const readers = new Map<string, string>();
    if (words.length === 0) return readers;
    const endings = globs.map((glob) => glob.replace(/^\*/, ''));
    const paths = files.map(({ path }) => path).filter((path) => endings.some((ending) => path.endsWith(ending)));
    for (let at = 0; at < paths.length; at += READ_AT_ONCE) {
      const texts = textsOf(await snapshot.readHead(paths.slice(at, at + READ_AT_ONCE)));
      for (const [path, text] of texts) if (words.some((word) => text.includes(word))) readers.set(path, text);
    }
    return readers;
  };
}

/** Each name is looked for once, and no more than so many: a stranger may write a thousand of them. */
export function askOnce(find: FindReaders, globs: readonly string[], most: number): AskForName {
  const known = new Map<string, ReturnType<FindReaders>>();
  return async (name) => {
    const before = known.get(name);
    if (before) return await before;
    if (known.size >= most) return null;
    const found = find([name], globs);
    known.set(name, found);
    return await found;
  };
}

function textsOf(contents: Awaited<ReturnType<Snapshot['readBase']>>): Map<string, string> {
  return new Map(
    [...contents].flatMap(([path, content]) => (content.kind === 'text' ? [[path, content.text] as const] : [])),
  );
}
