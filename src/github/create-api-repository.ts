import type { PullRequestRef } from '../change/pull-request.ts';
import type { Query, Repository, Side } from '../change/repository.ts';
import { openSearch } from '../change/search-files.ts';
import { createGate } from '../gate.ts';
import { once } from '../once.ts';
import { measureNearness } from '../text/measure-nearness.ts';
import type { Requests } from './octokit.ts';
import { BATCH, createBlobReader, MAX_PLAIN } from './read-blobs.ts';
import { readTree } from './read-tree.ts';

/** What searches may cost in requests: one search, and all of one review. */
const LIMITS = { requests: 4, allRequests: 24 };

interface Options {
  octokit: Requests;
  pull: PullRequestRef;
  /** The commits; the base may have to be asked for. */
  sides: Readonly<Record<Side, () => Promise<string>>>;
  /** Paths of the change: what lies near them is searched first. */
  changed: readonly string[];
  limits?: typeof LIMITS;
}

/**
 * A repository through GitHub's API: any file by its name, and a search in the files nearest to the change, as many as a few
 * requests give. Every file is read once.
 */
export function createApiRepository({ octokit, pull, sides, changed, limits = LIMITS }: Options): Repository {
  const reader = createBlobReader(octokit, pull);
  let left = limits.allRequests;
  const list = once(async (side: Side) => readTree(octokit, pull, await sides[side]()));
  const nearness = measureNearness(changed);
  const search = async (side: Side, query: Query): ReturnType<Repository['search']> => {
    const { files, complete } = await list(side);
    const commit = await sides[side]();
    const open = openSearch(query);
    const matching = open.choose(files);
    const chosen = matching.filter(({ size }) => size <= MAX_PLAIN);
    const large = matching.length - chosen.length;
    const near = chosen
      .map((file) => ({ path: file.path, steps: nearness(file.path) }))
      .sort((a, b) => a.steps - b.steps)
      .map(({ path }) => path);
    const isKnown = (path: string): boolean => reader.isKnown(commit, path);
    const most = Math.min(limits.requests, left) * BATCH;
    const fresh = near.filter((path) => !isKnown(path)).slice(0, most);
    left -= Math.ceil(fresh.length / BATCH);
    const asked = new Set([...near.filter(isKnown), ...fresh]);
    // In the order of the tree.
    const paths = chosen.flatMap(({ path }) => (asked.has(path) ? [path] : []));
    for (const [path, content] of await reader.readPlain(commit, paths))
      if (content.kind === 'text' && !open.look(path, Buffer.from(content.text))) break;
    return open.end([
      ...(complete ? [] : ['GitHub did not list all files of the repository']),
      ...(large > 0 ? [`${large === 1 ? 'one file' : `${large} files`} over ${MAX_PLAIN / 1000} KB`] : []),
      ...(asked.size < chosen.length
        ? [`of ${chosen.length} files the ${asked.size} nearest to the change were searched, through GitHub’s API`]
        : []),
    ]);
  };
  const inTurn = createGate(1);
  return {
    readHead: async (paths) => reader.read(await sides.head(), paths),
    readBase: async (paths) => reader.read(await sides.base(), paths),
    listFiles: async (side) => {
      const { files, complete } = await list(side);
      return { paths: files.map(({ path }) => path), complete };
    },
    search: (side, query) => inTurn(() => search(side, query)),
  };
}
