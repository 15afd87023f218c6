import type { CodeTool } from '../../change/code-migration.ts';
import type { Comment } from './split-statements.ts';

interface Way {
  /** A comment that the tool reads, or writes. */
  comment?: RegExp;
  path?: RegExp;
  way: string;
}

/**
 * How a statement that PostgreSQL refuses in a transaction gets out of one, in each tool. Sources: pressly.github.io/goose,
 * github.com/rubenv/sql-migrate, amacneil/dbmate#455, drizzle-team/drizzle-orm#860, golang-migrate/migrate#284,
 * github.com/launchbadge/sqlx (sqlx-cli), flyway/flyway#3854, prisma/orm#10601, salsita.github.io/node-pg-migrate,
 * docs.liquibase.com (changeset attributes), github.com/jackc/tern, diesel.rs (metadata.toml), alembic.sqlalchemy.org.
 */
const WAYS: readonly Way[] = [
  {
    path: /(?:^|\/)[VR][\w.]*__[^/]*$/,
    way: 'in a migration of its own: Flyway then opens no transaction (and needs `flyway.postgresql.transactional.lock=false`, or it waits for itself).',
  },
  {
    path: /(?:^|\/)\d{8,}_[^/]*\/migration\.sql$/,
    way: 'as the only statement of its `migration.sql`: before Prisma 7.4 a file of more is one transaction.',
  },
  {
    path: /(?:^|\/)\d{4}-\d\d-\d\d-\d+_[^/]*\/up\.sql$/,
    way: 'in a migration of its own, with `run_in_transaction = false` in its `metadata.toml`.',
  },
  {
    path: /\.up\.\w+$/,
    way: 'as the only statement of its file: golang-migrate sends a file as one transaction (sqlx needs `-- no-transaction` as the first line).',
  },
  { comment: /^\+goose\b/i, way: 'in a migration of its own that begins with `-- +goose NO TRANSACTION`.' },
  { comment: /^\+migrate\s/i, way: 'in a migration of its own under `-- +migrate Up notransaction`.' },
  { comment: /^migrate:up\b/i, way: 'as the only statement of its file, under `-- migrate:up transaction:false`.' },
  {
    comment: /^>\s*statement-breakpoint\b/i,
    way: 'before the deployment and by hand: drizzle runs every migration in a transaction. The migration itself says `CREATE INDEX IF NOT EXISTS`, which then finds it there.',
  },
  {
    comment: /^-*\s*up\s+migration\b/i,
    way: 'in a migration of its own in JavaScript or TypeScript that calls `pgm.noTransaction()`.',
  },
  { comment: /^changeset\s+\S+:\S+/i, way: 'in a changeset of its own with `runInTransaction:false`.' },
  {
    comment: /^--\s*create above \/ drop below\s*--/i,
    way: 'in a migration of its own with the line `---- tern: disable-tx ----`.',
  },
  {
    comment: /^running upgrade\b/i,
    way: 'with `postgresql_concurrently=True` inside `with op.get_context().autocommit_block():`.',
  },
];

/**
 * The same of migrations in code. Sources: alembic.sqlalchemy.org (autocommit_block), docs.djangoproject.com (non-atomic
 * migrations), typeorm.io/docs/migrations/executing, mikro-orm.io/docs/migrations, kysely.dev/docs/migrations,
 * knexjs.org/guide/migrations.html, sequelize.org (addIndex), salsita.github.io/node-pg-migrate, db-migrate.readthedocs.io,
 * pressly.github.io/goose (Go migrations), pkg.go.dev/github.com/go-gormigrate/gormigrate/v2 (Options), bun.uptrace.dev/guide/migrations.html.
 */
export const WAYS_OF_TOOLS: Readonly<Record<CodeTool, string>> = {
  alembic: 'inside `with op.get_context().autocommit_block():`, in a migration of its own.',
  django: 'in a migration of its own with `atomic = False`.',
  typeorm:
    'with `queryRunner.query`, in a migration of its own whose class says `transaction = false` (and `migrationsTransactionMode` is `each` or `none`).',
  mikroorm: 'with `this.addSql`, in a migration of its own whose `isTransactional()` returns false.',
  kysely:
    'before the deployment and by hand: Kysely runs its migrations in one transaction. The migration itself says `.ifNotExists()`, which then finds it there.',
  knex: 'with `knex.raw`, in a migration of its own with `exports.config = { transaction: false }`.',
  sequelize:
    'with `queryInterface.addIndex(…, { concurrently: true })` or `sequelize.query`, outside of a transaction.',
  'node-pg-migrate':
    'with `pgm.createIndex(…, { concurrently: true })` or `pgm.sql`, in a migration of its own that calls `pgm.noTransaction()`.',
  goose: 'in a migration of its own that is registered with `goose.AddMigrationNoTxContext`.',
  gormigrate:
    'with `tx.Exec`, as the only statement of its call and of its migration, and `UseTransaction` of the options false.',
  xormigrate: 'with `tx.Exec`, as the only statement of its call.',
  bun: 'with `db.ExecContext`, as the only statement of its call, outside of `RunInTx`.',
  'db-migrate': 'with `db.runSql`, as the only statement of its call, in a migration that runs without a transaction.',
};

/** The end of a sentence that begins with the statement. */
export function tellWay(path: string, comments: readonly Comment[]): string {
  const known = WAYS.find(
    ({ comment, path: fits }) => fits?.test(path) || (comment && comments.some(({ text }) => comment.test(text))),
  );
  return known?.way ?? 'in a migration of its own, outside a transaction.';
}
