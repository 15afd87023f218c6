import { expect, it } from 'vitest';
import { bad, openPull } from '../support/live-pull.ts';
import { FLAWED, startStack, waitFor, waitForCheck, waitForQuiet } from '../support/stack.ts';
import { makeRepository, pushTree } from '../support/temp.ts';

it.each(['pglite', 'postgres'] as const)(
  'keeps what waits while the installation is suspended, and reviews it when that ends, on %s',
  async (database) => {
    const { sandbox } = await startStack(database);
    const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });

    // GitHub's event was lost: the answer tells it.
    await sandbox.suspend(true, { send: false });
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitFor('a refusal', () => sandbox.requests.some((one) => one.status === 403));
    await waitForQuiet(sandbox);
    const asked = sandbox.requests.length;
    expect(asked).toBeLessThanOrEqual(2);
    // Nothing is tried while it is parked, whatever else comes for it.
    await sandbox.sendPullRequest(repository, pull, 'synchronize');
    await waitForQuiet(sandbox);
    expect(sandbox.requests).toHaveLength(asked);

    expect(await sandbox.suspend(false)).toBe(200);
    await waitForCheck(repository, pull);
    expect(pull.reviews).toHaveLength(1);
  },
  120_000,
);

it('forgets an installation that is gone, and a repository that was taken from it', async () => {
  const { sandbox } = await startStack('postgres');
  const live = await openPull(sandbox, {}, { 'src/a.ts': bad('list') });
  const other = await openPull(sandbox, {}, { 'src/b.ts': bad('list') });
  await sandbox.suspend(true);
  await sandbox.sendPullRequest(live.repository, live.pull, 'reopened');
  await sandbox.sendPullRequest(other.repository, other.pull, 'reopened');
  expect(await sandbox.removeRepository(live.repository)).toBe(200);
  await sandbox.suspend(false);
  await waitForQuiet(sandbox);
  expect(sandbox.requests.filter((one) => one.status >= 400)).toEqual([]);
  expect(await sandbox.uninstall()).toBe(200);
  await sandbox.sendPullRequest(other.repository, other.pull, 'reopened');
  await waitForQuiet(sandbox);
  expect([live.pull.reviews.length, other.pull.reviews.length]).toEqual([1, 1]);
});

it('follows a repository to its new name, told or not', async () => {
  const { sandbox } = await startStack('postgres');
  const live = await openPull(sandbox, {}, { 'src/a.ts': bad('list') });
  await sandbox.renameRepository(live.repository, 'store', { send: false });
  const { owner, name } = live.repository;
  // The event of an earlier moment still calls it by its old name.
  live.repository.name = live.repository.formerNames[0]?.split('/')[1] ?? '';
  await pushTree(live.dir, { 'src/b.ts': bad('other') });
  await sandbox.refresh(live.repository, live.pull);
  const sent = sandbox.sendPullRequest(live.repository, live.pull, 'synchronize');
  live.repository.name = name;
  await sent;
  await waitForCheck(live.repository, live.pull);
  expect(live.see()).toMatchObject([
    'src/a.ts:2 sql-injection open',
    'src/b.ts:2 sql-injection open',
    '2 reviews',
    expect.stringContaining('2 findings'),
  ]);
  const written = sandbox.requests.filter((one) => one.method === 'POST' && one.path.startsWith('/repos/')).slice(-1);
  expect(written.map((one) => one.path)).toEqual([`/repos/${owner}/${name}/pulls/1/reviews`]);
  expect(await sandbox.renameRepository(live.repository, 'again')).toBe(200);
});
