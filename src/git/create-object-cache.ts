import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, mkdir, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository, Side } from '../change/repository.ts';
import type { Remote, RepositoryStore } from '../change/repository-store.ts';
import { AppError } from '../errors.ts';
import { createGate, type Gate } from '../gate.ts';
import type { Logger } from '../log.ts';
import { discard, folderOf, type Kept, listKept, measurePacks, removeLeftovers, touch } from './cache-folder.ts';
import { claimRoot, visitUnclaimed } from './claim-root.ts';
import { createGitRepository } from './create-git-repository.ts';
import { fetchCommits, WANTED } from './fetch-commits.ts';
import { forgetRefusal, readRefusal, writeRefusal } from './refusals.ts';
import { runGit } from './run-git.ts';

interface Options {
  dir: string;
  /** Of all repositories; one may be a quarter of it. */
  mostBytes: number;
  /** Takes a folder for this process alone. @throws AppError DATA_DIR_LOCKED when another one has it */
  lock: (dir: string) => () => void;
  log: Pick<Logger, 'info' | 'warn'>;
  /** A proxy and authorities, as variables of git's environment. */
  network?: Readonly<Record<string, string>>;
  /** For one fetch, in milliseconds. */
  fetchMs?: number;
  now?: () => number;
}

const FETCH_MS = 60_000;
/** So much of the disk stays free for others. */
const SPARE_BYTES = 500_000_000;
/** A repository with more commits is fetched anew: each is told to the server, and each may have its own pack. */
const MOST_COMMITS = 100;
const UNUSED_MS = 7 * 24 * 3_600_000;
/** Fetches at one time. */
const AT_ONCE = 2;

interface Folder extends Kept {
  /** Calls that are reading it now: it is not evicted. */
  readers: number;
  /** Fetches of one repository come one after the other. */
  inTurn: Gate;
}

/**
 * Repositories fetched by git into bare ones on disk: a folder for each repository of each installation, updated by what is new,
 * evicted by size, the longest unused first. A folder that does not read as it should is thrown away. It begins with the first
 * `open`.
 */
