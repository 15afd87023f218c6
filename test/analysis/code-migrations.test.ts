import { describe, expect, it } from 'vitest';
import { loadGrammar } from '../../src/analysis/migrations/parse-statements.ts';
import { readCodeMigration } from '../../src/analysis/migrations/read-code-migration.ts';
import { decideCodeTool } from '../../src/change/code-migration.ts';
import type { FileKind } from '../../src/change/source-file.ts';
import { startProcessorClock } from '../support/processor-time.ts';

const grammar = await loadGrammar();
const KINDS: Record<string, FileKind> = { py: 'python', ts: 'typescript', js: 'javascript', go: 'go' };

async function read(path: string, text: string, database?: string, hunks: [] | null = null) {
  const kind = KINDS[path.slice(path.lastIndexOf('.') + 1)] ?? 'python';
  const read = await readCodeMigration(grammar, { path, kind, text, hunks, ...(database && { database }) });
  const line = (offset: number): number => text.slice(0, offset).split('\n').length;
  return read && { hits: read.hits.map(({ kind, table, start }) => `${line(start)} ${kind} ${table}`), gap: read.gap };
}

function alembic(up: string, rest = ''): string {
  return `from alembic import op\nimport sqlalchemy as sa\n${rest}\ndef upgrade():\n${up}\n`;
}

describe('Alembic', () => {
  const PATH = 'alembic/versions/0123456789ab_a.py';

  it('finds SQL at its own line, also after values that are not known', async () => {
    const text = alembic(
      '    op.execute(f"""\n        UPDATE {table} SET a = 1;\n    """)\n    op.execute("""\n\n        DROP TABLE a""")',
    );
    expect(await read(PATH, text)).toEqual({ hits: ['10 drop-table a'], gap: null });
  });

  it.each([
    [
      'a text that is not known',
      '    op.execute(build())\n    op.execute(sql)',
      '2 of 2 statements were not understood: lines 5, 6',
    ],
    ['a column that is not known', '    op.add_column("a", make())', '1 of 1 statement was not understood: line 5'],
    [
      'SQL of another database',
      '    op.execute("ALTER TABLE a MODIFY b INT")',
      '1 of 1 statement was not understood: line 5',
    ],
    [
      'what SQLAlchemy builds changes rows alone',
      '    op.execute(t.insert().values(a=1))\n    op.bulk_insert(t, [])',
      null,
    ],
  ])('says what it does not understand: %s', async (_, up, gap) => {
    expect(await read(PATH, alembic(up))).toEqual({ hits: [], gap });
  });

  it.each([
    ['== "mysql"', []],
    ['.startswith("sqlite")', []],
    ['!= "postgresql"', []],
    ['== "postgresql"', ['6 drop-table a']],
    ['in ("postgresql", "mysql")', ['6 drop-table a']],
  ])('a branch of another database is not run: name %s', async (test, hits) => {
    const text = alembic(
      `    if op.get_bind().dialect.name${test.startsWith('.') ? '' : ' '}${test}:\n        op.drop_table("a")`,
    );
    expect((await read(PATH, text))?.hits).toEqual(hits);
  });

  it('a project of another database is told what means the same there', async () => {
    const text = alembic('    op.drop_table("a")\n    op.create_index("i", "b", ["c"])');
    const gap = 'written for MySQL, not PostgreSQL: only dropped and renamed tables and columns were looked for';
    expect(await read(PATH, text, 'MySQL')).toEqual({ hits: ['5 drop-table a'], gap });
  });

  it('a schema belongs to the table', async () => {
    const text = alembic(
      '    op.create_table("a", schema="x")\n    op.drop_column("a", "b", schema="x")\n    op.drop_column("a", "b")',
    );
    expect((await read(PATH, text))?.hits).toEqual(['7 drop-column a']);
  });

  it.each([
    ['a name that is looked up', '    getattr(op, "drop_column")("users", "name")'],
    ['a name that is looked up in a table', '    {"a": op.drop_column}[KIND]("users", "name")'],
    ['a helper that is not here', '    helpers.clean(op)'],
    ['a helper that is not understood', '    clean()', 'def clean():\n    for one in names():\n        run(op)'],
    ['SQL that something else runs', '    run_all("DROP TABLE users")'],
    ['an operation that is not known', '    op.do_something("users")'],
    ['one in a batch', '    with op.batch_alter_table("users") as batch:\n        batch.do_something("name")'],
  ])('says that it has not read %s', async (_, up, rest = '') => {
    const found = await read(PATH, alembic(up, rest));
    expect(found?.hits).toEqual([]);
    expect(found?.gap).toMatch(/^1 of 1 statement was not understood: line \d+$/);
  });

  it.each([
    ['what is done on the way back', '    pass', 'def downgrade():\n    op.execute(DROP)\n    run_all("DROP TABLE a")'],
    ['another database', '    if op.get_bind().dialect.name == "mysql":\n        run_all("DROP TABLE users")'],
    ['a text of its own', '    op.execute(SQL)', 'SQL = "CREATE TABLE a (id int)"'],
  ])('nothing is missed: %s', async (_, up, rest = '') => {
    expect((await read(PATH, alembic(up, rest)))?.gap).toBeNull();
  });

  it('lists that double are read in a moment', async () => {
    const doubled = Array.from({ length: 40 }, (_, index) => `A${index + 1} = [*A${index}, *A${index}]`).join('\n');
    const held = Array.from({ length: 40 }, (_, index) => `B${index + 1} = [B${index}, B${index}]`).join('\n');
    const up = '    for a in A40:\n        op.drop_column("users", a)\n    use(B40)\n    x = B40';
    const took = startProcessorClock();
    await read(PATH, alembic(up, `A0 = ["a"]\n${doubled}\nB0 = ["a"]\n${held}`));
    expect(took()).toBeLessThan(20_000);
  });

  it('sums in sums are read once', async () => {
    const sum = `${'y + ('.repeat(30)}"DROP TABLE users"${')'.repeat(30)}`;
    await read(PATH, alembic(`    op.execute(${sum})`, 'y = ""'));
  });

  it('more steps than are followed are told', async () => {
    const many = Array.from({ length: 39 }, (_, index) => index).join(', ');
    const up =
      '    for a in A:\n        for b in A:\n            for c in A: pass\n    op.drop_column("users", "name")';
    expect(await read(PATH, alembic(up, `A = [${many}]`))).toEqual({
      hits: [],
      gap: '1 of 1 statement was not understood: line 8; it has more steps than are followed',
    });
  });

  it('a byte order mark is no reason, nor a table called as a database is', async () => {
    const text = `\uFEFF${alembic('    if name == "oracle_accounts":\n        op.drop_table("a")')}`;
    expect(await read(PATH, text)).toMatchObject({ hits: ['6 drop-table a'] });
  });

  it('a function that calls itself and a loop over much have an end', async () => {
    const text = alembic('    again()\n', 'def again():\n    again()\n    op.drop_table("a")\n');
    expect((await read(PATH, text))?.hits.length).toBeGreaterThan(0);
    const rounds = alembic(`    for a in [${'1, '.repeat(500)}]:\n        op.drop_table("a")`);
    expect((await read(PATH, rounds))?.hits).toEqual(['6 drop-table a']);
  });
});

