import { z } from 'zod';
import { hashIdentity } from '../ledger/marker.ts';
import { type Precedents, Settled } from '../ledger/precedent.ts';
import type { Learned } from '../pipeline/run.ts';
import { cleanValue } from '../text/clean-value.ts';
import type { Database, Queryable } from './database.ts';

/** What was settled in repositories: a copy of what our comments on GitHub say, so that it is at hand. */
export interface PrecedentStore {
  /** Of the repository of a pull request. */
  read(pullRequestId: string): Promise<Precedents>;
  /** Adds what a pull request taught. */
  write(pullRequestId: string, learned: Learned): Promise<void>;
  /** Whether what stands on GitHub was taken over: when the database is new, it was not. */
  isRecalled(pullRequestId: string): Promise<boolean>;
  /** Takes it over. `at`: when it was settled, in ISO 8601. */
  recall(pullRequestId: string, found: readonly (Learned & { number: number; at: string })[]): Promise<void>;
}

/** So many are looked through, the newest. */
const MOST = 1000;

const Proposed = z.record(z.string(), z.number());

export function createPrecedentStore(database: Database): PrecedentStore {
  return {
    read: async (pullRequestId) => {
      const rows = await database.query(
        `select s.number, s.value from backend_dev.precedent s join backend_dev.pull_request p using (repository_id)
         where p.id = $1 order by s.settled_at desc, s.number desc, s.place limit ${MOST}`,
        [pullRequestId],
      );
      const [row] = await database.query(
        'select r.proposed from backend_dev.repository r join backend_dev.pull_request p using (repository_id) where p.id = $1',
        [pullRequestId],
      );
      const proposed = Proposed.safeParse(row?.proposed).data ?? {};
      return {
        list: rows.flatMap(({ number, value }) => {
          const { data } = Settled.safeParse(value);
          return data ? [{ ...data, number: Number(number) }] : [];
        }),
        proposed: new Map(Object.entries(proposed)),
      };
    },
    write: (pullRequestId, learned) => database.transaction((tx) => writeLearned(tx, pullRequestId, learned)),
    isRecalled: async (pullRequestId) => {
      const rows = await database.query(
        `select 1 from backend_dev.repository r join backend_dev.pull_request p using (repository_id)
         where p.id = $1 and r.recalled_at is not null`,
        [pullRequestId],
      );
      return rows.length > 0;
    },
    recall: (pullRequestId, found) =>
      database.transaction(async (tx) => {
        for (const { number, at, ...learned } of found) await writeLearned(tx, pullRequestId, learned, { number, at });
        await tx.query(
          `insert into backend_dev.repository (repository_id, installation_id, recalled_at)
             select repository_id, installation_id, now() from backend_dev.pull_request where id = $1
           on conflict (repository_id) do update set recalled_at = now()`,
          [pullRequestId],
        );
      }),
  };
}

/**
 * Nothing is written for a pull request that is not known any more: the App may have been uninstalled meanwhile.
 *
 * @param other another pull request of the same repository, and when that was settled
 */
export async function writeLearned(
  tx: Queryable,
  pullRequestId: string,
  { settled, proposed }: Learned,
  other: { number: number; at: string } | null = null,
): Promise<void> {
  for (const one of settled)
    await tx.query(
      `insert into backend_dev.precedent (repository_id, installation_id, number, place, value, settled_at)
         select repository_id, installation_id, coalesce($2::integer, number), $3, $4::jsonb, coalesce($5::timestamptz, now())
         from backend_dev.pull_request where id = $1
       on conflict (repository_id, number, place) do update set value = excluded.value`,
      [
        pullRequestId,
        other?.number ?? null,
        hashIdentity(one.id, one.path),
        JSON.stringify(cleanValue(one)),
        other?.at,
      ],
    );
  if (proposed.length > 0)
    await tx.query(
      `insert into backend_dev.repository (repository_id, installation_id, proposed)
         select repository_id, installation_id, (
           select jsonb_object_agg(rule, coalesce($2::integer, number)) from unnest($3::text[]) as rule)
         from backend_dev.pull_request where id = $1
       on conflict (repository_id) do update set proposed = excluded.proposed || backend_dev.repository.proposed`,
      [pullRequestId, other?.number ?? null, [...proposed]],
    );
}
