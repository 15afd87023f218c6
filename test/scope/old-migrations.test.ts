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
    ['diesel', (n: number) => `migrations/2026-01-${String(n).padStart(2, '0')}-120000_a/up.sql`],
  ])('%s: all but the newest of a folder', (_, name) => {
    expect([...listOldMigrations(numbers.map(name))].sort()).toEqual(numbers.slice(0, 11).map(name).sort());
  });

  it('Alembic: all of many, for their names say no order', () => {
    const paths = numbers.map((n) => `alembic/versions/0123456789${String(n).padStart(2, '0')}_a.py`);
    expect(listOldMigrations(paths).size).toBe(12);
    expect(listOldMigrations(paths.slice(0, 3)).size).toBe(0);
  });

  it('Django: all of many, where several apps number their own', () => {
    const paths = [
      ...numbers.map((n) => `dcim/migrations/00${String(n).padStart(2, '0')}_a.py`),
      'users/migrations/remove_affiliation.py',
      ...numbers.slice(0, 10).map((n) => `ipam/migrations/00${String(n).padStart(2, '0')}_a.py`),
    ];
    expect(listOldMigrations(paths).size).toBe(23);
    expect(listOldMigrations(paths.slice(0, 15)).size).toBe(11);
  });

  it('counts up and down as one', () => {
    const paths = numbers.flatMap((n) => [`m/${n}_a.up.sql`, `m/${n}_a.down.sql`]);
    expect(listOldMigrations(paths).size).toBe(22);
  });

  it('counts what is dated a year before the newest of the tree, in whatever folder', () => {
    const paths = [
      'sql/legacy/20200830130646_a.up.sql',
      'sql/now/20260703000000_b.up.sql',
      'sql/now/20251001000000_c.up.sql',
    ];
    expect([...listOldMigrations(paths)]).toEqual(['sql/legacy/20200830130646_a.up.sql']);
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
    expect([...listOldMigrations(paths)].sort()).toEqual(paths.slice(0, -1));
    expect(listOldMigrations(paths.slice(0, 5)).size).toBe(0);
  });

  it('leaves short histories, other folders and unnumbered files alone', () => {
    const paths = [
      ...numbers.slice(0, 5).map((n) => `m/${n}.sql`),
      ...numbers.map((n) => `queries/q${'x'.repeat(n)}.sql`),
      ...numbers.map((n) => `src/${n}fa.ts`),
    ];
    expect([...listOldMigrations(paths)]).toEqual([]);
  });
});
