import type { Queryable } from './database.ts';

/** The pause between two tries of a suspended installation, in seconds: its "unsuspend" event can be lost. */
const PARK_SECONDS = 1800;

/** Of a row `s` of parked_installation. A time that is further off than that was written before the clock was set back. */
export const IS_PARKED = `s.until > now() and s.until <= now() + make_interval(secs => ${PARK_SECONDS})`;

/** What waits of this installation is kept and not looked at, until GitHub says otherwise or the next slow try. */
export async function parkInstallation(queryable: Queryable, installationId: number): Promise<void> {
  await queryable.query(
    `insert into backend_dev.parked_installation (installation_id, until) values ($1, now() + make_interval(secs => $2))
     on conflict (installation_id) do update set until = excluded.until`,
    [installationId, PARK_SECONDS],
  );
}
