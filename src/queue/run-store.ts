import { z } from 'zod';
import type { StageMemory } from '../pipeline/model-reviewer.ts';
import type { Till } from '../pipeline/purse.ts';
import { mayHaveWritten, type Run, RunData, STAGES } from '../pipeline/run.ts';
import { Reviewed } from '../scope/scope.ts';
import { cleanText, cleanValue } from '../text/clean-value.ts';
import { cutText } from '../text/cut-text.ts';
import { createTill } from './create-till.ts';
import type { Database } from './database.ts';
import { IS_PARKED, parkInstallation } from './park-installation.ts';
import { writeLearned } from './precedent-store.ts';
import { PullRequestKey, Trigger } from './trigger.ts';

export interface Pending {
  key: PullRequestKey;
  /** Its installation is suspended: all is kept, nothing is done. */
  parked: boolean;
  triggers: { id: string; trigger: Trigger }[];
}

/** What is reviewed: a head, compared with a branch. */
export type Compared = Pick<Run, 'headSha' | 'baseRef'>;

/** Everything about reviews that must survive a crash. */
export interface RunStore {
  /** A pull request and what waits for it; null when it is not known any more. */
  readPending(pullRequestId: string): Promise<Pending | null>;
  /** Done with these; the pull request's failures are forgotten. */
  markHandled(pullRequestId: string, triggerIds: readonly string[]): Promise<void>;
  /** GitHub said that the installation is suspended. */
  park(installationId: number): Promise<void>;
  /** Who was told on this pull request that a command is not theirs. */
  listRefused(pullRequestId: string): Promise<Set<string>>;
  noteRefused(pullRequestId: string, login: string): Promise<void>;
  /** The unfinished run of this comparison, one attempt further, or a new one. */
  openRun(pullRequestId: string, of: Compared): Promise<Run>;
  /** Writes stage and data; a run that is done leaves `reviewed` with its pull request and what it learned with its repository, in the same transaction. */
  saveRun(pullRequestId: string, run: Run): Promise<void>;
  /** What the last completed review of each agent left; what cannot be read any more is left out. */
  readReviewed(pullRequestId: string): Promise<Map<string, Reviewed>>;
  /** What Claude costs for this pull request, and for its repository today. */
  openTill(pullRequestId: string): Till;
  /** Notes a handled error; `forgive` does not count the attempt, since the fault was not the run's. */
  recordError(run: Run, error: string, forgive: boolean): Promise<void>;
  /** How many times in a row this pull request failed, this one included. */
  countFailure(pullRequestId: string): Promise<number>;
  /** Whether the newest run of the agent that reviews automatically is one of this comparison, and complete. */
  isReviewed(pullRequestId: string, of: Compared): Promise<boolean>;
  /** Unfinished runs of other heads or bases: superseded, with what is needed to close their checks. */
  listAbandoned(pullRequestId: string, of: Compared): Promise<Run[]>;
  /** Gives a run up; `reviewed` is forgotten if it may have been overtaken by what the run wrote. */
  dropRun(run: Run): Promise<void>;
  /** What the model answered in reviews of this pull request. */
  openMemory(pullRequestId: string): StageMemory;
  /** Whether something came after a trigger that makes the review of today's head useless. */
  hasMoved(pullRequestId: string, afterTriggerId: string): Promise<boolean>;
  /** Pull requests with waiting triggers, for start-up and the sweep. */
  listWaiting(): Promise<{ pullRequestId: string; installationId: string }[]>;
}

const RunRow = z.object({
  id: z.string(),
  head_sha: z.string(),
  base_ref: z.string().nullable(),
  stage: z.enum(STAGES),
  attempts: z.coerce.number(),
  data: RunData,
});

const toRun = (row: unknown, resumed: boolean): Run => {
  const { id, head_sha: headSha, base_ref: baseRef, stage, attempts, data } = RunRow.parse(row);
  return { id, headSha, baseRef, stage, attempts, resumed, data };
};

