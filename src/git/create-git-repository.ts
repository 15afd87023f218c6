import { MAX_BYTES } from '../change/decode-text.ts';
import type { Query, Repository, Side } from '../change/repository.ts';
import { openSearch } from '../change/search-files.ts';
import { createGate } from '../gate.ts';
import { once } from '../once.ts';
import { catBlobs } from './cat-blobs.ts';
import { listTree, type Tree } from './list-tree.ts';
import { readBlobs } from './read-blobs.ts';

interface Options {
  /** Where objects lie: a git directory, or a working tree's top. */
  dir: string;
  /** For git, where more objects lie. */
  env?: Readonly<Record<string, string>>;
  /** A commit or a tree each. */
  sides: Readonly<Record<Side, string>>;
  /** Of one search, in milliseconds. */
  searchMs?: number;
  /** Entries of a tree. */
  mostEntries?: number;
}

const SEARCH_MS = 30_000;

/**
 * A repository over git objects, by git's plumbing alone: no configuration, attribute or filter of it is looked at. The objects
 * are read anew for each search, as a stream; searches wait for one another. Every method throws AppError GIT_FAILED.
 */
export function createGitRepository({ dir, env = {}, sides, searchMs = SEARCH_MS, mostEntries }: Options): Repository {
  const listOnce = once((tree: string) =>
    listTree(dir, tree, { env, ...(mostEntries !== undefined && { most: mostEntries }) }),
  );
  const list = (side: Side): Promise<Tree> => listOnce(sides[side]);
  const search = async (side: Side, query: Query): ReturnType<Repository['search']> => {
    const { entries, complete } = await list(side);
    const open = openSearch(query);
    const files = open.choose(entries.filter(isFile));
    const small = files.filter(({ size }) => size !== null && size <= MAX_BYTES);
    const ids = small.map(({ blob }) => blob);
    let looked = 0;
    const ending = await catBlobs(dir, ids, { env, most: MAX_BYTES, limitMs: searchMs }, (index, bytes) => {
      looked = index + 1;
      return bytes === null || open.look(small[index]?.path ?? '', bytes);
    });
    const large = files.length - small.length;
    return open.end([
      ...(complete ? [] : [`the tree was read no further than ${entries.length} files`]),
      ...(large > 0 ? [`${large === 1 ? 'one file' : `${large} files`} over ${MAX_BYTES / 1_000_000} MB`] : []),
      ...(ending === 'late' ? [`time was over after ${looked} of ${small.length} files`] : []),
    ]);
  };
  const inTurn = createGate(1);
  return {
    near: true,
    readHead: (paths) => readBlobs(dir, sides.head, paths, { env }),
    readBase: (paths) => readBlobs(dir, sides.base, paths, { env }),
    listFiles: async (side) => {
      const { entries, complete } = await list(side);
      return { paths: entries.filter(isFile).map(({ path }) => path), complete };
    },
    search: (side, query) => inTurn(() => search(side, query)),
  };
}

function isFile({ mode }: { mode: string }): boolean {
  return mode.startsWith('100');
}
