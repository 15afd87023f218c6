import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../src/queue/database.ts';
import { createEnqueuer } from '../../src/queue/enqueue.ts';
import { migrate } from '../../src/queue/migrations.ts';
import { openBoss } from '../../src/queue/open-boss.ts';
import { openPglite } from '../../src/queue/open-pglite.ts';
import { openPostgres } from '../../src/queue/open-postgres.ts';
import { purge, startPurging } from '../../src/queue/purge.ts';
import { REVIEW_QUEUE } from '../../src/queue/review-job.ts';
import { createRunStore } from '../../src/queue/run-store.ts';
import type { Delivery } from '../../src/queue/trigger.ts';
import { waitFor } from '../support/stack.ts';
import { makeDataDir, makePostgresDatabase } from '../support/temp.ts';

const DAY = 86_400_000;
const RETENTION = {
  keepDeliveries: 7 * DAY,
  keepRuns: 30 * DAY,
  keepAnswers: 7 * DAY,
  keepPrecedents: 365 * DAY,
  keepDays: 7 * DAY,
  purgeBatch: 500,
};
const log = pino({ level: 'silent' });

const delivery = (guid: string, number = 1): Delivery => ({
  guid,
  event: 'pull_request',
  pullRequest: { installationId: 1, repositoryId: 2, number, owner: 'acme', repo: 'shop' },
  trigger: { kind: 'pull-request', action: 'opened' },
});

async function open(kind: 'pglite' | 'postgres') {
  const database: Database =
    kind === 'pglite' ? await openPglite(makeDataDir()) : openPostgres(await makePostgresDatabase());
  await migrate(database);
  const boss = await openBoss(database, log);
  onTestFinished(async () => {
    await boss.stop({ graceful: false });
    await database.close();
  });
  const store = createRunStore(database);
  const enqueue = createEnqueuer(database, boss, () => undefined);
  const age = (days: number): Promise<unknown> =>
    database.query("update backend_dev.delivery set received_at = received_at - $1 * interval '1 day'", [days]);
  const guids = async (): Promise<unknown[]> =>
    (await database.query('select guid from backend_dev.delivery order by guid')).map((row) => row.guid);
  const handle = async (guid: string): Promise<void> => {
    await database.query('update backend_dev.trigger set handled_at = now() where guid = $1', [guid]);
  };
  return { database, boss, store, enqueue, age, guids, handle };
}

describe.each(['pglite', 'postgres'] as const)('purging on %s', (kind) => {
  it('forgets deliveries that GitHub cannot send again, and never one that still waits', async () => {
    const { database, enqueue, age, guids, handle } = await open(kind);
    await enqueue(delivery('handled'));
    await enqueue(delivery('waiting', 2));
    await handle('handled');
    await age(6);
    await enqueue(delivery('new', 3));
    await handle('new');
    // Six days: it may still be redelivered by hand, and is known.
    expect(await purge(database, RETENTION)).toMatchObject({ deliveries: 0 });
    expect(await enqueue(delivery('handled'))).toBe('duplicate');
    await age(2);
    expect(await purge(database, RETENTION)).toMatchObject({ deliveries: 1 });
    expect(await guids()).toEqual(['new', 'waiting']);
    expect(await database.query('select guid from backend_dev.trigger order by guid')).toHaveLength(2);
  });

  it('keeps of each pull request that its newest head was reviewed, and no texts', async () => {
    const { database, store, enqueue } = await open(kind);
    await enqueue(delivery('a'));
    const [pull] = await database.query('select id::text from backend_dev.pull_request');
    const id = String(pull?.id);
    const review = async (headSha: string, stage: 'done' | 'fetched', automatic = true): Promise<void> => {
      const run = await store.openRun(id, { headSha, baseRef: 'main' });
      await store.saveRun(id, { ...run, stage, data: { ...run.data, automatic } });
      await database.query("update backend_dev.run set created_at = created_at - interval '1 second'");
    };
    await review('old', 'done');
    await review('open', 'fetched');
    await store.dropRun(await store.openRun(id, { headSha: 'gone', baseRef: 'main' }));
    await review('head', 'done');
    await review('head', 'done', false);
    await database.query("update backend_dev.run set updated_at = updated_at - interval '31 days'");
    expect(await purge(database, RETENTION)).toMatchObject({ runs: 2, texts: 2 });
    expect(await store.isReviewed(id, { headSha: 'head', baseRef: 'main' })).toBe(true);
    expect(await store.isReviewed(id, { headSha: 'old', baseRef: 'main' })).toBe(false);
    expect((await store.listAbandoned(id, { headSha: 'head', baseRef: 'main' })).map((run) => run.headSha)).toEqual([
      'open',
    ]);
    const rows = await database.query("select data from backend_dev.run where stage = 'done' order by created_at");
    expect(rows).toEqual([{ data: { automatic: true } }, { data: { automatic: false } }]);
    expect(await purge(database, RETENTION)).toEqual({
      deliveries: 0,
      runs: 0,
      texts: 0,
      answers: 0,
      precedents: 0,
      days: 0,
    });
  });

  it('forgets what Claude cost on days long ago, or to come, and never what it cost today', async () => {
    const { database } = await open(kind);
    await database.query(
      `insert into backend_dev.repository_day (repository_id, day, usd)
       select 1, (now() at time zone 'utc')::date + ago, 1 from unnest(array[0, -6, -8, 20]) as ago`,
    );
    expect(await purge(database, RETENTION)).toMatchObject({ days: 2 });
    expect(await purge(database, { ...RETENTION, keepDays: -DAY })).toMatchObject({ days: 1 });
    const left = await database.query(
      "select day = (now() at time zone 'utc')::date as today from backend_dev.repository_day",
    );
    expect(left).toEqual([{ today: true }]);
  });

  it('goes in small batches, by itself, until nothing is left', async () => {
    const { database, enqueue, age, guids, handle } = await open(kind);
    await Promise.all(Array.from({ length: 25 }, (_, index) => enqueue(delivery(`d${index}`, index + 1))));
    await Promise.all(Array.from({ length: 25 }, (_, index) => handle(`d${index}`)));
    await age(8);
    expect(await purge(database, { ...RETENTION, purgeBatch: 10 })).toMatchObject({ deliveries: 10 });
    const purging = startPurging(database, { ...RETENTION, purgeBatch: 10, purgeEvery: 50, purgePause: 1 }, log);
    await waitFor('an empty table', async () => (await guids()).length === 0);
    await enqueue(delivery('later'));
    await handle('later');
    await age(8);
    await waitFor('the next sweep', async () => (await guids()).length === 0);
    await purging.stop();
  });

  it('has pg-boss delete jobs that ended days ago', async () => {
    const { database, boss, enqueue } = await open(kind);
    await enqueue(delivery('a'));
    const [job] = await boss.fetch(REVIEW_QUEUE);
    await boss.complete(REVIEW_QUEUE, job?.id ?? '');
    await database.query("update pgboss.job set completed_on = completed_on - interval '4 days'");
    await waitFor('the job to go', async () => {
      await database.query('update pgboss.queue set maintain_on = null');
      await boss.supervise(REVIEW_QUEUE);
      return (await database.query('select 1 from pgboss.job')).length === 0;
    });
  });
});
