import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import { createAcceptedBy } from '../../src/analysis/migrations/accepted-by.ts';
import { loadGrammar } from '../../src/analysis/migrations/parse-statements.ts';
import { readMigration } from '../../src/analysis/migrations/read-migration.ts';
import { SEVERAL, type SourceFile } from '../../src/change/source-file.ts';

const grammar = await loadGrammar();
const [agent] = [...loadAgents().values()].filter(({ name }) => name === 'backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map(({ id }) => id)));

function read(text: string, path = 'migrations/0001_change.sql') {
  const { hits, gap } = readMigration(grammar, { path, text });
  return { hits: hits.map(({ kind, table }) => `${kind} ${table}`), gap };
}

const DROP = 'alter table orders drop column note;';

describe('a statement that is not understood costs itself and is named', () => {
  it.each([
    ['a misspelled word', `selec 1;\n${DROP}`, '1 of 2 statements was not understood: line 1'],
    [
      'a tool of its own',
      `${DROP}\nfrobnicate the orders;\n\n@@ what;`,
      '2 of 3 statements were not understood: lines 2, 4',
    ],
    [
      'a NUL, at which the parser would stop',
      `${DROP}\nselect 1 \0, 2;`,
      '1 of 2 statements was not understood: line 2',
    ],
    ['another file', `${DROP}\n\\i more.sql\n`, '1 of 2 statements was not understood: line 2'],
    [
      'text that is built at run time',
      `${DROP}\ndo $$ begin execute format('drop table %I', 'a'); end $$;`,
      '1 of 3 statements was not understood: line 2',
    ],
    ['an unterminated quote', `${DROP}\nselect 'it;\ndrop table a;`, '1 of 2 statements was not understood: line 2'],
    ['an open parenthesis', `create table a (id int;\n${DROP}`, '1 of 2 statements was not understood: line 1'],
  ])('%s', (_, text, gap) => {
    expect(read(text)).toEqual({ hits: ['drop-column orders'], gap });
  });

  it('makes the file clipped, never reviewed', async () => {
    const file = { path: 'migrations/1.sql', kind: 'sql' as const, text: `selec 1;\n${DROP}`, hunks: null };
    const { outcomes } = await analyseFile(analysers, file);
    expect(outcomes.find(({ analyser }) => analyser === 'migrations')?.outcome).toMatchObject({
      status: 'clipped',
      reason: '1 of 2 statements was not understood: line 1',
      findings: [{ ruleId: 'column-dropped-or-renamed', startLine: 2 }],
    });
  });
});

it('what is taken away on one line is said once, each by its name', async () => {
  const text = 'alter table orders drop column note, drop column memo; drop table carts;\n';
  const file = { path: 'migrations/1.sql', kind: 'sql' as const, text, hunks: null };
  const { outcomes } = await analyseFile(analysers, file);
  const outcome = outcomes.find(({ analyser }) => analyser === 'migrations')?.outcome;
  expect(outcome).toMatchObject({ findings: [{ ruleId: 'column-dropped-or-renamed', startLine: 1 }] });
  const [finding] = outcome && outcome.status !== 'failed' ? outcome.findings : [];
  expect(finding?.explanation).toMatch(/^`alter table orders drop column note` /i);
  expect(finding?.explanation).toMatch(/ The same holds of `.*memo`, `drop table carts` on this line\.$/i);
});

describe('what is no SQL keeps its place', () => {
  it.each([
    ['psql commands', `\\set ON_ERROR_STOP on\n\\connect shop\n${DROP}`],
    ['psql variables', `alter table :orders add column a int default :'value';\n${DROP}`],
    ['a byte order mark', `\ufeff${DROP}`],
    ['Flyway', `insert into a values (\${value});\n${DROP}`],
    ['Go templates', `{{ if .Big }}\ndelete from "{{ index .Options "Namespace" }}"."a" where b;\n{{ end }}\n${DROP}`],
    ['COPY data', `copy a (b) from stdin;\n1;drop table a;\n'\n\\.\n${DROP}`],
    ['a function', `create function f() returns int language sql begin atomic select 1; select 2; end;\n${DROP}`],
    ['a rule', `create rule r as on insert to a do (delete from b where c; delete from d where e);\n${DROP}`],
    ['a dollar quote in a dollar quote', `do $a$ begin perform $b$ ; $b$; end $a$;\n${DROP}`],
    ['an escaped quote', `select e'it\\'s; drop table a;';\n${DROP}`],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual({ hits: ['drop-column orders'], gap: null });
  });

  it('is shown to people as it was written', () => {
    expect(read('alter table ${schema}.orders drop column note;').hits).toEqual(['drop-column ${schema}.orders']);
    expect(read('alter table "{{ index .O "Ns" }}".orders drop column a;').hits).toEqual([
      'drop-column "{{ index .O "Ns" }}".orders',
    ]);
  });
});

describe('the database that a file is for', () => {
  const kin = (dialect: string): string =>
    `written for ${dialect}, not PostgreSQL: only dropped and renamed tables and columns were looked for`;

  it.each([
    ['create table `a` (id int);', 'MySQL or SQLite'],
    ['create table a (id int auto_increment primary key);', 'MySQL'],
    ['create table a (id integer primary key autoincrement);', 'SQLite'],
    ['pragma foreign_keys = off;', 'SQLite'],
    ['create table a (at datetime);', 'MySQL or SQLite'],
    ['alter table a modify column b text;', 'MySQL'],
    ['create table [dbo].[a] ([id] int);', 'SQL Server'],
  ])('%s', (text, dialect) => {
    const { hits, gap } = read(`${text}\n${DROP}`);
    if (dialect === 'SQL Server')
      expect([hits, gap]).toEqual([[], 'written for SQL Server, not PostgreSQL: not analysed']);
    else expect([hits, gap?.split('; ')[0]]).toEqual([['drop-column orders'], kin(dialect)]);
  });

  it.each([
    ['an index', 'create index a on orders (b);', []],
    ['a foreign key', 'alter table orders add constraint f foreign key (a) references b (id);', []],
    ['a dump', 'drop table if exists `a`;\ncreate table `a` (id int auto_increment) engine=InnoDB;', []],
    ['a required column', 'alter table `a` add column `b` varchar(20) not null;', []],
    ['an index that goes', 'alter table `a` drop index `b`, drop key `c`;', []],
    [
      'a dropped column',
      'alter table `shop`.`orders` drop column `note`, drop `memo`;',
      ['drop-column shop.orders', 'drop-column shop.orders'],
    ],
    ['a dropped table', 'drop table `marks`;', ['drop-table marks']],
    ['a new name', 'alter table `a` rename column `b` to `c`;', ['rename-column a']],
  ])('%s for MySQL is judged by what means the same there', (_, text, hits) => {
    const found = read(text, 'schema/mysql/v8/visibility/versioned/v1.1/index.sql');
    expect(found.hits).toEqual(hits);
    expect(found.gap).toContain(kin('MySQL'));
  });

  it('names what may take something away in words that are not understood', () => {
    expect(
      read(
        'alter table `a` change column b c int;\ninsert into a values (1) on duplicate key update b = 2;',
        'mysql/1.sql',
      ).gap,
    ).toBe(`${kin('MySQL')}; 1 of 2 statements was not understood: line 1`);
  });

  it('is SQLite, which refuses a new column without a value, and makes tables anew', () => {
    const rebuilt =
      'create table "new_a" (id integer primary key autoincrement);\ninsert into "new_a" select id from "a";\ndrop table "a";\nalter table "new_a" rename to "a";';
    expect(read(rebuilt, 'sqlite/1.sql')).toEqual({ hits: [], gap: kin('SQLite') });
    expect(read('alter table a add column b text not null;', 'sqlite/1.sql').hits).toEqual(['required-column a']);
    expect(read("alter table a add column b text not null default '';", 'sqlite/1.sql').hits).toEqual([]);
  });

  it('knows of a table in words of another dialect that nobody uses it yet', () => {
    const made = 'create table a (b timestamp default current_timestamp());\n';
    const hitsOf = (text: string): readonly string[] => read(text, 'migrations/1.sql').hits;
    expect(hitsOf(`${made}create index c on a (b);`)).toEqual([]);
    expect(hitsOf(`${made}alter table a rename to d;`)).toEqual([]);
    expect(hitsOf(`${made}create index c on e (b);`)).toEqual(['index e']);
  });

  it('is what the repository beside it says, where the file does not', () => {
    const index = 'create index a on orders (b);';
    const beside = (database: string, text = index) =>
      readMigration(grammar, { path: 'migrations/1.sql', text, database }).hits.map(({ kind }) => kind);
    expect(beside('MySQL')).toEqual([]);
    expect(beside('SQLite')).toEqual([]);
    expect(beside('PostgreSQL')).toEqual(['index']);
    expect(beside(SEVERAL)).toEqual(['index']);
    expect(beside('MySQL', `alter table a add column b jsonb;\n${index}`)).toEqual(['index']);
  });

  it('is also said by its folder', () => {
    expect(read(DROP, 'db/mysql/migrations/1.sql').gap).toContain('MySQL');
    expect(read(DROP, 'db/migrations/1_a.sqlite3.up.sql').gap).toContain('SQLite');
  });

  it.each([
    ['a comment', `-- AUTO_INCREMENT, ENGINE=InnoDB, PRAGMA\n${DROP}`],
    ['a string', `insert into a values ('auto_increment \`x\`');\n${DROP}`],
    ['a name', `alter table a add column "auto_increment" int, add column datetime timestamptz;\n${DROP}`],
  ])('is not said by %s', (_, text) => {
    expect(read(text)).toEqual({ hits: ['drop-column orders'], gap: null });
  });

  it('is PostgreSQL where only PostgreSQL has what the file uses: the rest is a mistake', () => {
    expect(read(`alter table a add column b jsonb;\nalter table a modify column c text;\n${DROP}`)).toEqual({
      hits: ['drop-column orders'],
      gap: '1 of 3 statements was not understood: line 2',
    });
  });
});

describe('undo and description', () => {
  it.each([
    'migrations/000017_dock.down.sql',
    'migrations/0018_dock_down.sql',
    'migrations/2024-01-01-000000_dock/down.sql',
    'db/migration/U7__dock.sql',
    'migrations/0007.undo.dock.sql',
    'revert/dock.sql',
    'db/structure.sql',
    'db/schema.sql',
  ])('%s is run on nothing that is in use', (path) => {
    expect(read(DROP, path)).toEqual({ hits: [], gap: null });
  });

  it.each([
    'migrations/000017_dock.up.sql',
    'db/migration/V7__structure.sql',
    'migrations/0008_schema.sql',
    'migrations/0009_countdown.sql',
  ])('%s is a change', (path) => {
    expect(read(DROP, path).hits).toEqual(['drop-column orders']);
  });

  it('markers of a tool mean nothing in the file of another', () => {
    const text = `-- +goose Down\n${DROP}`;
    expect(read(text, 'db/migration/V8__a.sql').hits).toEqual(['drop-column orders']);
    expect(read(text, 'migrations/1_a.up.sql').hits).toEqual(['drop-column orders']);
    expect(read(`-- down\n${DROP}`).hits).toEqual(['drop-column orders']);
  });

  it('a second Up section counts again', () => {
    expect(read(`-- +goose Up\nselect 1;\n-- +goose Down\ndrop table a;\n-- +goose Up\n${DROP}`).hits).toEqual([
      'drop-column orders',
    ]);
  });
});

describe('one string of several statements is one transaction', () => {
  const one = 'create index concurrently a on orders (b);';
  it('golang-migrate', () => {
    expect(read(one, 'migrations/1_a.up.sql').hits).toEqual([]);
    expect(read(`${one}\n${one}`, 'migrations/1_a.up.sql').hits).toHaveLength(2);
  });
  it('Prisma splits its files', () => {
    expect(read(`${one}\n${one}`, 'prisma/migrations/20260101000000_a/migration.sql').hits).toEqual([]);
  });
});

describe('actions of one statement', () => {
  it('stand on their own lines', () => {
    const { hits } = readMigration(grammar, {
      path: 'migrations/1.sql',
      text: 'alter table orders\n  add column a numeric(10, 2),\n  drop column note,\n  alter column b set not null;',
    });
    const lines = hits.map(({ kind, statement }) => [kind, statement.replace(/\s+/g, ' ')]);
    expect(lines).toEqual([
      ['drop-column', 'alter table orders drop column note'],
      ['not-null', 'alter table orders alter column b set not null'],
    ]);
  });
});

/** Each about a megabyte. What they cost is counted in work that is bounded, not in time: a busy machine is no failure. */
describe('one cause in one file is said once', () => {
  const analyse = async (text: string, hunks: SourceFile['hunks'] = null) => {
    const { outcomes } = await analyseFile(analysers, { path: 'migrations/1.sql', kind: 'sql', text, hunks });
    const own = outcomes.find(({ analyser }) => analyser === 'migrations')?.outcome;
    return own && own.status !== 'failed'
      ? own.findings
          // What the other migrations of the repository decide.
          .filter(({ order }) => order === undefined)
          .map(({ ruleId, startLine, explanation }) => `${ruleId} ${startLine}: ${explanation.split('. ').at(-1)}`)
      : [];
  };
  const indexes = (count: number): string =>
    Array.from({ length: count }, (_, at) => `create index i${at} on orders (c${at});`).join('\n');

  it('with the lines of the others', async () => {
    expect(await analyse(indexes(2))).toEqual([
      'index-without-concurrently 1: One more statement here does the same to this table: line 2.',
    ]);
    expect(await analyse(indexes(42))).toEqual([
      'index-without-concurrently 1: 41 more statements here do the same to this table: lines 2, 3, 4, 5, 6, 7, 8, 9, ….',
    ]);
  });

  it('at the statement that the change touches', async () => {
    const text = indexes(3);
    const line = (at: number, kind: 'added' | 'context') => ({
      kind,
      oldLine: kind === 'added' ? null : at,
      newLine: at,
      text: text.split('\n')[at - 1] ?? '',
    });
    const hunks = [{ oldStart: 1, newStart: 1, lines: [line(1, 'context'), line(2, 'context'), line(3, 'added')] }];
    expect(await analyse(text, hunks)).toEqual([
      'index-without-concurrently 3: 2 more statements here do the same to this table: lines 1, 2.',
    ]);
  });

  it('but two tables, two columns and two rules are several', async () => {
    expect(await analyse('create index a on orders (b);\ncreate index c on parcels (d);')).toHaveLength(2);
    expect(await analyse('alter table orders drop column a;\nalter table orders drop column b;')).toHaveLength(2);
    expect(
      await analyse('create index a on orders (b);\nalter table orders alter column b set not null;'),
    ).toHaveLength(2);
  });
});

describe('a table that is made anew', () => {
  const NEW = 'create table feed (id int);\ninsert into feed select id from feed_old;\n';
  it.each([
    ['under its name, the old one renamed', `alter table feed rename to feed_old;\n${NEW}drop table feed_old;`, []],
    ['where the old one is renamed, and none is made', 'alter table feed rename to feed_old;', ['rename-table feed']],
    ['where nobody renamed the one that goes', `${NEW}drop table feed_old;`, ['drop-table feed_old']],
  ])('%s', (_, text, hits) => {
    expect(read(text).hits).toEqual(hits);
  });
});

describe('a service that has drivers of several databases', () => {
  const judge = async (text: string, database?: string): Promise<string[]> => {
    const file = { path: 'migrations/1.sql', kind: 'sql', text, hunks: null, ...(database && { database }) } as const;
    const { outcomes } = await analyseFile(analysers, file);
    const own = outcomes.find(({ analyser }) => analyser === 'migrations')?.outcome;
    const found = own && own.status !== 'failed' ? own.findings : [];
    return found.map(({ ruleId, confidence, explanation }) =>
      [ruleId, confidence, ...(explanation.match(/other databases/) ?? [])].join(' '),
    );
  };
  it.each([
    ['a lock of PostgreSQL', 'create index a on orders (b);', ['index-without-concurrently low other databases']],
    ['what is gone in each', 'alter table orders drop column note;', ['column-dropped-or-renamed high']],
  ])('%s', async (_, text, expected) => {
    expect(await judge(text, SEVERAL)).toEqual(expected);
  });

  it('a lock where PostgreSQL is the only one, or nothing says which', async () => {
    const sure = ['index-without-concurrently high'];
    expect(await judge('create index a on orders (b);', 'PostgreSQL')).toEqual(sure);
    expect(await judge('create index a on orders (b);')).toEqual(sure);
  });
});

describe('how an index is built beside the traffic depends on the tool', () => {
  const INDEX = 'create index a on orders (b);';
  it.each([
    ['migrations/1.sql', INDEX, 'outside a transaction'],
    ['migrations/1.sql', `-- +goose Up\n${INDEX}`, '-- +goose NO TRANSACTION'],
    ['migrations/1.sql', `-- migrate:up\n${INDEX}`, 'transaction:false'],
    ['migrations/1.sql', `-- +migrate Up\n${INDEX}`, 'notransaction'],
    ['migrations/1.sql', `--changeset ann:1\n${INDEX}`, 'runInTransaction:false'],
    ['drizzle/0001_a.sql', `select 1;\n--> statement-breakpoint\n${INDEX}`, 'IF NOT EXISTS'],
    ['db/migration/V8__a.sql', INDEX, 'transactional.lock=false'],
    ['prisma/migrations/20260101000000_a/migration.sql', INDEX, 'only statement of its `migration.sql`'],
    ['migrations/000002_a.up.sql', INDEX, 'golang-migrate'],
    ['migrations/2026-01-01-000000_a/up.sql', INDEX, 'metadata.toml'],
  ])('%s: %s', async (path, text, way) => {
    const { outcomes } = await analyseFile(analysers, { path, kind: 'sql', text, hunks: null });
    const own = outcomes.find(({ analyser }) => analyser === 'migrations')?.outcome;
    const [finding] = own && own.status !== 'failed' ? own.findings : [];
    expect(finding?.fix).toContain(way);
    expect(finding?.fix).not.toContain('{{');
  });
});

describe('a statement that somebody accepts', () => {
  const found = async (text: string, path = 'migrations/0002_change.sql', foreign = false) => {
    const kind = path.endsWith('sql') ? ('sql' as const) : ('python' as const);
    const file = { path, kind, text, hunks: null, foreign };
    const { outcomes } = await analyseFile(analysers, file);
    const outcome = outcomes.find(({ analyser }) => analyser === 'migrations')?.outcome;
    const findings = outcome && 'findings' in outcome ? outcome.findings : [];
    return findings.map(({ startLine, severity, explanation }) => ({
      at: `${startLine} ${severity}`,
      says: /Line \d+ says.*$/.exec(explanation)?.[0] ?? null,
    }));
  };

  it('is the least, and says who accepts it and why', async () => {
    const says = 'Line 1 says that `Ann` accepts this: `nothing reads it since 4.2`.';
    const accepted = '-- backend-dev: accepted by Ann: nothing reads it since 4.2\n';
    expect(await found(`${accepted}alter table orders\n  drop column note;\n`)).toEqual([{ at: '2 low', says }]);
  });

  it('is what it was, and says who accepts it, where that comes from a fork', async () => {
    const accepted = '-- backend-dev: accepted by Ann: nothing reads it since 4.2\n';
    const [one, none] = await found(`${accepted}alter table orders\n  drop column note;\n`, undefined, true);
    expect(one).toEqual({
      at: '2 medium',
      says: expect.stringMatching(/`Ann` accepts this: .*It comes from a fork, so/),
    });
    expect(none).toBeUndefined();
  });

  it('is that one alone: the next, and an older one of the same table, are said as ever', async () => {
    const text = `create index on orders (a);
-- backend-dev: accepted by Ann: written at night
create index on orders (b);
create index on orders (c);
`;
    const all = await found(text);
    expect(all.map(({ at }) => at)).toEqual(['1 medium', '3 low']);
  });

  it('reaches no further than its statement, whatever comment stands behind that', async () => {
    const text =
      '-- backend-dev: accepted by Ann: unused\ndrop table a; /* done */\ndrop table b; /* so */ -- and\ndrop table c;\n';
    expect((await found(text)).map(({ at, says }) => [at, says === null])).toEqual([
      ['2 low', false],
      ['3 medium', true],
      ['4 medium', true],
    ]);
  });

  it('is found in linear time, of one statement that never ends and of a file full of it', () => {
    const one = '-- backend-dev: accepted by Ann: unused\n';
    for (const text of [`${one}${'a,\n'.repeat(90_000)}`, one.repeat(40_000)]) {
      const acceptedBy = createAcceptedBy({ path: 'migrations/1.sql', kind: 'sql', text, hunks: null });
      const asked = Array.from({ length: 40_000 }, (_, at) => acceptedBy({ startLine: at + 1, endLine: at + 1 }));
      expect(asked.filter((one) => one !== undefined).length).toBe(40_000);
    }
  });

  it('needs a name and a reason', async () => {
    expect(await found(`-- backend-dev: accepted\n${DROP}`)).toEqual([{ at: '2 medium', says: null }]);
    expect(await found(`-- backend-dev: accepted by Ann:\n${DROP}`)).toEqual([{ at: '2 medium', says: null }]);
  });

  it('is accepted where it stands in code as well', async () => {
    const text = `from alembic import op
def upgrade():
    # backend-dev: accepted by Ann: nothing reads it
    op.drop_column("orders", "note")
    op.drop_column("orders", "memo")
`;
    const all = await found(text, 'alembic/versions/0002_change.py');
    expect(all.map(({ at }) => at)).toEqual(['4 low', '5 medium']);
  });
});
