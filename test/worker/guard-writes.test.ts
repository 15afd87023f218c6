import { expect, it } from 'vitest';
import { createGitHub } from '../../src/github/create-github.ts';
import type { Forge } from '../../src/pipeline/forge.ts';
import { guardWrites } from '../../src/worker/guard-writes.ts';

it('lets a worker that lost its pull request read, and write nothing', async () => {
  const called: string[] = [];
  const names = Object.keys(createGitHub({} as Parameters<typeof createGitHub>[0]));
  const github = Object.fromEntries(
    names.map((name) => [name, async () => void called.push(name)]),
  ) as unknown as Forge;
  const lost = guardWrites(github, () => Promise.reject(new Error('lost')));
  const methods = Object.values(lost) as (() => Promise<void>)[];
  const refused = (await Promise.allSettled(methods.map((method) => method()))).filter(
    (one) => one.status === 'rejected',
  );
  expect(called).toEqual([
    'readPullRequest',
    'readChange',
    'readContext',
    'readPast',
    'readPermission',
    'traits',
    'linkTo',
  ]);
  expect(refused).toHaveLength(names.length - called.length);
});
