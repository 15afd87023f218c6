import { type Clock, type Db, PgBoss } from 'pg-boss';
import type { Logger } from '../log.ts';
import { readSteadyClock } from '../steady-clock.ts';
import type { Database, Queryable } from './database.ts';
import { DEAD_QUEUE, REVIEW_QUEUE } from './review-job.ts';

/** A transaction of ours as pg-boss wants it, so that a job is written together with what it stands for. */
export function toBossDatabase(queryable: Queryable): Db {
  return { executeSql: async (text: string, values?: unknown[]) => ({ rows: await queryable.query(text, values) }) };
}

/** pg-boss polls by differences of times of day: with the system's clock, one that is set back by an hour holds every worker for an hour. */
const STEADY_CLOCK: Clock = {
  now: readSteadyClock,
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  setInterval: (run, ms) => setInterval(run, ms),
  clearInterval: (timer) => clearInterval(timer as NodeJS.Timeout),
};

/**
 * pg-boss on either database. `stately` holds at most one active and one waiting job for each key. A worker that dies stops
 * its heartbeat; its job is taken over after at most 10 s (heartbeat) + 5 s (supervision) + 5 s (its claim).
 */
export async function openBoss(database: Database, log: Logger): Promise<PgBoss> {
  const boss = new PgBoss({
    db: toBossDatabase(database),
    backend: database.kind === 'embedded' ? 'pglite' : 'postgres',
    schema: 'pgboss',
    clock: STEADY_CLOCK,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.error({ err: error }, 'queue'));
  await boss.start();
  const common = {
    retryLimit: 20,
    retryDelay: 1,
    retryBackoff: false,
    heartbeatSeconds: 10,
    expireInSeconds: 3600,
    deleteAfterSeconds: 3 * 86_400,
  };
  await boss.createQueue(DEAD_QUEUE, {});
  await boss.createQueue(REVIEW_QUEUE, { ...common, policy: 'stately', deadLetter: DEAD_QUEUE });
  return boss;
}