function django(operations: string, fields = ''): string {
  return `from django.db import migrations, models\nclass Migration(migrations.Migration):\n${fields}    operations = [\n${operations}\n    ]\n`;
}

describe('Django', () => {
  const PATH = 'shop/migrations/0002_a.py';

  it.each([
    ['the first migration', '        migrations.DeleteModel("A"),', '    initial = True\n', []],
    ['a squashed one', '        migrations.DeleteModel("A"),', '    replaces = [("shop", "0001_a")]\n', []],
    ['a model', '        migrations.RemoveField("OrderItem", "note"),', '', ['4 drop-column OrderItem']],
    [
      'a table with a name of its own',
      '        migrations.CreateModel("A", [], options={"db_table": "a"}),\n        migrations.RunSQL("ALTER TABLE a DROP COLUMN b"),',
      '',
      [],
    ],
    [
      'SQL about the model that is made here',
      '        migrations.CreateModel("A", []),\n        migrations.RunSQL("CREATE INDEX i ON shop_a (b); CREATE INDEX j ON shop_b (c)"),',
      '',
      ['5 index shop_b'],
    ],
    ['state alone', '        migrations.SeparateDatabaseAndState([], [migrations.DeleteModel("A")]),', '', []],
  ])('%s', async (_, operations, fields, hits) => {
    expect((await read(PATH, django(operations, fields)))?.hits).toEqual(hits);
  });

  const one = '        migrations.RemoveField("OrderItem", "note"),';
  it.each([
    ['a list that is made when it runs', '    operations = [remove(name) for name in NAMES]'],
    ['a list of another file', '    operations = OPERATIONS'],
    ['one that is added to', '    operations = []\n    operations += make()'],
    ['an operation of the project', '    operations = [RemoveNow("a")]'],
    ['a part that is not known', '    operations = [*make()]'],
    ['the first one, which takes something away', `    initial = True\n    operations = [\n${one}\n    ]`],
  ])('says that it has not read %s', async (_, fields) => {
    const text = `from django.db import migrations\nclass Migration(migrations.Migration):\n${fields}\n`;
    const found = await read(PATH, text);
    expect(found?.hits).toEqual([]);
    expect(found?.gap).toMatch(/^1 of 1 statement was not understood: line \d+$/);
  });

  it.each([
    ['two lists', '    operations = [] + [migrations.RemoveField("OrderItem", "note")]', ['3 drop-column OrderItem']],
    ['a way back', '    operations = [migrations.RunPython(forth, back)]', []],
    ['a squashed one', `    replaces = [("shop", "0001_a")]\n    operations = [\n${one}\n    ]`, []],
    ['state alone', '    operations = [migrations.SeparateDatabaseAndState([], [migrations.DeleteModel("A")])]', []],
  ])('nothing is missed: %s', async (_, fields, hits) => {
    const text = `from django.db import migrations\nclass Migration(migrations.Migration):\n${fields}\ndef forth(apps, editor):\n    pass\ndef back(apps, editor):\n    editor.execute("DROP TABLE a")\n`;
    expect(await read(PATH, text)).toEqual({ hits, gap: null });
  });
});

