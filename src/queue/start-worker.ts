import type { PgBoss } from 'pg-boss';
import type { Logger } from '../log.ts';
import type { Database } from './database.ts';
import { forgetFuture } from './forget-future.ts';
import { rankWaiting } from './rank-waiting.ts';
import { type JobOutcome, REVIEW_QUEUE, ReviewJob } from './review-job.ts';
import type { RunStore } from './run-store.ts';

export interface ReviewWorker {
  /** Something was queued in this process: do not wait for the next poll. */
  wake(): void;
  stop(): Promise<void>;
}

interface Options {
  boss: PgBoss;
  database: Database;
  store: RunStore;
  /** `check` fails when somebody else may have the pull request by now. */
  handle: (pullRequestId: string, check: () => Promise<void>) => Promise<JobOutcome>;
  log: Logger;
  /** Reviews at once in this process, and at most half as many of one installation. */
  concurrency?: number;
  /** Between two looks for work that waits without a job, in milliseconds. */
  sweepMs: number;
}

/** Until the next look at a pull request that somebody else has, in milliseconds. */
const TAKEN_MS = 2000;

/** Fetches jobs and handles them. What was interrupted is taken up again: at once on the embedded database, by lease on PostgreSQL. */
export async function startWorker({
  boss,
  database,
  store,
  handle,
  log,
  concurrency = 4,
  sweepMs,
}: Options): Promise<ReviewWorker> {
  // The embedded database has one process, which holds its lock: every job that is still "active" was interrupted.
  if (database.kind === 'embedded') await releaseInterrupted(boss, database);
  const look = async (): Promise<void> => {
    await forgetFuture(database);
    await queueWaiting(boss, database, store);
  };
  await look();
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
      // pg-boss gives a job away when its worker seems dead: its clock was set, or it was suspended. Two at once would say
      // everything twice.
      const outcome = await database.hold(`review ${pullRequestId}`, (check) => handle(pullRequestId, check));
      const afterMs = outcome === null ? TAKEN_MS : outcome.kind === 'again' ? outcome.afterMs : null;
      if (afterMs !== null) await send(boss, pullRequestId, job.groupId ?? '0', afterMs);
    },
  );
  const sweep = setInterval(() => void look().catch((error: unknown) => log.warn({ err: error }, 'sweep')), sweepMs);
  sweep.unref();
  return {
    wake: () => boss.notifyWorker(workerId),
    stop: async () => {
      clearInterval(sweep);
      await boss.offWork(REVIEW_QUEUE, { wait: true });
    },
  };
}

/** After a pause, not at a time: the database's clock may be another machine's. */
async function send(boss: PgBoss, pullRequestId: string, installationId: string, afterMs = 0): Promise<void> {
  await boss.send(
    REVIEW_QUEUE,
    { pullRequestId },
    { singletonKey: pullRequestId, group: { id: installationId }, startAfter: afterMs / 1000 },
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
