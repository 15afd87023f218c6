import type { PgBoss } from 'pg-boss';
import { cleanValue } from '../text/clean-value.ts';
import type { Database, Queryable } from './database.ts';
import { insertJobs } from './insert-jobs.ts';
import type { Delivery } from './trigger.ts';

export type Enqueued = 'queued' | 'duplicate';

interface Pending {
  delivery: Delivery;
  resolve: (outcome: Enqueued) => void;
  reject: (error: unknown) => void;
}

const MAX_BATCH = 200;

/**
 * Writes delivery, trigger and job in one transaction, so that a redelivery after a failure is accepted and one after a
 * success is not. Deliveries that arrive while a transaction is under way share the next one (group commit): under load the
 * cost of a commit is divided by all of them, and each is acknowledged only after its own commit.
 */
export function createEnqueuer(
  database: Database,
  boss: PgBoss,
  onQueued: () => void,
): (delivery: Delivery) => Promise<Enqueued> {
  const waiting: Pending[] = [];
  let busy = false;
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH);
      try {
        const fresh = await database.transaction((tx) =>
          write(
            tx,
            boss,
            batch.map((one) => one.delivery),
          ),
        );
        const seen = new Set<string>();
        for (const { delivery, resolve } of batch) {
          resolve(fresh.has(delivery.guid) && !seen.has(delivery.guid) ? 'queued' : 'duplicate');
          seen.add(delivery.guid);
        }
        if (fresh.size > 0) onQueued();
      } catch (error) {
        // One delivery that the database refuses must not take the others with it.
        if (batch.length > 1) await Promise.all(batch.map((one) => writeAlone(database, boss, one, onQueued)));
        else batch[0]?.reject(error);
      }
    }
    // In the same turn in which nothing was waiting: a delivery that comes after it begins the next flush.
    busy = false;
  };
  return (delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject });
      if (busy) return;
      busy = true;
      // Let the deliveries of this turn of the event loop gather.
      setImmediate(() => {
        void flush();
      });
    });
}

async function writeAlone(
  database: Database,
  boss: PgBoss,
  { delivery, resolve, reject }: Pending,
  onQueued: () => void,
): Promise<void> {
  try {
    const fresh = await database.transaction((tx) => write(tx, boss, [delivery]));
    resolve(fresh.has(delivery.guid) ? 'queued' : 'duplicate');
    if (fresh.size > 0) onQueued();
  } catch (error) {
    reject(error);
  }
}

/** @returns the guids that were not known before */
async function write(tx: Queryable, boss: PgBoss, deliveries: readonly Delivery[]): Promise<Set<string>> {
  const unique = [...new Map(deliveries.map((delivery) => [delivery.guid, delivery])).values()];
  const rows = unique.map(({ guid, event, pullRequest, trigger }) => ({
    guid,
    event,
    installation_id: pullRequest.installationId,
    repository_id: pullRequest.repositoryId,
    number: pullRequest.number,
    owner: pullRequest.owner,
    repo: pullRequest.repo,
    kind: trigger.kind,
    payload: trigger,
  }));
  const input = JSON.stringify(cleanValue(rows));
  const inserted = await tx.query(
    `with input as (
       select * from jsonb_to_recordset($1::jsonb) as row (guid text, event text, installation_id bigint, repository_id bigint,
         number integer, owner text, repo text, kind text, payload jsonb)
     ), fresh as (
       insert into backend_dev.delivery (guid, event) select guid, event from input on conflict do nothing returning guid
     ), pulls as (
       -- The update takes the row's lock until commit: a worker that is about to read the triggers waits for this one.
       insert into backend_dev.pull_request (installation_id, repository_id, number, owner, repo)
       select distinct on (repository_id, number) installation_id, repository_id, number, owner, repo
       from input where guid in (select guid from fresh)
       order by repository_id, number
       on conflict (repository_id, number) do update
         set installation_id = excluded.installation_id, owner = excluded.owner, repo = excluded.repo
       returning id, installation_id, repository_id, number
     ), triggers as (
       insert into backend_dev.trigger (pull_request_id, guid, kind, payload)
       select pulls.id, input.guid, input.kind, input.payload
       from input join fresh using (guid) join pulls using (repository_id, number)
       returning guid, pull_request_id
     )
     select triggers.guid, pulls.id::text as id, pulls.installation_id::text as installation_id
     from triggers join pulls on pulls.id = triggers.pull_request_id`,
    [input],
  );
  const pulls = new Map(inserted.map((row) => [String(row.id), String(row.installation_id)]));
  await insertJobs(tx, boss, pulls);
  return new Set(inserted.map((row) => String(row.guid)));
}
