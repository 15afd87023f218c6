import { lstat, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { AppError } from '../errors.ts';
import type { Change, Content, Snapshot } from '../review/change.ts';
import { decodeText } from '../review/decode-text.ts';
import { maskText } from '../secrets/mask-text.ts';
import { readBlobs } from './read-blobs.ts';
import { readDiff, toChangedFile } from './read-diff.ts';
import { resolveCommit, runGit } from './run-git.ts';

/**
 * A local range: from the merge base of `base` and `head` to `head`; without `head` to the working tree. Without `base` the
 * default branch (origin's HEAD, main or master).
 *
 * @throws AppError GIT_FAILED
 */
export async function readRange(
  dir: string,
  base?: string,
  head?: string,
): Promise<{ change: Change; snapshot: Snapshot }> {
  const top = (await runGit(dir, ['rev-parse', '--show-toplevel'])).toString('utf8').trim();
  const headCommit = head === undefined ? null : await resolveCommit(top, head);
  const baseCommit = await resolveCommit(top, base ?? (await findDefaultBranch(top)));
  const mergeBase = (await runGit(top, ['merge-base', baseCommit, headCommit ?? 'HEAD'])).toString('utf8').trim();
  const files = (await readDiff(top, mergeBase, headCommit)).map(toChangedFile);
  return {
    change: { title: maskText(''), description: maskText(''), base: mergeBase, head: headCommit, files, unlisted: 0 },
    snapshot: {
      readHead: (paths) => (headCommit ? readBlobs(top, headCommit, paths) : readWorkTree(top, paths)),
      readBase: (paths) => readBlobs(top, mergeBase, paths),
    },
  };
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
  for (const path of paths) result.set(path, await readWorkFile(dir, path));
  return result;
}

async function readWorkFile(dir: string, path: string): Promise<Content> {
  const full = resolve(join(dir, path));
  if (!full.startsWith(dir.endsWith(sep) ? dir : dir + sep)) return { kind: 'absent' };
  const stat = await lstat(full).catch(() => null);
  if (!stat) return { kind: 'absent' };
  if (stat.isSymbolicLink()) return { kind: 'symlink' };
  if (stat.isDirectory()) return { kind: 'submodule' };
  return decodeText(await readFile(full));
}
