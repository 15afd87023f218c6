import { describe, expect, it } from 'vitest';
import { listOldMigrations } from '../../src/scope/old-migrations.ts';

const numbers = Array.from({ length: 12 }, (_, index) => index + 1);

describe('migrations that were applied long ago', () => {
  it.each([
    ['goose', (n: number) => `db/migrations/${n}_a.sql`],
    ['Flyway', (n: number) => `db/migration/V${n}__a.sql`],
    ['Prisma', (n: number) => `prisma/migrations/202601${String(n).padStart(2, '0')}120000_a/migration.sql`],
    ['a folder for each version of the schema', (n: number) => `schema/delta/${n}/add_index.sql`],
    ['a folder for each version with a dot', (n: number) => `schema/v12/visibility/versioned/v1.${n}/add_index.sql`],
    ['code that runs once', (n: number) => `storage/deltas/202604160000${n}_refactor.go`],
    ['Django', (n: number) => `dcim/migrations/00${String(n).padStart(2, '0')}_a.py`],
    ['Kysely', (n: number) => `src/database/migrations/202601${String(n).padStart(2, '0')}T120000-a.ts`],
    ['releases', (n: number) => `server/db/migrations/2.0.0-beta.${n}.js`],
    ['releases of Go code', (n: number) => `internal/migrations/v0.${n}.0.go`],
    ['versions of Go code', (n: number) => `migrations/v${n}.go`],
    ['goose in Go', (n: number) => `db/migrations/000${n}_rename.go`],
    ['bun and xormigrate', (n: number) => `pkg/migration/202601${String(n).padStart(2, '0')}212842.go`],
    ['a word and a version', (n: number) => `modules/oms/migration/Version-1.0.${n}.js`],
    ['a word and underscores', (n: number) => `db/bolt/migrations/migration_2_${n}_1.go`],
    ['a folder for each release, with code', (n: number) => `src/upgrades/1.${n}.0/chat_upgrade.js`],
    ['Knex and Sequelize', (n: number) => `db/migrations/202601${String(n).padStart(2, '0')}120000-a.js`],
    ['TypeORM', (n: number) => `src/migrations/17700000${String(n).padStart(2, '0')}000-A.ts`],
    [
      'TypeORM with the number at the end',
      (n: number) => `src/migrations/A17700000${String(n).padStart(2, '0')}000.ts`,
    ],
    ['Drizzle', (n: number) => `drizzle/00${String(n).padStart(2, '0')}_a.sql`],
    ['golang-migrate', (n: number) => `db/migrations/0000${String(n).padStart(2, '0')}_a.up.sql`],
    ['Alembic with dates', (n: number) => `migrations/versions/2026_01_${String(n).padStart(2, '0')}_1200-a1b2_a.py`],
    ['diesel', (n: number) => `migrations/2026-01-${String(n).padStart(2, '0')}-120000_a/up.sql`],
  ])('%s: all but the newest of a folder', (_, name) => {
    expect([...listOldMigrations(numbers.map(name))].sort()).toEqual(numbers.slice(0, 11).map(name).sort());
  });

  it('Alembic: all that another one comes after, for their names say no order', () => {
    const paths = numbers.map((n) => `alembic/versions/${(n * 7919).toString(16).padStart(12, '0')}_a.py`);
    const linkOf = (path: string) => {
      const n = paths.indexOf(path) + 1;
      return { id: `r${n}`, after: n > 1 ? [`r${n - 1}`] : [] };
    };
    expect([...listOldMigrations(paths, linkOf)]).toEqual(paths.slice(0, -1));
  });

  it('Django: all of many, where several apps number their own', () => {
    const paths = [
      ...numbers.map((n) => `dcim/migrations/00${String(n).padStart(2, '0')}_a.py`),
      'users/migrations/remove_affiliation.py',
      ...numbers.slice(0, 10).map((n) => `ipam/migrations/00${String(n).padStart(2, '0')}_a.py`),
    ];
    expect(listOldMigrations(paths).size).toBe(23);
    expect(listOldMigrations(paths.slice(0, 16)).size).toBe(13);
  });

  it('all of them in one file: which is the last nothing says', () => {
    const logs = ['sql/migrations.sql', 'db/orders_upgrades.sql'];
    expect([...listOldMigrations([...logs, 'sql/orders.sql', 'sql/migration.sql', 'sql/migrations.sql.py'])]).toEqual(
      logs,
    );
  });

  it('counts up and down as one', () => {
    const paths = numbers.flatMap((n) => [`m/${n}_a.up.sql`, `m/${n}_a.down.sql`]);
    expect(listOldMigrations(paths).size).toBe(22);
  });

  it('counts what is dated long before the newest of the tree, in whatever folder', () => {
    const paths = [
      'sql/legacy/20200830130646_a.up.sql',
      'sql/legacy/20200930130646_b.up.sql',
      'sql/now/20260703000000_b.up.sql',
      'src/other/migrations/1777000000000-a.ts',
      'src/rests/migrations/1760000000000-a.ts',
      'src/rests/migrations/1760000000001-b.ts',
      'src/alone/migrations/1760000000000-a.ts',
    ];
    expect([...listOldMigrations(paths)]).toEqual([...paths.slice(0, 2), ...paths.slice(4, 6)]);
  });

  it('knows the names of MikroORM', () => {
    const paths = [
      '0601111544',
      '0709133649',
      '1003094247',
      '1016100917',
      '1106082740',
      '1205122700',
      '1218093000',
    ].map((at) => `packages/product/src/migrations/Migration2024${at}.ts`);
    const setup = 'packages/product/src/migrations/InitialSetup20240227075933.ts';
    expect([...listOldMigrations([setup, ...paths])].sort()).toEqual([setup, ...paths.slice(0, -1)]);
  });

  it('leaves both alone where there are two: the folder has hardly begun', () => {
    expect([
      ...listOldMigrations(['m/00060_a.sql', 'm/00061_b.sql', 'n/1_a.up.sql', 'n/1_a.down.sql', 'n/2_b.up.sql']),
    ]).toEqual([]);
    expect([...listOldMigrations(['m/1.sql', 'm/2.sql', 'm/3.sql'])]).toEqual(['m/1.sql', 'm/2.sql']);
  });

  it('leaves single migrations, other folders and unnumbered files alone', () => {
    const paths = [
      'm/1.sql',
      ...numbers.map((n) => `queries/q${'x'.repeat(n)}.sql`),
      ...numbers.map((n) => `src/${n}fa.ts`),
      ...numbers.map((n) => `src/migrations/${n}fa.ts`),
      ...numbers.map((n) => `pkg/api/v${n}.go`),
      'db/migrations/runner.go',
      'db/migrations/index.ts',
    ];
    expect([...listOldMigrations(paths)]).toEqual([]);
  });
});
