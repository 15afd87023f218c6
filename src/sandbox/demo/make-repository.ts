import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runGit } from '../../git/run-git.ts';

const EXAMPLE = fileURLToPath(new URL('./repository/', import.meta.url));
const AUTHOR = [
  'user.name=Dana',
  'user.email=dana@acme.example',
  'commit.gpgsign=false',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/** The example service as a git repository: `main`, and `feature` with the change to review. */
export async function makeExampleRepository(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await runGit(dir, ['init', '--quiet', '--initial-branch=main']);
  await cp(join(EXAMPLE, 'base'), dir, { recursive: true });
  await commitAll(dir, 'Acme shop');
  await runGit(dir, ['checkout', '--quiet', '-b', 'feature']);
  await cp(join(EXAMPLE, 'change'), dir, { recursive: true });
  await commitAll(dir, 'Sorting, search, order events, legacy logins');
}

/** The author's answer to the review: two findings fixed, another flaw brought in. */
export async function pushAnswer(dir: string): Promise<void> {
  await cp(join(EXAMPLE, 'push'), dir, { recursive: true });
  await commitAll(dir, 'Sort by known columns, time limit for payments, search');
}

/** Commits the whole work tree on the current branch. */
export async function commitAll(dir: string, message: string): Promise<void> {
  await runGit(dir, ['add', '--all', '--force']);
  await runGit(dir, [...AUTHOR, 'commit', '--quiet', '--no-verify', '--allow-empty', '-m', message]);
}
