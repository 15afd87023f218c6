import type { PgBoss } from 'pg-boss';
import type { Database, Queryable } from './database.ts';
import type { Enqueued } from './enqueue.ts';
import { insertJobs } from './insert-jobs.ts';
import type { InstallationChange } from './installation-change.ts';
import { parkInstallation } from './park-installation.ts';
import { REVIEW_QUEUE } from './review-job.ts';

/**
 * Parks, resumes, renames or purges what is kept of an installation. The delivery is written with it, so that one that comes
 * twice, or late, does not park what was resumed since.
 */
export function createInstallationChanger(
  database: Database,
  boss: PgBoss,
  onQueued: () => void,
): (guid: string, event: string, change: InstallationChange) => Promise<Enqueued> {
  return async (guid, event, change) => {
    const outcome = await database.transaction(async (tx) => {
      const fresh = await tx.query(
        'insert into backend_dev.delivery (guid, event) values ($1, $2) on conflict do nothing returning guid',
        [guid, event],
      );
      if (fresh.length === 0) return 'duplicate';
      await apply(tx, boss, change);
      return 'queued';
    });
    if (outcome === 'queued' && change.kind === 'resumed') onQueued();
    return outcome;
  };
}

/** What is kept of repositories, apart from their pull requests. */
const BY_REPOSITORY = ['precedent', 'repository'];

async function apply(tx: Queryable, boss: PgBoss, change: InstallationChange): Promise<void> {
  const { installationId } = change;
  switch (change.kind) {
    case 'suspended':
      return await parkInstallation(tx, installationId);
    case 'resumed':
      return await resume(tx, boss, installationId);
    case 'removed':
      return await purge(tx, installationId, change.repositoryIds);
    case 'renamed':
      await tx.query(
        'update backend_dev.pull_request set owner = $2, repo = $3, installation_id = $4 where repository_id = $1',
        [change.repositoryId, change.owner, change.repo, installationId],
      );
      for (const table of BY_REPOSITORY)
        await tx.query(`update backend_dev.${table} set installation_id = $2 where repository_id = $1`, [
          change.repositoryId,
          installationId,
        ]);
  }
}

async function resume(tx: Queryable, boss: PgBoss, installationId: number): Promise<void> {
  await tx.query('delete from backend_dev.parked_installation where installation_id = $1', [installationId]);
  const waiting = await tx.query(
    `select id::text from backend_dev.pull_request p where installation_id = $1
     and exists (select 1 from backend_dev.trigger where pull_request_id = p.id and handled_at is null)`,
    [installationId],
  );
  await insertJobs(tx, boss, new Map(waiting.map((row) => [String(row.id), String(installationId)])));
}

/** Rows are locked in the order in which deliveries lock them. What hangs on a pull request goes with it. */
async function purge(tx: Queryable, installationId: number, repositoryIds: readonly number[] | null): Promise<void> {
  const gone = await tx.query(
    `select id::text from backend_dev.pull_request
     where installation_id = $1 and ($2::bigint[] is null or repository_id = any($2::bigint[]))
     order by repository_id, number for update`,
    [installationId, repositoryIds],
  );
  const ids = gone.map((row) => String(row.id));
  await tx.query(
    `delete from pgboss.job where name = '${REVIEW_QUEUE}' and state in ('created', 'retry') and data->>'pullRequestId' = any($1::text[])`,
    [ids],
  );
  await tx.query('delete from backend_dev.pull_request where id = any($1::bigint[])', [ids]);
  for (const table of BY_REPOSITORY)
    await tx.query(
      `delete from backend_dev.${table}
       where installation_id = $1 and ($2::bigint[] is null or repository_id = any($2::bigint[]))`,
      [installationId, repositoryIds],
    );
  if (repositoryIds === null)
    await tx.query('delete from backend_dev.parked_installation where installation_id = $1', [installationId]);
}
