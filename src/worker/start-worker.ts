import type { PgBoss } from 'pg-boss';
import type { Logger } from '../log.ts';
import type { Database } from '../queue/database.ts';
import { rankWaiting } from '../queue/rank-waiting.ts';
import { REVIEW_QUEUE, ReviewJob } from '../queue/review-job.ts';
import type { RunStore } from '../queue/run-store.ts';
import type { JobOutcome } from './handle-job.ts';

export interface ReviewWorker {
  /** Something was queued in this process: do not wait for the next poll. */
  wake(): void;
  stop(): Promise<void>;
}

interface Options {
  boss: PgBoss;
  database: Database;
  store: RunStore;
  handle: (pullRequestId: string) => Promise<JobOutcome>;
  log: Logger;
  /** Reviews at once in this process, and at most half as many of one installation. */
  concurrency?: number;
}

const SWEEP_MS = 30_000;

/** Fetches jobs and handles them. What was interrupted is taken up again: at once on the embedded database, by lease on PostgreSQL. */
export async function startWorker({
  boss,
  database,
  store,
  handle,
  log,
  concurrency = 4,
}: Options): Promise<ReviewWorker> {
  // The embedded database has one process, which holds its lock: every job that is still "active" was interrupted.
  if (database.kind === 'embedded') await releaseInterrupted(boss, database);
  await queueWaiting(boss, database, store);
  const workerId = await boss.work<ReviewJob>(
    REVIEW_QUEUE,
    {
      pollingIntervalSeconds: 1,
      localConcurrency: concurrency,
      localGroupConcurrency: Math.max(1, Math.ceil(concurrency / 2)),
      heartbeatRefreshSeconds: 3,
      includeMetadata: true,
    },
    async ([job]) => {
      if (!job) return;
      const { pullRequestId } = ReviewJob.parse(job.data);
      const outcome = await handle(pullRequestId);
      if (outcome.kind === 'again') await send(boss, pullRequestId, job.groupId ?? '0', outcome.at);
    },
  );
  const sweep = setInterval(() => {
    queueWaiting(boss, database, store).catch((error: unknown) => log.warn({ err: error }, 'sweep'));
  }, SWEEP_MS);
  sweep.unref();
  return {
    wake: () => boss.notifyWorker(workerId),
    stop: async () => {
      clearInterval(sweep);
      await boss.offWork(REVIEW_QUEUE, { wait: true });
    },
  };
}

async function send(boss: PgBoss, pullRequestId: string, installationId: string, at?: Date): Promise<void> {
  await boss.send(
    REVIEW_QUEUE,
    { pullRequestId },
    { singletonKey: pullRequestId, group: { id: installationId }, ...(at && { startAfter: at }) },
  );
}

/** Asked of the table: pg-boss's own list has one page, finished jobs included, and would miss some of a long backlog. */
async function releaseInterrupted(boss: PgBoss, database: Database): Promise<void> {
  const jobs = await database.query(
    "select id::text, data, group_id from pgboss.job where name = $1 and state in ('active', 'retry')",
    [REVIEW_QUEUE],
  );
  for (const job of jobs) {
    await boss.deleteJob(REVIEW_QUEUE, String(job.id));
    await send(boss, ReviewJob.parse(job.data).pullRequestId, typeof job.group_id === 'string' ? job.group_id : '0');
  }
}

/** A trigger without a job cannot come to be by our own writing; this repairs what a person or a restore did to the tables. */
async function queueWaiting(boss: PgBoss, database: Database, store: RunStore): Promise<void> {
  await rankWaiting(database, null);
  for (const { pullRequestId, installationId } of await store.listWaiting()) {
    const jobs = await boss.findJobs(REVIEW_QUEUE, { key: pullRequestId });
    if (!jobs.some((job) => ['created', 'retry', 'active'].includes(job.state)))
      await send(boss, pullRequestId, installationId);
  }
}
