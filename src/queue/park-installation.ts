import type { Queryable } from './database.ts';

/** Between two slow tries of a suspended installation, in seconds: its "unsuspend" event can be lost. */
const PARK_SECONDS = 1800;

/** What waits of this installation is kept and not looked at, until GitHub says otherwise or the next slow try. */
export async function parkInstallation(queryable: Queryable, installationId: number): Promise<void> {
  await queryable.query(
    `insert into backend_dev.parked_installation (installation_id, until) values ($1, now() + make_interval(secs => $2))
     on conflict (installation_id) do update set until = excluded.until`,
    [installationId, PARK_SECONDS],
  );
}
