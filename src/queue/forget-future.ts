import type { Queryable } from './database.ts';
import { REVIEW_QUEUE } from './review-job.ts';

/**
 * Times of the future tell that the database's clock was set back since they were written: until they come, a job would wait, a
 * dead worker's heartbeat would count as fresh, and pg-boss would not look after its queues. Called now and then, this takes
 * them for now. So a clock that is set back makes nothing wait longer than twice its own pause, however far it was set.
 *
 * Jobs that are due have no time at all (`rankWaiting`), and are not held for a moment.
 */
export async function forgetFuture(queryable: Queryable): Promise<void> {
  await queryable.query(
    `update pgboss.job set start_after = now() where name = '${REVIEW_QUEUE}' and state in ('created', 'retry')
       and start_after > now() and (created_on > now() or state = 'retry');
     update pgboss.job set heartbeat_on = now() where name = '${REVIEW_QUEUE}' and state = 'active' and heartbeat_on > now();
     update pgboss.queue set monitor_on = least(monitor_on, now()), monitor_claim_on = least(monitor_claim_on, now()),
       maintain_on = least(maintain_on, now())
     where greatest(monitor_on, monitor_claim_on, maintain_on) > now()`,
  );
}