describe('what is taken away and not read, in TypeScript and JavaScript', () => {
  const knex = (up: string): string =>
    `const helpers = require('./helpers');\nexports.up = async (knex) => {\n${up}\n};\nexports.down = async (knex) => { await knex.schema.dropTable(NAME); };\n`;
  it.each([
    [
      'names that are not known',
      '  await knex.schema.table("users", (table) => { for (const one of names()) table.dropColumn(one); });',
    ],
    ['a table that is not known', '  await knex.schema.dropTable(NAME);'],
    ['a helper that is not here', '  await helpers.clean(knex);'],
  ])('%s', async (_, up) => {
    const found = await read('migrations/1_a.js', knex(up));
    expect(found?.hits).toEqual([]);
    expect(found?.gap).toBe('1 of 1 statement was not understood: line 3');
  });
  it('nothing on the way back', async () => {
    expect(await read('migrations/1_a.js', knex('  await knex("users").where({ a: 1 }).del();'))).toEqual({
      hits: [],
      gap: null,
    });
  });
});

describe('builders of TypeScript and JavaScript', () => {
  const knex = (up: string): string =>
    `exports.up = async (knex) => {\n${up}\n};\nexports.down = async (knex) => {};\n`;

  it.each([
    ['a way of another database', "  await knex.raw(isMySQL ? 'DROP TABLE a' : 'DROP TABLE b');", ['2 drop-table b']],
    [
      'cases of databases',
      "  switch (knex.client.config.client) {\n    case 'mysql': await knex.raw('DROP TABLE a'); break;\n    default: await knex.raw('DROP TABLE b');\n  }",
      ['4 drop-table b'],
    ],
    [
      'what is called after',
      "  return knex.schema.dropTable('a').then(() => knex.schema.dropTable('b'));",
      ['2 drop-table a', '2 drop-table b'],
    ],
    [
      'one chain',
      "  await knex.schema.createTable('a', () => {}).dropTable('b').raw('DROP TABLE a');",
      ['2 drop-table b'],
    ],
    [
      'names in a list',
      "  for (const name of ['a', 'b']) await knex.schema.dropTable(name);",
      ['2 drop-table a', '2 drop-table b'],
    ],
    [
      'a transaction',
      "  await knex.transaction(async (trx) => { await trx.raw('DROP TABLE a'); });",
      ['2 drop-table a'],
    ],
    ['a schema', "  await knex.schema.withSchema('x').dropTable('a');", ['2 drop-table x.a']],
  ])('Knex: %s', async (_, up, hits) => {
    expect((await read('migrations/1_a.js', knex(up)))?.hits).toEqual(hits);
  });

  it('SQL that is sent at once is one transaction', async () => {
    const text =
      'exports.up = (db, done) => {\n  db.runSql(`select 1;\n create index concurrently a on b (c)`, done);\n};\nexports.down = () => {};\n';
    expect((await read('migrations/1-a.js', text))?.hits).toEqual(['3 outside-transaction-only b']);
  });
});

