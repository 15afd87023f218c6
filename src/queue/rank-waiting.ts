import type { Queryable } from './database.ts';
import { REVIEW_QUEUE } from './review-job.ts';

/**
 * Whose turn it is: each waiting job gets its place among those of its own installation, and the first of each come before the
 * second of any. So five hundred pull requests of one installation let a single one of another pass. Within an installation
 * reviews come before mere comments.
 *
 * A job that is due is given no time to wait for any more, so that a clock that is set back holds none. Rows that somebody else
 * holds are passed over: nothing waits here, and the next call ranks them.
 *
 * @param installations whose jobs; null: all
 */
export async function rankWaiting(queryable: Queryable, installations: readonly string[] | null): Promise<void> {
  await queryable.query(
    `with waiting as (
       select id, group_id, created_on, (data->>'pullRequestId')::bigint as pull from pgboss.job
       where name = '${REVIEW_QUEUE}' and state in ('created', 'retry') and start_after <= now()
         and ($1::text[] is null or group_id = any($1::text[]))
       order by id for update skip locked
     ), ranked as (
       select id, 1 - row_number() over (
         partition by group_id
         order by exists (select 1 from backend_dev.trigger where pull_request_id = pull and handled_at is null
           and kind = 'pull-request') desc, created_on, id
       ) as place
       from waiting
     )
     update pgboss.job set priority = ranked.place, start_after = 'epoch' from ranked
     where job.name = '${REVIEW_QUEUE}' and job.id = ranked.id and (job.priority <> ranked.place or job.start_after > 'epoch')`,
    [installations],
  );
}
