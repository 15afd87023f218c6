import { describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/queue/migrations.ts';
import { REVIEW_QUEUE } from '../../src/queue/review-job.ts';
import { countRows, makeDelivery, openQueue } from '../support/open-queue.ts';

const at = (headSha: string, baseRef = 'main') => ({ headSha, baseRef });

describe.each(['pglite', 'postgres'] as const)('the queue on %s', (kind) => {
  it('keeps what the App relies on', async () => {
    const { database, boss, store, enqueue } = await openQueue(kind);

    // Migrating again changes nothing.
    await migrate(database);
    expect(await countRows(database, 'backend_dev.migration')).toBe(MIGRATIONS.length);

    // One delivery, whatever arrives with its guid; one waiting job for each pull request.
    const outcomes = await Promise.all([
      enqueue(makeDelivery('a')),
      enqueue(makeDelivery('a')),
      enqueue(makeDelivery('b')),
      enqueue(makeDelivery('c', 2)),
    ]);
    expect(outcomes).toEqual(['queued', 'duplicate', 'queued', 'queued']);
    expect(await enqueue(makeDelivery('a'))).toBe('duplicate');
    expect(await countRows(database, 'backend_dev.trigger')).toBe(3);
    const jobs = await boss.findJobs<{ pullRequestId: string }>(REVIEW_QUEUE);
    expect(jobs.map((job) => job.data.pullRequestId).sort()).toEqual(['1', '2']);

    // A delivery that cannot be written takes no other with it, and is accepted when it comes again.
    const refused = {
      ...makeDelivery('d', 3),
      pullRequest: { ...makeDelivery('d', 3).pullRequest, number: 9_000_000_000 },
    };
    const mixed = await Promise.allSettled([
      enqueue(refused),
      enqueue(makeDelivery('e', 3)),
      enqueue(makeDelivery('f', 3, 'nul\u0000l')),
    ]);
    expect(mixed.map((one) => one.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await enqueue(makeDelivery('d', 3))).toBe('queued');

    // A transaction that fails leaves nothing.
    const failed = database.transaction(async (tx) => {
      await tx.query("insert into backend_dev.delivery (guid, event) values ('z', 'x')");
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await expect(database.query('select * from nowhere')).rejects.toThrow('nowhere');
    expect(await database.query("select 1 from backend_dev.delivery where guid = 'z'")).toEqual([]);

    // Triggers are read and marked; runs are resumed by head.
    const pending = await store.readPending('1');
    expect(pending?.triggers).toHaveLength(2);
    expect(await store.countFailure('1')).toBe(1);
    expect(await store.countFailure('1')).toBe(2);
    await store.markHandled('1', pending?.triggers.map((one) => one.id) ?? []);
    expect(await store.countFailure('1')).toBe(1);
    expect((await store.readPending('1'))?.triggers).toEqual([]);
    const run = await store.openRun('1', at('head1'));
    await store.saveRun('1', { ...run, stage: 'judged' });
    expect(await store.openRun('1', at('head1'))).toMatchObject({
      id: run.id,
      stage: 'judged',
      attempts: 2,
      resumed: true,
    });
    expect(await store.listAbandoned('1', at('head2'))).toMatchObject([{ id: run.id }]);
    // What one agent reviewed does not stand for another, nor for the one that reviews by itself.
    const reviewed = {
      head: 'head1',
      base: 'b',
      baseRef: 'main',
      key: 'k',
      complete: true,
      checkRunId: null,
      files: {},
    };
    const finish = (agent: string, automatic: boolean, one = run) =>
      store.saveRun('1', {
        ...one,
        stage: 'done',
        data: { ...one.data, agent, automatic, reviewed: { ...reviewed, agent } },
      });
    await finish('dba', false);
    expect(await store.isReviewed('1', at('head1'))).toBe(false);
    await finish('backend-dev', true, await store.openRun('1', at('head1')));
    expect(await store.isReviewed('1', at('head1'))).toBe(true);
    expect([...(await store.readReviewed('1')).keys()].sort()).toEqual(['backend-dev', 'dba']);
    // Nor does it stand when a run that is given up may have written after it.
    const begun = await store.openRun('1', at('head3'));
    await store.dropRun({ ...begun, stage: 'saved' });
    expect((await store.readReviewed('1')).size).toBe(2);
    await store.dropRun({ ...begun, stage: 'saved', resumed: true });
    expect((await store.readReviewed('1')).size).toBe(0);
    expect((await store.openRun('1', at('head1'))).id).not.toBe(run.id);
  });
});
