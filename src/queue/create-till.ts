import { z } from 'zod';
import type { Cost, Spent, Till } from '../pipeline/purse.ts';
import type { Database, Queryable } from './database.ts';

const Row = z.object({
  repository_id: z.coerce.number(),
  day: z.string(),
  spent_usd: z.number(),
  spent_tokens: z.coerce.number(),
  day_usd: z.number(),
  day_tokens: z.coerce.number(),
});

const TODAY = "(now() at time zone 'utc')::date";

/**
 * What was spent, in the database: for every process, and over restarts. A day is the database's, in UTC. An estimate stands
 * until its answer is there; of a process that ended in between, it stands for good.
 */
export function createTill(database: Database, pullRequestId: string): Till {
  const select = (on: Queryable) =>
    on.query(
      `select p.repository_id::text, ${TODAY}::text as day, p.spent_usd, p.spent_tokens::text,
         coalesce(d.usd, 0)::double precision as day_usd, coalesce(d.tokens, 0)::text as day_tokens
       from backend_dev.pull_request p
       left join backend_dev.repository_day d on d.repository_id = p.repository_id and d.day = ${TODAY}
       where p.id = $1`,
      [pullRequestId],
    );
  return {
    read: async () => {
      const [row] = await select(database);
      return row === undefined ? { pullRequest: { usd: 0, tokens: 0 }, day: { usd: 0, tokens: 0 } } : toSpent(row);
    },
    reserve: (estimate, refuse) =>
      database.transaction(async (tx) => {
        const [locked] = await tx.query(
          `insert into backend_dev.repository_day (repository_id, day)
           select repository_id, ${TODAY} from backend_dev.pull_request where id = $1
           on conflict (repository_id, day) do update set usd = repository_day.usd returning 1`,
          [pullRequestId],
        );
        if (!locked) return { refused: 'the repository was removed from the App' };
        const [row] = await select(tx);
        const refused = refuse(toSpent(row));
        if (refused !== null) return { refused };
        const { repository_id: repositoryId, day } = Row.parse(row);
        const at = { pullRequestId, repositoryId, day };
        await add(tx, at, estimate);
        return { correct: (by) => database.transaction((later) => add(later, at, by)) };
      }),
  };
}

function toSpent(row: unknown): Spent {
  const { spent_usd, spent_tokens, day_usd, day_tokens } = Row.parse(row);
  return { pullRequest: { usd: spent_usd, tokens: spent_tokens }, day: { usd: day_usd, tokens: day_tokens } };
}

/** The day first, always: two that wait for each other would wait for ever. A pull request that is gone meanwhile still cost its day. */
async function add(
  tx: Queryable,
  { pullRequestId, repositoryId, day }: { pullRequestId: string; repositoryId: number; day: string },
  { usd, tokens }: Cost,
): Promise<void> {
  await tx.query(
    `update backend_dev.repository_day set usd = greatest(0, usd + $3), tokens = greatest(0, tokens + $4)
     where repository_id = $1 and day = $2::date`,
    [repositoryId, day, usd, tokens],
  );
  await tx.query(
    `update backend_dev.pull_request set spent_usd = greatest(0, spent_usd + $2), spent_tokens = greatest(0, spent_tokens + $3)
     where id = $1`,
    [pullRequestId, usd, tokens],
  );
}
