import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../src/change/change.ts';
import { SEVERAL } from '../../src/change/source-file.ts';
import { addDatabases } from '../../src/surroundings/add-databases.ts';
import { findDatabases, OTHERS } from '../../src/surroundings/find-database.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';

async function find(file: string, base: Record<string, string>): Promise<string | undefined> {
  const repository = createMemoryRepository({ base, head: base });
  return (await findDatabases([file], Object.keys(base), (paths) => repository.readBase(paths))).get(file);
}

const FILE = 'svc/db/migrations/0002_a.sql';

describe('the database of a migration, by what stands beside it', () => {
  it.each([
    ["Prisma's lock", { 'svc/db/migrations/migration_lock.toml': '# Please\nprovider = "mysql"\n' }, 'MySQL'],
    [
      'a Prisma schema',
      {
        'svc/prisma/schema.prisma':
          'generator client {\n provider = "prisma-client-js"\n}\ndatasource db {\n  provider = "sqlite"\n}\n',
      },
      'SQLite',
    ],
    ['Drizzle', { 'svc/drizzle.config.ts': "export default { dialect: 'turso' };\n" }, 'SQLite'],
    ['sqlc', { 'svc/sqlc.yaml': 'sql:\n  - engine: "mysql"\n    schema: db\n' }, 'MySQL'],
    ['Knex', { 'svc/knexfile.js': "module.exports = { client: 'pg' };\n" }, 'PostgreSQL'],
    ['Alembic', { 'alembic.ini': 'sqlalchemy.url = mysql+pymysql://a@b/c\n' }, 'MySQL'],
    ['a neighbour', { 'svc/db/migrations/0001_a.sql': 'create table a (id int) ENGINE=InnoDB;\n' }, 'MySQL'],
    ['a driver of Go', { 'svc/go.mod': 'require github.com/go-sql-driver/mysql v1.8.1\n' }, 'MySQL'],
    ['a driver of Node', { 'package.json': '{"dependencies":{"better-sqlite3":"12.0.0"}}' }, 'SQLite'],
    ['a driver of Python', { 'svc/requirements.txt': 'asyncpg==0.30\n' }, 'PostgreSQL'],
  ])('%s', async (_, base, database) => {
    expect(await find(FILE, base as Record<string, string>)).toBe(database);
  });

  it.each([
    ['nothing', {}],
    [
      'a comment of a neighbour',
      { 'svc/db/migrations/0001_a.sql': "-- no AUTO_INCREMENT here\ninsert into a values ('engine=x');\n" },
    ],
    ['two engines', { 'svc/sqlc.yaml': 'sql:\n  - engine: mysql\n  - engine: postgresql\n' }],
    [
      'another service',
      { 'other/go.mod': 'github.com/go-sql-driver/mysql v1\n', 'other/sqlc.yaml': 'engine: mysql\n' },
    ],
    ['a longer name', { 'svc/package.json': '{"dependencies":{"mysql2-mock":"1"}}' }],
  ])('is not said by %s', async (_, base) => {
    expect(await find(FILE, base as Record<string, string>)).toBeUndefined();
  });

  it.each([
    [
      'drivers of two others',
      { 'svc/go.mod': 'github.com/go-sql-driver/mysql v1\nmodernc.org/sqlite v1\n' },
      'MySQL or SQLite',
    ],
    ['Python without a driver', { 'svc/requirements.txt': 'django==5.2\n' }, 'SQLite', 'svc/shop/migrations/0002_a.py'],
    [
      'two drivers, one of PostgreSQL',
      { 'svc/go.mod': 'github.com/go-sql-driver/mysql v1\ngithub.com/jackc/pgx/v5 v5\n' },
      SEVERAL,
    ],
    [
      'a folder of requirements',
      { 'svc/pyproject.toml': '[project]\nname = "shop"\n', 'svc/requirements/requirements.in': 'psycopg>=3\n' },
      'PostgreSQL',
      'svc/shop/migrations/0002_a.py',
    ],
    [
      'drivers as extras',
      { 'svc/pyproject.toml': '"SQLAlchemy[mariadb-connector,postgresql-psycopg] ~= 2.0"\n' },
      SEVERAL,
    ],
    [
      'an extra that brings a driver along',
      { 'svc/pyproject.toml': 'dependencies = ["sqlalchemy[postgresql]==1.4"]\n' },
      'PostgreSQL',
      'svc/shop/migrations/0002_a.py',
    ],
    [
      'an extra of Poetry',
      { 'svc/pyproject.toml': 'databases = { version = "^0.9", extras = ["mysql"] }\n' },
      'MySQL',
      'svc/shop/migrations/0002_a.py',
    ],
    [
      'Python with drivers of several',
      { 'svc/requirements.txt': 'psycopg[binary]==3.2\nmysqlclient==2\n' },
      SEVERAL,
      'svc/shop/migrations/0002_a.py',
    ],
  ])('%s', async (_, base, database, file = FILE) => {
    expect(await find(file, base as unknown as Record<string, string>)).toBe(database);
  });

  it('the nearest says it, and a tool before a driver', async () => {
    const base = {
      'svc/go.mod': 'github.com/go-sql-driver/mysql v1\n',
      'svc/db/sqlc.yaml': 'engine: sqlite\n',
      'sqlc.yaml': 'engine: mysql\n',
    };
    expect(await find(FILE, base)).toBe('SQLite');
  });
});

describe('a migration with a twin for PostgreSQL', () => {
  const text = 'alter table a drop column b;\n';
  const old = { 'db/0001_a.sql': text, 'db/0001_a.pg.sql': text };
  it.each([
    ['is for the others where the base has the twin', { 'db/0002_b.pg.sql': text }, ['db/0002_b.sql'], OTHERS],
    ['and where the folder has such pairs', old, ['db/0002_b.sql', 'db/0002_b.pg.sql'], OTHERS],
    ['is judged where the change brings the first twin', {}, ['db/0002_b.sql', 'db/0002_b.pg.sql'], undefined],
    ['is judged without a twin in a folder of pairs', old, ['db/0002_b.sql'], undefined],
  ])('%s', async (_, base, paths, database) => {
    const repository = createMemoryRepository({ base, head: base });
    const sources = [{ path: 'db/0002_b.sql', kind: 'sql' as const, text, hunks: null }];
    const files = paths.map((path) => ({ path })) as ChangedFile[];
    const [one] = await addDatabases(sources, { files }, repository, { repository });
    expect(one?.database).toBe(database);
  });
});
