import { describe, expect, it } from 'vitest';
import type { FileAnalysis } from '../../src/analysis/process/task.ts';
import type { Repository } from '../../src/change/repository.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import type { AnalyseOptions } from '../../src/pipeline/review-change.ts';
import { checkMigrations, listFoldersOf } from '../../src/surroundings/check-migrations.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';
import { reviewTrees, type Tree } from '../support/review-trees.ts';

/** What is said of the order of a change's migrations: the rule, the file, and the proof. */
async function review(base: Tree, changed: Tree, options: AnalyseOptions = {}): Promise<string[]> {
  const findings = await reviewTrees(base, changed, options);
  return findings
    .filter(({ ruleId }) => ['migration-edited', 'migration-order-unclear'].includes(ruleId))
    .map(
      ({ ruleId, path, explanation }) =>
        `${ruleId} ${path}: ${/`[^`]*`[^`]*(?:came|has|comes)[^]*$/.exec(explanation)?.[0]}`,
    );
}

const MADE = 'create table orders (id bigint primary key);\n';
const NOTE = 'alter table orders add column note text;\n';
const alembic = (id: string, after: string): string =>
  `from alembic import op\nimport sqlalchemy as sa\nrevision = "${id}"\ndown_revision = ${after}\ndef upgrade():\n    op.add_column("orders", sa.Column("${id}", sa.Integer()))\n`;
const django = (...after: string[]): string =>
  `from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${after.join(', ')}]\n    operations = [migrations.AddField("order", "f${after.length}", models.TextField(null=True))]\n`;
const SHOP = {
  'shop/migrations/0001_initial.py': django('("users", "0001_initial")'),
  'shop/migrations/0002_note.py': django('("shop", "0001_initial")'),
};

describe('the order of migrations', () => {
  it.each([
    [
      'an applied one is changed',
      { 'migrations/0001_init.up.sql': MADE, 'migrations/0002_note.up.sql': NOTE },
      { 'migrations/0001_init.up.sql': MADE.replace('bigint', 'uuid') },
      'migration-edited migrations/0001_init.up.sql: `0002_note.up.sql` came after it on the base.',
    ],
    [
      'one where drizzle-kit keeps them',
      { 'drizzle/0001_init.sql': MADE, 'drizzle/0002_note.sql': NOTE },
      { 'drizzle/0001_init.sql': MADE.replace('bigint', 'uuid') },
      'migration-edited drizzle/0001_init.sql: `0002_note.sql` came after it on the base.',
    ],
    [
      'one in a folder that is called after its database',
      { 'db/pg_migrations/1_init.sql': MADE, 'db/pg_migrations/2_note.sql': NOTE },
      { 'db/pg_migrations/1_init.sql': MADE.replace('bigint', 'uuid') },
      'migration-edited db/pg_migrations/1_init.sql: `2_note.sql` came after it on the base.',
    ],
    [
      'an applied one of Prisma is changed',
      {
        'prisma/migrations/20240101000000_init/migration.sql': MADE,
        'prisma/migrations/20240202000000_note/migration.sql': NOTE,
      },
      { 'prisma/migrations/20240101000000_init/migration.sql': MADE.replace('bigint', 'uuid') },
      'migration-edited prisma/migrations/20240101000000_init/migration.sql: `20240202000000_note` came after it on the base.',
    ],
    [
      'an applied one of Alembic is changed',
      { 'alembic/versions/a1_x.py': alembic('a1', 'None'), 'alembic/versions/b2_y.py': alembic('b2', '"a1"') },
      { 'alembic/versions/a1_x.py': alembic('a1', 'None').replace('Integer', 'String') },
      'migration-edited alembic/versions/a1_x.py: `b2_y.py` came after it on the base.',
    ],
    [
      'a number is there twice, of one database',
      { 'db/1_init.up.sql': MADE, 'db/migrations/2_note.mysql.up.sql': NOTE },
      { 'db/migrations/2_mark.mysql.up.sql': NOTE.replace('note', 'mark') },
      'migration-order-unclear db/migrations/2_mark.mysql.up.sql: `2_note.mysql.up.sql` has the same number.',
    ],
    [
      'a number is there twice',
      { 'db/migration/V1__init.sql': MADE, 'db/migration/V2__note.sql': NOTE },
      { 'db/migration/V2__mark.sql': NOTE.replace('note', 'mark') },
      'migration-order-unclear db/migration/V2__mark.sql: `V2__note.sql` has the same number.',
    ],
    [
      'Alembic has two heads',
      { 'alembic/versions/a1_x.py': alembic('a1', 'None'), 'alembic/versions/b2_y.py': alembic('b2', '"a1"') },
      { 'alembic/versions/c3_z.py': alembic('c3', '"a1"') },
      'migration-order-unclear alembic/versions/c3_z.py: `b2_y.py` comes after the same one (`a1`).',
    ],
    [
      'two of Django come after the same one',
      SHOP,
      { 'shop/migrations/0002_mark.py': django('("shop", "0001_initial")') },
      'migration-order-unclear shop/migrations/0002_mark.py: `0002_note.py` is the last of the application as well: it comes after the same one (`0001_initial`).',
    ],
    [
      'one of Django comes after one in the middle',
      { ...SHOP, 'shop/migrations/0003_more.py': django('("shop", "0002_note")') },
      { 'shop/migrations/0004_mark.py': django('("shop", "0001_initial")', '("users", "0003_more")') },
      'migration-order-unclear shop/migrations/0004_mark.py: `0003_more.py` is the last of the application as well: nothing comes after it either.',
    ],
    [
      'the application of Django has a name of its own',
      {
        'apps/store/migrations/0001_initial.py': django(),
        'apps/store/migrations/0002_note.py': django('("shop", "0001_initial")'),
        'apps/store/migrations/0003_more.py': django('("shop", "0002_note")'),
      },
      { 'apps/store/migrations/0003_mark.py': django('("shop", "0002_note")') },
      'migration-order-unclear apps/store/migrations/0003_mark.py: `0003_more.py` is the last of the application as well: it comes after the same one (`0002_note`).',
    ],
    [
      'an applied one in code writes another text',
      { 'alembic/versions/a1_x.py': alembic('a1', 'None'), 'alembic/versions/b2_y.py': alembic('b2', '"a1"') },
      { 'alembic/versions/a1_x.py': alembic('a1', 'None').replace('"orders"', '"or ders"') },
      'migration-edited alembic/versions/a1_x.py: `b2_y.py` came after it on the base.',
    ],
    [
      'an applied one in code does something behind an import',
      { 'alembic/versions/a1_x.py': alembic('a1', 'None'), 'alembic/versions/b2_y.py': alembic('b2', '"a1"') },
      { 'alembic/versions/a1_x.py': alembic('a1', 'None').replace('as sa\n', 'as sa; op.all = True\n') },
      'migration-edited alembic/versions/a1_x.py: `b2_y.py` came after it on the base.',
    ],
    [
      'another function of another module is asked',
      {
        'alembic/versions/a1_x.py': `import simplejson\n${alembic('a1', 'None')}    rows = simplejson.loads(text)\n`,
        'alembic/versions/b2_y.py': alembic('b2', '"a1"'),
      },
      { 'alembic/versions/a1_x.py': `import json\n${alembic('a1', 'None')}    rows = json.load(text)\n` },
      'migration-edited alembic/versions/a1_x.py: `b2_y.py` came after it on the base.',
    ],
    [
      'a text is written raw that says something else',
      {
        'alembic/versions/a1_x.py': `${alembic('a1', 'None')}\nLINES = text.split("\\n")\n`,
        'alembic/versions/b2_y.py': alembic('b2', '"a1"'),
      },
      { 'alembic/versions/a1_x.py': `${alembic('a1', 'None')}\nLINES = text.split(r"\\n")\n` },
      'migration-edited alembic/versions/a1_x.py: `b2_y.py` came after it on the base.',
    ],
  ])('is told where %s', async (_, base, changed, said) => {
    expect(await review(base as unknown as Tree, changed as unknown as Tree)).toEqual([said]);
    expect(await review(base as unknown as Tree, changed as unknown as Tree, { repository: null })).toEqual([]);
  });

  it.each([
    ['the newest one is changed', { 'migrations/0001_init.up.sql': MADE }, { 'migrations/0001_init.up.sql': NOTE }],
    [
      'an applied one in code is laid out anew, and imports its helper from elsewhere',
      { 'alembic/versions/a1_x.py': alembic('a1', 'None'), 'alembic/versions/b2_y.py': alembic('b2', '"a1"') },
      {
        'alembic/versions/a1_x.py': alembic('a1', 'None')
          .replace('import sqlalchemy as sa', 'from shop.types import (\n    sa,\n)')
          .replace('("orders", sa.', "(\n        'orders',\n        sa."),
      },
    ],
    [
      'another module of the same functions is asked',
      {
        'alembic/versions/a1_x.py': `import simplejson\n${alembic('a1', 'None')}    rows = simplejson.loads(text)\n`,
        'alembic/versions/b2_y.py': alembic('b2', '"a1"'),
      },
      { 'alembic/versions/a1_x.py': `import json\n${alembic('a1', 'None')}    rows = json.loads(text)\n` },
    ],
    [
      'a text is written raw that says the same',
      {
        'alembic/versions/a1_x.py': `${alembic('a1', 'None')}\nTAGS = re.compile("^([\\w\\s]+):", re.I)\n`,
        'alembic/versions/b2_y.py': alembic('b2', '"a1"'),
      },
      { 'alembic/versions/a1_x.py': `${alembic('a1', 'None')}\nTAGS = re.compile(r"^([\\w\\s]+):", re.I)\n` },
    ],
    [
      'a comment is changed',
      { 'migrations/0001_init.up.sql': MADE, 'migrations/0002_note.up.sql': NOTE },
      { 'migrations/0001_init.up.sql': `-- orders\n${MADE}` },
    ],
    [
      'a new one is the next',
      { 'migrations/0001_init.up.sql': MADE },
      {
        'migrations/0002_note.up.sql': NOTE,
        'migrations/0002_note.down.sql': 'alter table orders drop column note;\n',
      },
    ],
    [
      'the test of a new one',
      { 'pkg/migration/20260101000000.go': 'package migration\n' },
      {
        'pkg/migration/20260202000000.go': 'package migration\n\nvar a = 1\n',
        'pkg/migration/20260202000000_test.go': 'package migration\n\nvar b = 1\n',
      },
    ],
    [
      'one migration in the words of several databases',
      { 'db/migrations/1_init.up.sql': MADE },
      {
        'db/migrations/2_note.mysql.up.sql': NOTE,
        'db/migrations/2_note.postgres.autocommit.up.sql': NOTE,
        'db/migrations/2_note.autocommit.up.sql': NOTE,
      },
    ],
    [
      'a version of several parts is another one',
      { 'migrations/v2.15.0-unique.sql': MADE },
      { 'migrations/v2.17.3-subfolder.sql': NOTE },
    ],
    ['another folder has the number', { 'a/migrations/0001_init.sql': MADE }, { 'b/migrations/0001_init.sql': MADE }],
    [
      'two heads are brought together',
      { 'alembic/versions/a1_x.py': alembic('a1', 'None'), 'alembic/versions/b2_y.py': alembic('b2', '"a1"') },
      {
        'alembic/versions/c3_z.py': alembic('c3', '"a1"'),
        'alembic/versions/d4_m.py': alembic('d4', '("b2", "c3")'),
      },
    ],
    [
      'a new one of Alembic comes after the last',
      { 'alembic/versions/a1_x.py': alembic('a1', 'None'), 'alembic/versions/b2_y.py': alembic('b2', '"a1"') },
      { 'alembic/versions/c3_z.py': alembic('c3', '"b2"') },
    ],
    ['a new one of Django is the next', SHOP, { 'shop/migrations/0003_mark.py': django('("shop", "0002_note")') }],
    [
      'two new ones of Django come one after the other',
      SHOP,
      {
        'shop/migrations/0003_mark.py': django('("shop", "0002_note")'),
        'shop/migrations/0003_more.py': django('("shop", "0003_mark")'),
      },
    ],
    [
      'two of Django are brought together',
      SHOP,
      {
        'shop/migrations/0002_mark.py': django('("shop", "0001_initial")'),
        'shop/migrations/0003_merge.py': django('("shop", "0002_note")', '("shop", "0002_mark")'),
      },
    ],
    [
      'what was squashed is there still',
      {
        ...SHOP,
        'shop/migrations/0001_squashed_0002_note.py': `${django()}    replaces = [("shop", "0001_initial"), ("shop", "0002_note")]\n`,
      },
      { 'shop/migrations/0003_mark.py': django('("shop", "0001_squashed_0002_note")') },
    ],
    [
      'another application of Django has such a one',
      { ...SHOP, 'users/migrations/0001_initial.py': django() },
      { 'users/migrations/0002_mark.py': django('("users", "0001_initial")', '("shop", "0001_initial")') },
    ],
  ])('is right where %s', async (_, base, changed) => {
    expect(await review(base as unknown as Tree, changed as unknown as Tree)).toEqual([]);
  });

  it('asks for no more than the folder where one request lists it', async () => {
    const base = { 'db/migration/V1__init.sql': MADE, 'db/migration/V2__note.sql': NOTE };
    const changed = { 'db/migration/V2__mark.sql': NOTE.replace('note', 'mark') };
    const memory = createMemoryRepository({ base, head: { ...base, ...changed } });
    const names = ['V1__init.sql', 'V2__note.sql', 'V2__mark.sql'];
    const repository: Repository = {
      ...memory,
      listFiles: () => Promise.reject(new Error('asked for the whole tree')),
      readHead: async (paths) =>
        new Map([...(await memory.readHead(paths)), ['db/migration/', { kind: 'folder', names }]]),
    };
    const analyses = [analysisOf('db/migration/V2__mark.sql')];
    const [one] = await checkMigrations(analyses, repository, { repository });
    expect(one?.outcomes[0]?.outcome).toMatchObject({
      findings: [{ explanation: 'It is new. `V2__note.sql` has the same number.' }],
    });
    expect(listFoldersOf([{ path: 'db/migration/V2__mark.sql', status: 'added' }])).toEqual(['db/migration/']);
    expect(
      listFoldersOf([
        { path: 'prisma/migrations/20240101000000_init/migration.sql', status: 'added' },
        { path: 'prisma/migrations/20230101000000_init/migration.sql', status: 'modified' },
        { path: 'alembic/versions/a1_x.py', status: 'added' },
        { path: 'src/orders.ts', status: 'added' },
      ]),
    ).toEqual(['prisma/migrations/']);
  });
});

function analysisOf(path: string): FileAnalysis {
  const finding = { explanation: 'It is new.', order: 'new' } as unknown as RawFinding;
  return {
    path,
    outcomes: [{ analyser: 'migrations', outcome: { status: 'analysed', findings: [finding] } }],
  } as unknown as FileAnalysis;
}

it('says nothing of locks in what stands beside the same for PostgreSQL', async () => {
  const index = 'create index a on orders (b);\n';
  const changed = {
    'db/migrations/2_a.up.sql': index,
    'db/migrations/2_a.postgres.up.sql': index,
    'db/migrations/3_a.up.sql': index,
  };
  const base = { 'db/migrations/1_init.up.sql': MADE, 'db/migrations/1_init.postgres.up.sql': MADE };
  const found = await reviewTrees(base, changed);
  expect(found.filter(({ ruleId }) => ruleId === 'index-without-concurrently').map(({ path }) => path)).toEqual([
    'db/migrations/2_a.postgres.up.sql',
    'db/migrations/3_a.up.sql',
  ]);
});

it('says nothing of old migrations of a list that something else was added to', async () => {
  const list = (more: string): string =>
    `package m\n\nimport "github.com/go-gormigrate/gormigrate/v2"\n\n${more}var list = []*gormigrate.Migration{\n\t{Migrate: func(tx *gorm.DB) error { return tx.Exec("DROP TABLE routes").Error }},\n\t{Migrate: func(tx *gorm.DB) error { return tx.Exec("CREATE TABLE a (id int)").Error }},\n}\n`;
  const gone = async (base: string, head: string): Promise<number> =>
    (
      await reviewTrees(
        { 'db/db.go': base, 'db/ask.go': 'package m\n\nconst ask = "select * from routes"\n' },
        { 'db/db.go': head },
      )
    ).filter(({ ruleId }) => ruleId === 'column-dropped-or-renamed').length;
  expect(await gone(list(''), list('const most = 10\n\n'))).toBe(0);
  expect(await gone(list('').replace('DROP TABLE routes', 'SELECT 1'), list(''))).toBe(1);
});
