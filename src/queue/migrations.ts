import type { Database } from './database.ts';

/** In order; a migration that was released is never edited, only followed by another. */
export const MIGRATIONS: readonly string[] = [
  `create table delivery (
     guid text primary key,
     event text not null,
     received_at timestamptz not null default now()
   );
   create table pull_request (
     id bigint generated always as identity primary key,
     installation_id bigint not null,
     repository_id bigint not null,
     number integer not null,
     owner text not null,
     repo text not null,
     failures integer not null default 0,
     unique (repository_id, number)
   );
   create table trigger (
     id bigint generated always as identity primary key,
     pull_request_id bigint not null references pull_request (id) on delete cascade,
     guid text not null unique references delivery (guid) on delete cascade,
     kind text not null,
     payload jsonb not null,
     created_at timestamptz not null default now(),
     handled_at timestamptz
   );
   create index trigger_pending on trigger (pull_request_id) where handled_at is null;
   create table run (
     id uuid primary key,
     pull_request_id bigint not null references pull_request (id) on delete cascade,
     head_sha text not null,
     stage text not null,
     attempts integer not null default 0,
     data jsonb not null default '{}',
     error text,
     review_url text,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   );
   create index run_by_pull_request on run (pull_request_id, created_at desc);`,
  // What the last completed review left, so that the next one reviews what changed since; and what the model cost so far.
  `alter table pull_request add column reviewed jsonb;
   alter table pull_request add column spent_usd double precision not null default 0;`,
  // What an agent reviewed, another has not: `reviewed` is kept by agent.
  `update pull_request set reviewed = jsonb_build_object('backend-dev', reviewed) where reviewed is not null;`,
  // A review is of a head and of the branch that it was compared with; earlier runs do not know theirs.
  `alter table run add column base_ref text;
   create table parked_installation (installation_id bigint primary key, until timestamptz not null);
   create index pull_request_by_installation on pull_request (installation_id);
   -- Who was told once that a command is not theirs, so that it is said once.
   create table refusal (
     pull_request_id bigint not null references pull_request (id) on delete cascade,
     login text not null,
     primary key (pull_request_id, login)
   );`,
  // What is purged by age is found by it.
  `create index delivery_by_age on delivery (received_at);
   create index run_by_age on run (updated_at) where stage in ('done', 'dropped');`,
  // What the model answered, by the key of what it was asked: a crash or a push pays for nothing twice.
  `create table model_answer (
     pull_request_id bigint not null references pull_request (id) on delete cascade,
     key text not null,
     stage text not null,
     value jsonb not null,
     used_at timestamptz not null default now(),
     primary key (pull_request_id, key)
   );
   create index model_answer_by_age on model_answer (used_at);`,
  // Which run is newer is told by a number: after a clock was set back, times tell the opposite.
  `alter table run add column seq bigint;
   update run set seq = numbered.seq from (select id, row_number() over (order by created_at) as seq from run) as numbered
     where run.id = numbered.id;
   alter table run alter column seq set not null, alter column seq add generated always as identity;
   select setval(pg_get_serial_sequence('run', 'seq'), coalesce(max(seq), 0) + 1, false) from run;
   create index run_by_number on run (pull_request_id, seq desc);
   drop index run_by_pull_request;`,
  // What people settled in a repository, and what was proposed to it; the ledgers on GitHub are where it is known from.
  `create table precedent (
     repository_id bigint not null,
     installation_id bigint not null,
     number integer not null,
     -- The finding and its file, hashed.
     place text not null,
     value jsonb not null,
     settled_at timestamptz not null,
     primary key (repository_id, number, place)
   );
   create index precedent_by_age on precedent (settled_at);
   create index precedent_by_installation on precedent (installation_id);
   create table repository (
     repository_id bigint primary key,
     installation_id bigint not null,
     -- When what stood on GitHub was taken over.
     recalled_at timestamptz,
     -- Rules that a summary proposed to switch off, with the number of its pull request.
     proposed jsonb not null default '{}'
   );
   create index repository_by_installation on repository (installation_id);`,
  // What Claude cost, in tokens too, and by repository and day (UTC): a row knows no installation, so that whoever removes the App
  // and adds it again has no new budget.
  `alter table pull_request add column spent_tokens bigint not null default 0;
   create table repository_day (
     repository_id bigint not null,
     day date not null,
     usd double precision not null default 0,
     tokens bigint not null default 0,
     primary key (repository_id, day)
   );
   create index repository_day_by_age on repository_day (day);`,
  // That webhooks come here, by the App that they are for: another one may be registered.
  `create table webhook_seen (
     app_id bigint primary key,
     event text not null,
     at timestamptz not null
   );`,
];

const SCHEMA = 'backend_dev';

/** Brings the schema to the newest version. Two processes that start together take turns on an advisory lock. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(8427001)');
    await tx.query(`create schema if not exists ${SCHEMA}`);
    await tx.query(
      `create table if not exists ${SCHEMA}.migration (version integer primary key, applied_at timestamptz not null default now())`,
    );
    const [row] = await tx.query(`select coalesce(max(version), 0)::integer as version from ${SCHEMA}.migration`);
    const current = Number(row?.version ?? 0);
    await tx.query(`set local search_path to ${SCHEMA}`);
    for (const [index, sql] of MIGRATIONS.entries()) {
      if (index < current) continue;
      await tx.query(sql);
      await tx.query('insert into migration (version) values ($1)', [index + 1]);
    }
  });
}
