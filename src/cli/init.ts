import { chmod, lstat, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { listsDependencies } from '../change/manifests.ts';
import { CONFIG_PATH } from '../config/repository-config.ts';
import { AppError, describeFileError } from '../errors.ts';
import { findInside } from '../git/find-inside.ts';
import { findWorkTree, readWorkTree } from '../git/read-range.ts';
import { runGit } from '../git/run-git.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { PRE_PUSH } from './pre-push.ts';
import { renderConfig } from './render-config.ts';
import { survey } from './survey.ts';

/** The most manifests that are read: a monorepo has many. */
const MOST_MANIFESTS = 200;

/**
 * `init`: existing files are not changed. Exit 0 when everything that was asked for exists now, 2 when another hook is in the way.
 *
 * @throws AppError GIT_FAILED outside of a repository, CONFIG_INVALID where a file would lie outside of it
 */
export async function runInit({ repo, prePush }: { repo: string; prePush?: boolean }): Promise<number> {
  const top = await findWorkTree(repo);
  const names = (await runGit(top, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])).toString('utf8');
  const paths = [...new Set(names.split('\0').filter((path) => path !== ''))];
  const manifests = await readWorkTree(top, paths.filter(listsDependencies).slice(0, MOST_MANIFESTS));
  const texts = [...manifests.values()].flatMap((one) => (one.kind === 'text' ? [one.text] : []));
  const path = join(
    await checkInside(top, join(top, dirname(CONFIG_PATH)), dirname(CONFIG_PATH)),
    basename(CONFIG_PATH),
  );
  const isNew = await writeNew(path, renderConfig(survey(paths, texts)));
  say(isNew ? `${CONFIG_PATH} was written. It takes effect once it is on the base branch.` : keeps(CONFIG_PATH));
  return prePush ? await writeHook(top) : 0;
}

async function writeHook(top: string): Promise<number> {
  const path = join(await findHooks(top), 'pre-push');
  const name = relative(top, path);
  if (await writeNew(path, PRE_PUSH)) {
    await chmod(path, 0o755);
    say(`${name} was written: it reviews what is pushed. To push without a review: git push --no-verify`);
    return 0;
  }
  const there = (await readWorkTree(dirname(path), ['pre-push'])).get('pre-push');
  if (there?.kind === 'text' && there.text === PRE_PUSH) {
    say(keeps(name));
    return 0;
  }
  say(
    `${keeps(name)} It was not written by backend-dev. To review in it, add this line: backend-dev review --quiet --fail-on critical`,
  );
  return 2;
}

/** The folder of hooks; one that `core.hooksPath` names only within the repository. */
async function findHooks(top: string): Promise<string> {
  const told = await runGit(top, ['config', '--local', '--path', '--get', 'core.hooksPath']).catch(() => null);
  const own = told?.toString('utf8').trim();
  if (own) return await checkInside(top, resolve(top, own), 'core.hooksPath');
  return `${(await runGit(top, ['rev-parse', '--path-format=absolute', '--git-common-dir'])).toString('utf8').trim()}/hooks`;
}

/** @throws AppError CONFIG_INVALID for a folder that is, or would be made, outside of the repository: by its name or by a link */
async function checkInside(top: string, dir: string, what: string): Promise<string> {
  let there = dir;
  while ((await lstat(there).catch(() => null)) === null) there = dirname(there);
  if ((await findInside(top, relative(top, join(there, 'file')))) !== null) return dir;
  throw new AppError('CONFIG_INVALID', `${what} leads to ${dir}, outside of the repository: nothing was written there`);
}

/** @returns whether it was written; false: something is there, a link as well */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new AppError('CONFIG_INVALID', `${path}: ${describeFileError(error)}`, { cause: error });
  }
}

function keeps(name: string): string {
  return `${name} exists already and was not changed.`;
}

function say(text: string): void {
  process.stdout.write(`${escapeInvisible(text)}\n`);
}
