import { type DiffEntry, readDiff } from '../git/read-diff.ts';
import { runGit } from '../git/run-git.ts';
import { remember } from './remember.ts';
import type { SandboxRepository } from './state.ts';

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
