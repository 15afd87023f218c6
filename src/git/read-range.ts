import { lstat, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { throwIfCalledOff } from '../call-off.ts';
import type { Change, Content } from '../change/change.ts';
import { decodeText, MAX_BYTES } from '../change/decode-text.ts';
import type { Repository } from '../change/repository.ts';
import { AppError } from '../errors.ts';
import { maskProse, maskText } from '../secrets/mask-text.ts';
import type { MaskedText } from '../secrets/masked-text.ts';
import { cutText } from '../text/cut-text.ts';
import { createGitRepository } from './create-git-repository.ts';
import { findInside } from './find-inside.ts';
import { readDiff, toChangedFile } from './read-diff.ts';
import { resolveCommit, runGit } from './run-git.ts';
import { isReadable, writeWorkTree } from './write-work-tree.ts';

export interface Range {
  change: Change;
  snapshot: Repository;
  /** To be called when nothing is read any more: of a working tree it removes the objects that were made of it. */
  close: () => void;
}

/**
 * A local range: from the merge base of `base` and `head` to `head`; without `head` to the working tree as it is at this moment,
 * new files included. Without `base` the default branch (origin's HEAD, main or master). Nothing that the repository configures is
 * run.
 *
 * @throws AppError GIT_FAILED
 */
export async function readRange(dir: string, base?: string, head?: string): Promise<Range> {
  const top = await (head === undefined ? findWorkTree(dir) : findTop(dir));
  // Each git is a process: what does not wait for another runs beside it.
  const asked = base === undefined ? findDefaultBranch(top) : resolveCommit(top, base);
  asked.catch(() => undefined);
  if (head === undefined && (await resolveCommit(top, 'HEAD').catch(() => null)) === null)
    throw new AppError(
      'GIT_FAILED',
      `${top} has no commit yet, so there is nothing to compare with; \`backend-dev scan\` reviews all files`,
    );
  const headCommit = head === undefined ? null : await resolveCommit(top, head);
  const baseCommit = await asked;
  const merging = findMergeBase(top, baseCommit, headCommit ?? 'HEAD');
  merging.catch(() => undefined);
  const { tree, env, left, remove } =
    headCommit === null ? await writeWorkTree(top) : { tree: headCommit, env: {}, left: 0, remove: () => undefined };
  try {
    const mergeBase = await merging;
    const [entries, commits] = await Promise.all([
      readDiff(top, mergeBase, tree, env),
      readMessages(top, mergeBase, headCommit ?? 'HEAD'),
    ]);
    // What is missing from the working tree's objects because its name could not be read is not known to be removed.
    const files = entries.filter((entry) => headCommit !== null || isReadable(entry.path)).map(toChangedFile);
    return {
      change: {
        title: maskText(''),
        description: maskText(''),
        commits,
        base: mergeBase,
        head: headCommit,
        files,
        unlisted: left,
      },
      snapshot: createGitRepository({ dir: top, env, sides: { base: mergeBase, head: tree } }),
      close: remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function findMergeBase(top: string, base: string, head: string): Promise<string> {
  const found = await runGit(top, ['merge-base', base, head]).catch((error: Error) => {
    // Git says nothing at all of it.
    if (!error.message.endsWith('exit code 1')) throw error;
    throw new AppError(
      'GIT_FAILED',
      'the two sides have no commit in common here: in a shallow clone, `git fetch --unshallow` brings what is missing; else name another --base',
      { cause: error },
    );
  });
  return found.toString('utf8').trim();
}

async function findTop(dir: string): Promise<string> {
  const top = await runGit(dir, ['rev-parse', '--show-toplevel']).catch((error: Error) => {
    if (error.message.includes('cannot change to'))
      throw new AppError('GIT_FAILED', `${resolve(dir)}: there is no such folder`, { cause: error });
    if (error.message.includes('must be run in a work tree'))
      throw new AppError(
        'GIT_FAILED',
        `${resolve(dir)} is a bare repository, without files: clone it, and run this in the clone`,
        { cause: error },
      );
    if (!error.message.includes('not a git repository')) throw error;
    throw new AppError(
      'GIT_FAILED',
      `${resolve(dir)} is not in a git repository: go to one, or name one with \`--repo DIR\`; \`backend-dev scan\` needs none`,
      { cause: error },
    );
  });
  return top.toString('utf8').trim();
}

/**
 * The top of the working tree that a folder lies in.
 *
 * @throws AppError GIT_FAILED where there is none
 */
export async function findWorkTree(dir: string): Promise<string> {
  const top = await findTop(dir);
  // `core.worktree` of a repository may name any folder of this machine.
  if (!(await lstat(join(top, '.git')).catch(() => null)))
    throw new AppError('GIT_FAILED', `${top} is the working tree that the configuration names, and no repository`);
  return top;
}

async function findDefaultBranch(dir: string): Promise<string> {
  for (const ref of ['origin/HEAD', 'main', 'master', 'origin/main', 'origin/master']) {
    const found = await resolveCommit(dir, ref).catch(() => null);
    if (found) return found;
  }
  throw new AppError('GIT_FAILED', 'no default branch found (origin/HEAD, main, master): name one with --base');
}

/** Files of the user's own working tree; links are not followed, and nothing outside the tree is read. */
export async function readWorkTree(dir: string, paths: readonly string[]): Promise<Map<string, Content>> {
  const result = new Map<string, Content>();
  for (const path of paths) {
    throwIfCalledOff();
    result.set(path, await readWorkFile(dir, path));
  }
  return result;
}

async function readWorkFile(dir: string, path: string): Promise<Content> {
  const full = await findInside(dir, path);
  const stat = full === null ? null : await lstat(full).catch(() => null);
  if (!full || !stat) return { kind: 'absent' };
  if (stat.isSymbolicLink()) return { kind: 'symlink' };
  if (stat.isDirectory()) return { kind: 'submodule' };
  if (!stat.isFile()) return { kind: 'absent' };
  if (stat.size > MAX_BYTES) return { kind: 'too-large' };
  // It may be closed to this user: that costs this file, which is named, and no other one.
  const bytes = await readFile(full).catch(() => null);
  return bytes === null ? { kind: 'absent' } : decodeText(bytes);
}

const MOST_MESSAGES = 50;
const MOST_MESSAGE = 1000;

/** What the commits of a range say, the oldest first. */
async function readMessages(dir: string, base: string, head: string): Promise<MaskedText[]> {
  const log = await runGit(dir, ['log', '-z', `--max-count=${MOST_MESSAGES}`, '--format=%B', `${base}..${head}`, '--']);
  const messages = log
    .toString('utf8')
    .split('\0')
    .map((message) => message.trim());
  return messages
    .filter((message) => message !== '')
    .reverse()
    .map((message) => maskProse(cutText(message, MOST_MESSAGE)));
}
