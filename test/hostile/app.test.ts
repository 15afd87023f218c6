import { expect, it } from 'vitest';
import { CRASHING } from '../support/hostile-agent.ts';
import { FLAWED, startStack, waitFor, waitForCheck } from '../support/stack.ts';
import { makeRepository } from '../support/temp.ts';

it('a file that crashes the parser costs that file: the App lives, names it, posts the rest, and reviews the next pull request', async () => {
  const { sandbox, url } = await startStack('postgres');
  const change = { ...FLAWED.change, 'src/deep.py': CRASHING };
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Deep' });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitForCheck(repository, pull);
  await waitFor('the review', () => pull.reviews.length === 1);
  expect(pull.comments).toHaveLength(1);
  expect(pull.reviews[0]?.body).toMatch(/src\/deep\.py.*its process crashed/);
  expect(repository.checks[0]?.conclusion).not.toBe('success');
  const other = sandbox.addRepository('acme', 'other', await makeRepository(FLAWED.base, FLAWED.change));
  const next = await sandbox.openPullRequest(other, { base: 'main', head: 'feature', title: 'Sort' });
  await sandbox.sendPullRequest(other, next, 'opened');
  await waitForCheck(other, next);
  expect(next.comments).toHaveLength(1);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});
