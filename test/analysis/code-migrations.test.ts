import { describe, expect, it } from 'vitest';
import { loadGrammar } from '../../src/analysis/migrations/parse-statements.ts';
import { readCodeMigration } from '../../src/analysis/migrations/read-code-migration.ts';
import type { FileKind } from '../../src/change/source-file.ts';

const grammar = await loadGrammar();
const KINDS: Record<string, FileKind> = { py: 'python', ts: 'typescript', js: 'javascript', go: 'go' };

async function read(path: string, text: string, database?: string) {
  const kind = KINDS[path.slice(path.lastIndexOf('.') + 1)] ?? 'python';
  const read = await readCodeMigration(grammar, { path, kind, text, hunks: null, ...(database && { database }) });
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

  it('more steps than are followed are told', async () => {
    const many = Array.from({ length: 39 }, (_, index) => index).join(', ');
    const up =
      '    for a in A:\n        for b in A:\n            for c in A: pass\n    op.drop_column("users", "name")';
    expect(await read(PATH, alembic(up, `A = [${many}]`))).toEqual({
      hits: [],
      gap: 'it has more steps than are followed',
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
