import { describe, expect, it } from 'vitest';
import type { AnalyseOptions } from '../../src/pipeline/review-change.ts';
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

describe('the order of migrations', () => {
  it.each([
    [
      'an applied one is changed',
      { 'migrations/0001_init.up.sql': MADE, 'migrations/0002_note.up.sql': NOTE },
      { 'migrations/0001_init.up.sql': MADE.replace('bigint', 'uuid') },
      'migration-edited migrations/0001_init.up.sql: `0002_note.up.sql` came after it on the base.',
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
  ])('is told where %s', async (_, base, changed, said) => {
    expect(await review(base as unknown as Tree, changed as unknown as Tree)).toEqual([said]);
    expect(await review(base as unknown as Tree, changed as unknown as Tree, { repository: null })).toEqual([]);
  });

  it.each([
    ['the newest one is changed', { 'migrations/0001_init.up.sql': MADE }, { 'migrations/0001_init.up.sql': NOTE }],
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
  ])('is right where %s', async (_, base, changed) => {
    expect(await review(base as unknown as Tree, changed as unknown as Tree)).toEqual([]);
  });
});