export function createObjectCache({
  dir,
  mostBytes,
  lock,
  log,
  network = {},
  fetchMs = FETCH_MS,
  now = Date.now,
}: Options): RepositoryStore {
  const mostOfOne = mostBytes / 4;
  const folders = new Map<string, Folder>();
  let started: Promise<{ root: string; release: () => void }> | undefined;
  let closed = false;
  const start = (): Promise<{ root: string; release: () => void }> => {
    started ??= (async () => {
      const claimed = claimRoot(dir, lock);
      for (const kept of await listKept(claimed.root))
        folders.set(keyOf(kept), { ...kept, readers: 0, inTurn: createGate(1) });
      // Those of processes that are gone, when there were more: what they fetched would lie there for good.
      await visitUnclaimed(dir, lock, (root) => forgetOld(root, now()));
      return claimed;
    })();
    started.catch(() => {
      started = undefined;
    });
    return started;
  };
  /** Claimed anew when somebody removed it while the App runs, as those do who tidy up a disk. */
  const findRoot = async (): Promise<string> => {
    const claim = start();
    const { root, release } = await claim;
    if (existsSync(root)) return root;
    if (started === claim) {
      started = undefined;
      folders.clear();
      release();
    }
    return (await start()).root;
  };
  const atOnce = createGate(AT_ONCE);

  const remove = async (root: string, folder: Folder): Promise<void> => {
    folder.bytes = 0;
    await discard(root, folder.dir, randomUUID());
  };

  /** Makes room, and forgets what nobody asked for in a week. */
  const evict = async (root: string, keep: Folder): Promise<void> => {
    const idle = [...folders.values()]
      .filter((folder) => folder !== keep && folder.readers === 0 && folder.bytes > 0)
      .sort((a, b) => a.usedAt - b.usedAt);
    let total = [...folders.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const folder of idle) {
      if (total <= mostBytes && now() - folder.usedAt < UNUSED_MS) continue;
      total -= folder.bytes;
      await remove(root, folder);
    }
  };

  const fetch = async (root: string, folder: Folder, remote: Remote, commits: readonly string[]): Promise<void> => {
    let missing = await listMissing(folder.dir, commits);
    if (missing.length === 0) return;
    const refused = await readRefusal(folder.dir, now());
    if (refused !== null) throw new AppError('GIT_FAILED', refused);
    if (folder.readers === 1 && (await countCommits(folder.dir)) >= MOST_COMMITS) {
      await remove(root, folder);
      missing = [...commits];
    }
    const { bavail, bsize } = await statfs(root);
    if (bavail * bsize < mostOfOne + SPARE_BYTES)
      throw new AppError('GIT_FAILED', 'there is no room on the disk for it');
    await prepare(folder.dir);
    const fresh = (await measurePacks(folder.dir)) === 0;
    const token = await remote.token.get();
    const began = performance.now();
    const options = {
      dir: folder.dir,
      network,
      url: remote.url,
      token,
      commits: missing,
      limitMs: fetchMs,
      mostBytes: mostOfOne,
    };
    const outcome = await fetchCommits(options);
    const ms = Math.round(performance.now() - began);
    folder.bytes = await measurePacks(folder.dir);
    const { installationId, repositoryId } = remote;
    log.info({ installationId, repositoryId, ms, bytes: folder.bytes, fresh, outcome: outcome.kind }, 'fetch');
    if (outcome.kind === 'fetched') {
      await evict(root, folder);
      return;
    }
    if (outcome.kind === 'failed') {
      remote.token.refuse(token);
      if (outcome.unreachable && !fresh) await removeLeftovers(folder.dir);
      else await remove(root, folder);
      throw new AppError('GIT_FAILED', `it could not be fetched: ${outcome.reason}`);
    }
    await remove(root, folder);
    // One that had grown too large by its pushes is fetched anew next time.
    const reason =
      outcome.kind === 'too-large'
        ? `it is larger than ${Math.round(mostOfOne / 1_000_000)} MB without its history`
        : `fetching it takes longer than ${Math.round(fetchMs / 1000)} seconds`;
    if (fresh) await writeRefusal(folder.dir, outcome.kind, reason, now());
    throw new AppError('GIT_FAILED', reason);
  };

  const findFolder = (root: string, remote: Remote): Folder => {
    const key = keyOf(remote);
    const known = folders.get(key);
    if (known) return known;
    const { installationId, repositoryId } = remote;
    const made = folderOf(root, installationId, repositoryId);
    const folder = {
      installationId,
      repositoryId,
      dir: made,
      bytes: 0,
      usedAt: now(),
      readers: 0,
      inTurn: createGate(1),
    };
    folders.set(key, folder);
    return folder;
  };

  /** Runs a work while its commits are there: fetched, and not evicted. */
  const useFolder = async <T>(
    remote: Remote,
    commits: readonly string[],
    work: (folder: Folder) => Promise<T>,
  ): Promise<T> => {
    if (closed) throw new AppError('GIT_FAILED', 'the App is stopping');
    const root = await findRoot();
    const folder = findFolder(root, remote);
    folder.readers += 1;
    folder.usedAt = now();
    try {
      await folder.inTurn(() => atOnce(() => fetch(root, folder, remote, commits)));
      await touch(folder.dir);
      return await work(folder).catch(async (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        log.warn(
          { installationId: folder.installationId, repositoryId: folder.repositoryId, error: error.message },
          'a fetched repository does not read as it should',
        );
        await remove(root, folder);
        throw error;
      });
    } finally {
      folder.readers -= 1;
    }
  };

  /** What the disk refuses must not stop a review: it is one more reason to read through GitHub's API. */
  const use: typeof useFolder = (remote, commits, work) =>
    useFolder(remote, commits, work).catch((error: unknown) => {
      if (!isSystemError(error)) throw error;
      log.warn({ error: error.message }, 'the folder of fetched repositories cannot be used');
      throw new AppError('GIT_FAILED', `its folder cannot be used (${error.code})`, { cause: error });
    });

  return {
    open: async (remote, sides) => {
      const commits = [...new Set(Object.values(sides))];
      const repository = await use(remote, commits, async (folder) => createGitRepository({ dir: folder.dir, sides }));
      const through = <T>(work: () => Promise<T>): Promise<T> => use(remote, commits, work);
      return {
        near: true,
        readHead: (paths) => through(() => repository.readHead(paths)),
        readBase: (paths) => through(() => repository.readBase(paths)),
        listFiles: (side: Side) => through(() => repository.listFiles(side)),
        search: (side, query) => through(() => repository.search(side, query)),
      } satisfies Repository;
    },
    forget: async (installationId, repositoryIds) => {
      const root = await findRoot();
      for (const folder of folders.values())
        if (folder.installationId === installationId && (repositoryIds?.includes(folder.repositoryId) ?? true)) {
          await remove(root, folder);
          await forgetRefusal(folder.dir);
        }
    },
    close: () => {
      closed = true;
      void started?.then(({ release }) => release()).catch(() => undefined);
    },
  };
}

async function forgetOld(root: string, now: number): Promise<void> {
  for (const { dir, usedAt } of await listKept(root))
    if (now - usedAt >= UNUSED_MS) await discard(root, dir, randomUUID());
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function keyOf({ installationId, repositoryId }: Pick<Kept, 'installationId' | 'repositoryId'>): string {
  return `${installationId}/${repositoryId}`;
}

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Commits that are not there whole. @throws AppError GIT_FAILED for what is no full id */
async function listMissing(dir: string, commits: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const commit of commits) {
    if (!COMMIT.test(commit)) throw new AppError('GIT_FAILED', `${JSON.stringify(commit)} is not a commit`);
    const isThere = await access(join(dir, WANTED, commit)).then(
      () => true,
      () => false,
    );
    if (!isThere) missing.push(commit);
  }
  return missing;
}

async function countCommits(dir: string): Promise<number> {
  return (await readdir(join(dir, WANTED)).catch(() => [])).length;
}

/** A bare repository, empty or as it was left. No template: it would bring hooks. */
async function prepare(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await removeLeftovers(dir);
  await runGit(dir, ['init', '--quiet', '--bare', '--template=', '.']);
}
