import { setTimeout } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import type { Database } from './database.ts';

export interface Retention {
  /** How long a delivery is known, in milliseconds: longer than GitHub lets anyone redeliver it (three days). */
  keepDeliveries: number;
  /** How long the texts of a finished run are kept, in milliseconds. */
  keepRuns: number;
  /** How long an answer of the model is kept that no review used again, in milliseconds. */
  keepAnswers: number;
  /** How long what was settled is a precedent, in milliseconds. */
  keepPrecedents: number;
  /** How long it is known what Claude cost a repository on a day, in milliseconds: its budget needs this day alone. */
  keepDays: number;
  /** Rows at a time, so that no sweep holds the others up. */
  purgeBatch: number;
}

const NOTHING = { deliveries: 0, runs: 0, texts: 0, answers: 0, precedents: 0, days: 0 };
type Purged = keyof typeof NOTHING;
const PURGED = Object.keys(NOTHING) as Purged[];

/**
 * Deletes one batch of what nothing needs any more. Ages are told by the database's clock. Kept, however old: a delivery whose
 * trigger still waits, and that a head was reviewed, as long as no later one was (an event for it must not review it again).
 * @returns how many rows went
 */
export async function purge(
  database: Database,
  { keepDeliveries, keepRuns, keepAnswers, keepPrecedents, keepDays, purgeBatch }: Retention,
): Promise<Record<Purged, number>> {
  const count = async (statement: string, keep: number): Promise<number> => {
    const [row] = await database.query(`with gone as (${statement}) select count(*)::integer as rows from gone`, [
      keep / 1000,
      purgeBatch,
    ]);
    return Number(row?.rows ?? 0);
  };
  // Handled triggers go with their delivery.
  const deliveries = await count(
    `delete from backend_dev.delivery where guid in (
       select d.guid from backend_dev.delivery d
       where d.received_at < now() - $1 * interval '1 second'
         and not exists (select 1 from backend_dev.trigger t where t.guid = d.guid and t.handled_at is null)
       order by d.received_at limit $2 for update of d skip locked)
     returning 1`,
    keepDeliveries,
  );
  const runs = await count(
    `delete from backend_dev.run where id in (
       select r.id from backend_dev.run r
       where r.stage in ('done', 'dropped') and r.updated_at < now() - $1 * interval '1 second'
         and (r.stage = 'dropped' or exists (
           select 1 from backend_dev.run later
           where later.pull_request_id = r.pull_request_id and later.seq > r.seq
             and later.head_sha <> r.head_sha and later.stage = 'done'))
       order by r.updated_at limit $2 for update of r skip locked)
     returning 1`,
    keepRuns,
  );
  // Of a run that stays nothing is needed but that it was, and whether it was asked for.
  const texts = await count(
    `update backend_dev.run set data = jsonb_strip_nulls(jsonb_build_object('automatic', data->'automatic'))
     where id in (
       select r.id from backend_dev.run r
       where r.stage = 'done' and r.updated_at < now() - $1 * interval '1 second'
         and r.data - 'automatic' <> '{}'
       order by r.updated_at limit $2 for update of r skip locked)
     returning 1`,
    keepRuns,
  );
  const older = (table: string, column: string, keep: number): Promise<number> =>
    count(
      `delete from backend_dev.${table} where ctid = any (array(
         select ctid from backend_dev.${table} where ${column} < now() - $1 * interval '1 second'
         order by ${column} limit $2 for update skip locked))
       returning 1`,
      keep,
    );
  const answers = await older('model_answer', 'used_at', keepAnswers);
  const precedents = await older('precedent', 'settled_at', keepPrecedents);
  // Never this day. Days to come are of a clock that was set back since.
  const days = await count(
    `delete from backend_dev.repository_day where ctid = any (array(
       select ctid from backend_dev.repository_day
       where day < least((now() at time zone 'utc')::date, ((now() - $1 * interval '1 second') at time zone 'utc')::date)
         or day > (now() at time zone 'utc')::date + 1
       order by day limit $2 for update skip locked))
     returning 1`,
    keepDays,
  );
  return { deliveries, runs, texts, answers, precedents, days };
}

/** Purges now and then: batch after batch with pauses, until there is nothing left to do. */
export function startPurging(
  database: Database,
  retention: Retention & { purgeEvery: number; purgePause: number },
  log: Logger,
): { stop: () => Promise<void> } {
  const pausing = new AbortController();
  // Ends early when it is to stop; keeps no process alive.
  const pause = (ms: number): Promise<void> =>
    setTimeout(ms, undefined, { signal: pausing.signal, ref: false }).catch(() => undefined);
  const sweep = async (): Promise<void> => {
    const total = { ...NOTHING };
    while (!pausing.signal.aborted) {
      const gone = await purge(database, retention);
      for (const what of PURGED) total[what] += gone[what];
      if (Math.max(...Object.values(gone)) < retention.purgeBatch) break;
      await pause(retention.purgePause);
    }
    if (Object.values(total).some((rows) => rows > 0)) log.info(total, 'purged');
  };
  const run = async (): Promise<void> => {
    while (!pausing.signal.aborted) {
      await sweep().catch((error: unknown) => log.warn({ err: error }, 'purge'));
      await pause(retention.purgeEvery);
    }
  };
  const running = run();
  return {
    stop: () => {
      pausing.abort();
      return running;
    },
  };
}
