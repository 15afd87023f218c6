import type { PgBoss } from 'pg-boss';
import type { Queryable } from './database.ts';
import { toBossDatabase } from './open-boss.ts';
import { rankWaiting } from './rank-waiting.ts';
import { REVIEW_QUEUE, type ReviewJob } from './review-job.ts';

/** One waiting job for each pull request (id -> installation), in the transaction of what it stands for. */
export async function insertJobs(tx: Queryable, boss: PgBoss, pulls: ReadonlyMap<string, string>): Promise<void> {
  if (pulls.size === 0) return;
  const jobs = [...pulls].map(([id, installation]) => ({
    data: { pullRequestId: id } satisfies ReviewJob,
    singletonKey: id,
    group: { id: installation },
  }));
  await boss.insert(REVIEW_QUEUE, jobs, { db: toBossDatabase(tx) });
  await rankWaiting(tx, [...new Set(pulls.values())]);
}
