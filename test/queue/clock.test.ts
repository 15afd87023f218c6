import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openBoss } from '../../src/queue/open-boss.ts';
import { openPostgres } from '../../src/queue/open-postgres.ts';
import { REVIEW_QUEUE } from '../../src/queue/review-job.ts';
import { createRunStore } from '../../src/queue/run-store.ts';
import { startWorker } from '../../src/queue/start-worker.ts';
import { countRows, makeDelivery, openQueue } from '../support/open-queue.ts';
import { setClock } from '../support/set-clock.ts';
import { waitFor } from '../support/stack.ts';
import { makePostgresDatabase } from '../support/temp.ts';

const log = pino({ level: 'silent' });
const TEN_MINUTES = 600;
type Queue = Pick<Awaited<ReturnType<typeof openQueue>>, 'database' | 'boss' | 'store'>;

async function work(queue: Queue, handle: Parameters<typeof startWorker>[0]['handle']): Promise<void> {
  const worker = await startWorker({ ...queue, handle, log, sweepMs: 200 });
  onTestFinished(() => worker.stop());
}

describe.each(['pglite', 'postgres'] as const)('a clock that is set back, on %s', (kind) => {
  it('holds neither what waits for its turn nor what comes again', async () => {
    const { enqueue, ...queue } = await openQueue(kind);
    await Promise.all([1, 2, 3].map((number) => enqueue(makeDelivery(`g${number}`, number))));
    await setClock(queue.database, -TEN_MINUTES);
    const seen: string[] = [];
    const isSeen = (times: number): boolean =>
      ['1', '2', '3'].every((id) => seen.filter((one) => one === id).length >= times);
    await work(queue, async (id) => {
      seen.push(id);
      return { kind: 'again', afterMs: 60_000 };
    });
    await waitFor('each of them', () => isSeen(1), 100_000);
    const waiting = async (): Promise<number> =>
      countRows(queue.database, "pgboss.job where name = 'review' and start_after > now()");
    await waitFor('each of them waiting', async () => (await waiting()) === 3, 50_000);
    await setClock(queue.database, -TEN_MINUTES);
    await waitFor('each of them again', () => isSeen(2), 100_000);
  }, 400_000);

  it('leaves the newer run the newer one, and a parked installation parked for half an hour at most', async () => {
    const { enqueue, database, store } = await openQueue(kind);
    await enqueue(makeDelivery('a'));
    const finish = async (headSha: string) =>
      store.saveRun('1', { ...(await store.openRun('1', { headSha, baseRef: 'main' })), stage: 'done' });
    await finish('old');
    await setClock(database, -TEN_MINUTES);
    await finish('new');
    expect(await store.isReviewed('1', { headSha: 'new', baseRef: 'main' })).toBe(true);
    expect(await store.isReviewed('1', { headSha: 'old', baseRef: 'main' })).toBe(false);
    await store.park(1);
    expect(await store.listWaiting()).toEqual([]);
    await setClock(database, -TEN_MINUTES);
    expect(await store.listWaiting()).toHaveLength(1);
  });
});

describe('a worker on PostgreSQL', () => {
  const open = async (url: string): Promise<Queue> => {
    const database = openPostgres(url);
    const boss = await openBoss(database, log);
    onTestFinished(async () => {
      await boss.stop({ graceful: false });
      await database.close();
    });
    return { database, boss, store: createRunStore(database) };
  };

  it('that died before the clock was set back is replaced all the same', async () => {
    const { enqueue, ...queue } = await openQueue('postgres');
    await enqueue(makeDelivery('a'));
    expect(await queue.boss.fetch(REVIEW_QUEUE)).toHaveLength(1);
    await setClock(queue.database, -TEN_MINUTES);
    const seen: string[] = [];
    await work(queue, async (id) => {
      seen.push(id);
      return { kind: 'done' };
    });
    await waitFor('another one', () => seen.length === 1, 120_000);
  }, 180_000);

  it('whose connection is ended has lost what it held, and notices', async () => {
    const url = await makePostgresDatabase();
    const [one, two] = [await open(url), await open(url)];
    const held = one.database.hold('key', async (check) => {
      await check();
      expect(await two.database.hold('other', async () => 'mine')).toBe('mine');
      expect(await two.database.hold('key', async () => 'mine')).toBe(null);
      // Of this database alone: other files' tests hold keys on the same server.
      await two.database.query(
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 8427002
           and database = (select oid from pg_database where datname = current_database())`,
      );
      await waitFor('the key', async () => (await two.database.hold('key', async () => 'mine')) === 'mine');
      await check();
    });
    await expect(held).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await one.database.hold('key', async () => 'mine')).toBe('mine');
    await expect(one.database.hold('key', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await two.database.hold('key', async () => 'mine')).toBe('mine');
  });
});

describe.each(['pglite', 'postgres'] as const)('a clock that is set forward, on %s', (kind) => {
  it('gives nobody a pull request that another one is at', async () => {
    const url = await makePostgresDatabase();
    const { enqueue, ...first } = await openQueue(kind, url);
    const queues: Queue[] = [first];
    if (kind === 'postgres') {
      const database = openPostgres(url);
      const boss = await openBoss(database, log);
      onTestFinished(async () => {
        await boss.stop({ graceful: false });
        await database.close();
      });
      queues.push({ database, boss, store: createRunStore(database) });
    }
    let atWork = 0;
    let most = 0;
    let calls = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    for (const queue of queues)
      await work(queue, async () => {
        calls += 1;
        most = Math.max(most, ++atWork);
        await released;
        atWork -= 1;
        return { kind: 'done' };
      });
    await enqueue(makeDelivery('a'));
    await waitFor('the first one at work', () => atWork === 1);
    // Its heartbeat has lapsed, pg-boss takes it for dead, and gives the job to the next one.
    const isGivenAway = async (): Promise<boolean> => {
      await setClock(first.database, TEN_MINUTES);
      const again = await first.database.query(
        "select 1 from pgboss.job where name = 'review' and retry_count > 0 and state = 'completed'",
      );
      return again.length > 0 || most > 1;
    };
    // Each look writes to every row: in a row they would keep the queue itself from the embedded database.
    await waitFor('the job given away', isGivenAway, 120_000, 500);
    expect([most, calls]).toEqual([1, 1]);
    release();
    await waitFor('a look after the first one', () => calls === 2 && atWork === 0, 120_000);
    expect(most).toBe(1);
  }, 300_000);
});
