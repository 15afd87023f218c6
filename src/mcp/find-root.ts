import { lstat, readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { runGit } from '../git/run-git.ts';
import { isInside } from '../is-inside.ts';

/**
 * The top of the repository that a folder lies in: nothing outside it is read. Where git's files lie elsewhere (a linked working
 * tree, a submodule), they must name this folder in turn: a `.git` that a stranger wrote may name any repository of this machine.
 *
 * @param dir a real path
 * @throws AppError GIT_FAILED where there is no repository, OUTSIDE_REPOSITORY where its files are not its own
 */
export async function findRoot(dir: string): Promise<string> {
  const top = await findTop(dir);
  if (top === null)
    throw new AppError(
      'GIT_FAILED',
      `${dir} is in no git repository: start \`backend-dev mcp\` in one, or with --repo`,
    );
  const ask = async (...args: string[]): Promise<string> =>
    (await runGit(top, ['rev-parse', ...args])).toString('utf8').replace(/\n$/, '');
  if ((await realpath(await ask('--show-toplevel'))) !== top)
    throw new AppError('OUTSIDE_REPOSITORY', `the configuration of ${top} names another folder as its working tree`);
  const gitDir = await realpath(await ask('--absolute-git-dir'));
  const common = await realpath(await ask('--path-format=absolute', '--git-common-dir'));
  if (isInside(top, gitDir) && isInside(top, common)) return top;
  if (await namesBack(top, gitDir)) return top;
  throw new AppError(
    'OUTSIDE_REPOSITORY',
    `the git directory of ${top} lies elsewhere and does not name this folder; if it is yours: git -C ${top} config core.worktree ${top}`,
  );
}

/** The nearest folder with a `.git`, which git itself takes as well. */
async function findTop(dir: string): Promise<string | null> {
  for (let at = dir; ; at = dirname(at)) {
    if (await lstat(join(at, '.git')).catch(() => null)) return at;
    if (at === dirname(at)) return null;
  }
}

/** A linked working tree is named in the file `gitdir`, a submodule in `core.worktree`. Source: gitrepository-layout(5). */
async function namesBack(top: string, gitDir: string): Promise<boolean> {
  const own = await realpath(join(top, '.git'));
  const link = await readFile(join(gitDir, 'gitdir'), 'utf8').catch(() => null);
  if (link !== null) return (await realpath(resolve(gitDir, link.trim())).catch(() => null)) === own;
  const file = join(gitDir, 'config');
  const worktree = await runGit(top, ['config', '--file', file, '--no-includes', 'core.worktree']).catch(() => null);
  if (worktree === null) return false;
  const named = resolve(gitDir, worktree.toString('utf8').replace(/\n$/, ''));
  return (await realpath(named).catch(() => null)) === top;
}