function toJson(value: unknown): string {
  return JSON.stringify(cleanValue(value));
}

export function createRunStore(database: Database): RunStore {
  const columns = 'id::text, head_sha, base_ref, stage, attempts, data';
  return {
    readPending: (pullRequestId) =>
      database.transaction(async (tx) => {
        // The lock waits for deliveries that are being written for this pull request: none of them is missed.
        const [pull] = await tx.query(
          `select installation_id, repository_id, number, owner, repo, exists (select 1 from backend_dev.parked_installation s
             where s.installation_id = pull_request.installation_id and ${IS_PARKED}) as parked
           from backend_dev.pull_request where id = $1 for update`,
          [pullRequestId],
        );
        if (!pull) return null;
        // By the number: `order by id` alone takes the column of the answer, a text, and puts 10 before 9.
        const rows = await tx.query(
          'select id::text, payload from backend_dev.trigger where pull_request_id = $1 and handled_at is null order by trigger.id',
          [pullRequestId],
        );
        const key = PullRequestKey.parse({
          installationId: Number(pull.installation_id),
          repositoryId: Number(pull.repository_id),
          number: Number(pull.number),
          owner: pull.owner,
          repo: pull.repo,
        });
        return {
          key,
          parked: pull.parked === true,
          triggers: rows.map((row) => ({ id: String(row.id), trigger: Trigger.parse(row.payload) })),
        };
      }),
    markHandled: (pullRequestId, ids) =>
      database.transaction(async (tx) => {
        await tx.query('update backend_dev.pull_request set failures = 0 where id = $1', [pullRequestId]);
        await tx.query('update backend_dev.trigger set handled_at = now() where id = any($1::bigint[])', [[...ids]]);
      }),
    park: (installationId) => parkInstallation(database, installationId),
    listRefused: async (pullRequestId) => {
      const rows = await database.query('select login from backend_dev.refusal where pull_request_id = $1', [
        pullRequestId,
      ]);
      return new Set(rows.map((row) => String(row.login)));
    },
    noteRefused: async (pullRequestId, login) => {
      await database.query(
        'insert into backend_dev.refusal (pull_request_id, login) values ($1, $2) on conflict do nothing',
        [pullRequestId, login],
      );
    },
    openRun: (pullRequestId, { headSha, baseRef }) =>
      database.transaction(async (tx) => {
        const [open] = await tx.query(
          `update backend_dev.run set attempts = attempts + 1, updated_at = now()
           where id = (select id from backend_dev.run where pull_request_id = $1 and head_sha = $2
             and (base_ref is null or base_ref = $3) and stage not in ('done', 'dropped') order by seq desc limit 1)
           returning ${columns}`,
          [pullRequestId, headSha, baseRef],
        );
        if (open) return toRun(open, true);
        const [row] = await tx.query(
          `insert into backend_dev.run (id, pull_request_id, head_sha, base_ref, stage, attempts)
           values (gen_random_uuid(), $1, $2, $3, 'started', 1) returning ${columns}`,
          [pullRequestId, headSha, baseRef],
        );
        return toRun(row, false);
      }),
    saveRun: (pullRequestId, run) =>
      database.transaction(async (tx) => {
        const { reviewed, learned, ...rest } = run.data;
        const done = run.stage === 'done';
        await tx.query(
          'update backend_dev.run set stage = $2, data = $3::jsonb, error = null, updated_at = now() where id = $1',
          [run.id, run.stage, toJson(done ? rest : run.data)],
        );
        if (done && reviewed)
          await tx.query(
            "update backend_dev.pull_request set reviewed = coalesce(reviewed, '{}') || $2::jsonb where id = $1",
            [pullRequestId, toJson({ [reviewed.agent]: reviewed })],
          );
        if (done && learned) await writeLearned(tx, pullRequestId, learned);
      }),
    readReviewed: async (pullRequestId) => {
      const [row] = await database.query('select reviewed from backend_dev.pull_request where id = $1', [
        pullRequestId,
      ]);
      const byAgent = z.record(z.string(), z.unknown()).safeParse(row?.reviewed).data ?? {};
      return new Map(
        Object.entries(byAgent).flatMap(([agent, value]) => {
          const { data } = Reviewed.safeParse(value);
          return data ? [[agent, data] as const] : [];
        }),
      );
    },
    openTill: (pullRequestId) => createTill(database, pullRequestId),
    recordError: async (run, error, forgive) => {
      await database.query(
        'update backend_dev.run set error = $2, attempts = greatest(0, attempts - $3), updated_at = now() where id = $1',
        [run.id, cutText(cleanText(error), 2000), forgive ? 1 : 0],
      );
    },
    countFailure: async (pullRequestId) => {
      const [row] = await database.query(
        'update backend_dev.pull_request set failures = failures + 1 where id = $1 returning failures',
        [pullRequestId],
      );
      return Number(row?.failures ?? 1);
    },
    isReviewed: async (pullRequestId, { headSha, baseRef }) => {
      // The newest, given up or not: what was begun after a review may have changed what stands there.
      const [row] = await database.query(
        `select stage = 'done' and head_sha = $2 and (base_ref is null or base_ref = $3) as reviewed
         from backend_dev.run where pull_request_id = $1 and data->>'automatic' is distinct from 'false'
         order by seq desc limit 1`,
        [pullRequestId, headSha, baseRef],
      );
      return row?.reviewed === true;
    },
    listAbandoned: async (pullRequestId, { headSha, baseRef }) => {
      const rows = await database.query(
        `select ${columns} from backend_dev.run where pull_request_id = $1 and (head_sha <> $2 or base_ref <> $3)
         and stage not in ('done', 'dropped')`,
        [pullRequestId, headSha, baseRef],
      );
      return rows.map((row) => toRun(row, true));
    },
    dropRun: (run) =>
      database.transaction(async (tx) => {
        const [row] = await tx.query(
          "update backend_dev.run set stage = 'dropped', data = '{}', updated_at = now() where id = $1 returning pull_request_id::text as pull",
          [run.id],
        );
        if (mayHaveWritten(run))
          await tx.query('update backend_dev.pull_request set reviewed = null where id = $1', [row?.pull]);
      }),
    openMemory: (pullRequestId) => ({
      read: async (key) => {
        const [row] = await database.query(
          'update backend_dev.model_answer set used_at = now() where pull_request_id = $1 and key = $2 returning value',
          [pullRequestId, key],
        );
        return row?.value ?? null;
      },
      write: async (key, { stage }, value) => {
        await database.query(
          `insert into backend_dev.model_answer (pull_request_id, key, stage, value) values ($1, $2, $3, $4::jsonb)
           on conflict (pull_request_id, key) do update set value = excluded.value, used_at = now()`,
          [pullRequestId, key, stage, toJson(value)],
        );
      },
    }),
    hasMoved: async (pullRequestId, afterTriggerId) => {
      const [row] = await database.query(
        `select exists (select 1 from backend_dev.trigger where pull_request_id = $1 and id > $2::bigint
           and (payload->>'kind' = 'closed' or payload->>'action' in ('synchronize', 'retargeted'))) as moved`,
        [pullRequestId, afterTriggerId],
      );
      return row?.moved === true;
    },
    listWaiting: async () => {
      const rows = await database.query(
        `select distinct p.id::text as id, p.installation_id::text as installation
         from backend_dev.trigger t join backend_dev.pull_request p on p.id = t.pull_request_id
         where t.handled_at is null and not exists (select 1 from backend_dev.parked_installation s
           where s.installation_id = p.installation_id and ${IS_PARKED})
         limit 1000`,
      );
      return rows.map((row) => ({ pullRequestId: String(row.id), installationId: String(row.installation) }));
    },
  };
}
