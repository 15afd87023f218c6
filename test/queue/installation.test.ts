import { describe, expect, it } from 'vitest';
import { createInstallationChanger } from '../../src/queue/change-installation.ts';
import { rankWaiting } from '../../src/queue/rank-waiting.ts';
import { countRows, makeDelivery, openQueue } from '../support/open-queue.ts';

describe.each(['pglite', 'postgres'] as const)('an installation on %s', (kind) => {
  it('is parked, resumed, renamed and purged with all that waits for it', async () => {
    const { database, boss, store, enqueue } = await openQueue(kind);
    const change = createInstallationChanger(database, boss, () => undefined);
    const of = (guid: string, number: number, repositoryId = 2, installationId = 1) => {
      const delivery = makeDelivery(guid, number);
      return enqueue({ ...delivery, pullRequest: { ...delivery.pullRequest, repositoryId, installationId } });
    };
    const waiting = async (): Promise<string[]> => (await store.listWaiting()).map((one) => one.pullRequestId).sort();
    const jobs = () => countRows(database, "pgboss.job where name = 'review' and state = 'created'");
    await of('a', 1);
    await of('b', 2, 3);
    await of('c', 3, 4, 9);

    expect(await change('s', 'installation', { kind: 'suspended', installationId: 1 })).toBe('queued');
    expect(await waiting()).toEqual(['3']);
    expect((await store.readPending('1'))?.parked).toBe(true);
    expect((await store.readPending('3'))?.parked).toBe(false);
    await database.query("delete from pgboss.job where name = 'review'");
    await change('u', 'installation', { kind: 'resumed', installationId: 1 });
    expect([await waiting(), await jobs()]).toEqual([['1', '2', '3'], 2]);
    // The suspension once more: an old delivery parks nothing.
    expect(await change('s', 'installation', { kind: 'suspended', installationId: 1 })).toBe('duplicate');
    expect((await store.readPending('1'))?.parked).toBe(false);
    // Parked by an answer, and looked at again by itself when the time is over.
    await store.park(1);
    expect(await waiting()).toEqual(['3']);
    await database.query("update backend_dev.parked_installation set until = now() - interval '1 second'");
    expect(await waiting()).toEqual(['1', '2', '3']);

    await change('r', 'repository', {
      kind: 'renamed',
      installationId: 9,
      repositoryId: 4,
      owner: 'new',
      repo: 'name',
    });
    expect((await store.readPending('3'))?.key).toMatchObject({ owner: 'new', repo: 'name', installationId: 9 });

    await store.openRun('2', { headSha: 'h', baseRef: 'main' });
    await store.noteRefused('2', 'eve');
    // A repository of another installation is not touched, whoever names it.
    await change('d', 'installation_repositories', { kind: 'removed', installationId: 1, repositoryIds: [3, 4] });
    expect([await store.readPending('2'), await waiting(), await jobs()]).toEqual([null, ['1', '3'], 1]);
    expect([await countRows(database, 'backend_dev.run'), await countRows(database, 'backend_dev.refusal')]).toEqual([
      0, 0,
    ]);
    await change('x', 'installation', { kind: 'removed', installationId: 1, repositoryIds: null });
    expect([await waiting(), await countRows(database, 'backend_dev.parked_installation')]).toEqual([['3'], 0]);
    // What comes after it (out of order, or installed again) begins anew.
    expect(await of('e', 1)).toBe('queued');
  });

  it('takes turns with the others, reviews before comments', async () => {
    const { database, boss, enqueue } = await openQueue(kind);
    const push = { kind: 'pull-request', action: 'opened' } as const;
    const of = async (number: number, installationId: number, trigger = makeDelivery('').trigger) => {
      const { pullRequest, ...rest } = makeDelivery(`${installationId}/${number}/${trigger.kind}`, number);
      const key = { ...pullRequest, installationId, repositoryId: installationId };
      await enqueue({ ...rest, pullRequest: key, trigger });
    };
    for (let number = 1; number <= 30; number++) await of(number, 1, push);
    await of(1, 2);
    await of(2, 2);
    await of(3, 2, push);
    // A comment's job becomes a review's when a push joins it.
    await of(2, 2, push);
    await rankWaiting(database, null);
    const order: string[] = [];
    for (let turn = 0; turn < 8; turn++) {
      const [job] = await boss.fetch<{ pullRequestId: string }>('review');
      const [pull] = await database.query(
        'select installation_id::text as i, number from backend_dev.pull_request where id = $1',
        [job?.data.pullRequestId],
      );
      order.push(`${String(pull?.i)}/${String(pull?.number)}`);
    }
    expect(order).toEqual(['1/1', '2/2', '1/2', '2/3', '1/3', '2/1', '1/4', '1/5']);
  });
});
