import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiffEntry, readDiff } from '../git/read-diff.ts';
import { resolveCommit, runGit } from '../git/run-git.ts';
import { hold, remember } from './remember.ts';
import type { SandboxRepository } from './state.ts';

/** A branch or an id as a commit id. @throws AppError GIT_FAILED */
export async function findCommit(repository: SandboxRepository, ref: string): Promise<string> {
  const ask = () => resolveCommit(repository.dir, ref);
  if (/^[0-9a-f]{40}$/.test(ref)) return await remember(repository, ['commit', ref], ask);
  // Most branches lie there, and a file costs less than a process.
  const branch = await readFile(join(repository.dir, '.git/refs/heads', ref), 'utf8').catch(() => '');
  const commit = /^[0-9a-f]{40}(?=\n$)/.exec(branch)?.[0] ?? (await ask());
  hold(repository, [commit]);
  return commit;
}

/** The commit from which two have come. */
export function findMergeBase(repository: SandboxRepository, base: string, head: string): Promise<string> {
  return remember(repository, ['merge-base', base, head], async () =>
    (await runGit(repository.dir, ['merge-base', base, head])).toString('utf8').trim(),
  );
}

/** The changed files between two commits. */
export function compare(repository: SandboxRepository, base: string, head: string): Promise<DiffEntry[]> {
  return remember(repository, ['diff', base, head], () => readDiff(repository.dir, base, head));
}