describe('other code', () => {
  it.each([
    ['a model', 'a.py', 'from django.db import models\nclass Order(models.Model):\n    pass\n'],
    ['a class of that name', 'a.py', 'class Migration(Base):\n    operations = []\n'],
    ['a service', 'a.ts', 'export async function up() {}\nexport async function down() { await db.query(a); }'],
    ['a use of Alembic', 'a.py', 'from alembic import command\ncommand.upgrade()\n'],
  ])('%s is no migration', async (_, path, text) => {
    expect(await read(path, text)).toBeNull();
  });
});

describe('Go', () => {
  const list = (...all: string[]): string =>
    `package m\n\nimport "github.com/go-gormigrate/gormigrate/v2"\n\nvar list = []*gormigrate.Migration{\n${all.map((one) => `\t{Migrate: func(tx *gorm.DB) error { return ${one} }},`).join('\n')}\n}\n`;

  it('of a list of migrations a scan judges the last one, a change all of them, each by itself', async () => {
    const text = list(
      'tx.Exec("DROP TABLE b").Error',
      'tx.Exec("CREATE TABLE a (id int)").Error',
      'tx.Exec("DROP TABLE a").Error',
    );
    expect(await read('migrations.go', text)).toEqual({ hits: ['8 drop-table a'], gap: null });
    expect(await read('migrations.go', text, undefined, [])).toEqual({
      hits: ['6 drop-table b', '8 drop-table a'],
      gap: null,
    });
  });

  it.each([
    ['a table of a model', 'tx.Migrator().DropColumn(&Order{}, "owner")'],
    ['a text that is not known', 'tx.Exec(build()).Error'],
  ])('says what it does not understand: %s', async (_, call) => {
    expect(await read('migrations.go', list(call))).toEqual({
      hits: [],
      gap: '1 of 1 statement was not understood: line 6',
    });
  });

  it('reads what bun builds as not understood where it changes a table', async () => {
    const bun = (call: string): string =>
      `package m\n\nimport "github.com/uptrace/bun"\n\nfunc up(ctx context.Context, db *bun.DB) error {\n\t_, err := ${call}.Exec(ctx)\n\treturn err\n}\n\nfunc init() { Migrations.MustRegister(up, nil) }\n`;
    expect((await read('m.go', bun('db.NewDropColumn().Model(&Order{}).Column("a")')))?.gap).toContain('line 6');
    expect(await read('m.go', bun('db.NewUpdate().Model(&Order{}).Set("a = 1")'))).toEqual({ hits: [], gap: null });
  });
});

describe('node-pg-migrate', () => {
  const PATH = 'migrations/1700000000000_add-index.js';

  it('is known without a way back, which it works out by itself', async () => {
    const text = "exports.up = (pgm) => {\n  pgm.createIndex('orders', 'carrier', { concurrently: true });\n};\n";
    expect((await read(PATH, text))?.hits).toHaveLength(1);
    expect((await read(PATH, text.replace('{\n', '{\n  pgm.noTransaction();\n')))?.hits).toEqual([]);
  });
});

describe('the tool of a script', () => {
  const text = (before: string): string =>
    `/** queryInterface */\nmodule.exports = {${before}up() {},${before}down() {} };\n`;

  it.each([' ', '\n// ours\n//\n// too\n', '\n/** @type {import("a").B} */\n', '\n// a / b\n/* c * d / e */\n'])(
    'is known behind %j',
    (before) => {
      expect(decideCodeTool({ kind: 'javascript', text: text(before) })).toBe('sequelize');
    },
  );

  it.each(['/', '{//', '{/*', '{/**/', `{//${'{//'.repeat(60)}\n`, `{/*${' {/'.repeat(300)}*/`])(
    'costs no more than its text is long: %j',
    (unit) => {
      const took = startProcessorClock();
      decideCodeTool({ kind: 'javascript', text: `queryInterface {${unit.repeat(100_000 / unit.length)}` });
      expect(took()).toBeLessThan(2000);
    },
  );
});
