import { describe, expect, it } from 'vitest';
import type { FileAnalysis } from '../../src/analysis/process/task.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import { tellUniques } from '../../src/surroundings/uniques/tell-uniques.ts';
import { finding as aFinding } from '../support/finding.ts';

const EXPLANATION =
  'Two requests at once both find nothing by `prisma.user.findUnique` (line 2), and both come to `prisma.user.create`: with a unique constraint the second one fails with an error that nothing here catches, without one there are two rows.';
const ROW = { nouns: ['user'], by: ['where', 'email', 'input'] };

async function tell(files: Record<string, string>, row = ROW): Promise<RawFinding | undefined> {
  const path = 'src/users.ts';
  const finding: RawFinding = {
    ...aFinding(),
    ruleId: 'row-created-twice',
    source: 'data-flow',
    trace: [],
    symbol: 'Users.signUp',
    explanation: EXPLANATION,
    path,
    row,
  };
  const analysis = {
    path,
    outcomes: [{ analyser: 'facts', outcome: { status: 'analysed', findings: [finding] } }],
  } as unknown as FileAnalysis;
  const find = async (words: readonly string[]): Promise<Map<string, string>> =>
    new Map(Object.entries(files).filter(([, text]) => words.some((word) => text.includes(word))));
  const [made] = await tellUniques([analysis], find);
  const outcome = made?.outcomes[0]?.outcome;
  return outcome && outcome.status !== 'failed' ? outcome.findings[0] : undefined;
}

const UNIQUE = { 'prisma/schema.prisma': 'model User {\n  id Int @id\n  email String @unique\n}\n' };
const PLAIN = { 'prisma/schema.prisma': 'model User {\n  id Int @id\n  email String\n}\n' };

describe('a row that two requests create at once, by what the schemas say', () => {
  it('an error that nothing catches', async () => {
    const found = await tell(UNIQUE);
    expect(found?.title).toBe('Nothing catches the violation when two requests create this row');
    expect(found?.explanation).toBe(
      'Two requests at once both find nothing by `prisma.user.findUnique` (line 2), and both come to `prisma.user.create`: the column is unique (`prisma/schema.prisma`, line 3), so the second one fails with an error that nothing catches, and its caller gets a 500 where the others are told that it is there.',
    );
    expect(found && 'row' in found).toBe(false);
  });

  const INDEX = 'create table users (id int, email text);\ncreate unique index users_email on users (email);\n';
  it.each([
    ['dropped later', { '001_a.sql': INDEX, '002_b.sql': 'drop index if exists users_email;\n' }, false],
    ['dropped by what undoes it', { '001_a.sql': INDEX, '001_a.down.sql': 'drop index users_email;\n' }, true],
    ['dropped before', { '002_a.sql': INDEX, '001_b.sql': 'drop index if exists users_email;\n' }, true],
    [
      'dropped and made anew',
      { '001_a.sql': INDEX, '002_b.sql': `drop index users_email;\n${INDEX.split('\n')[1]}\n` },
      true,
    ],
    [
      'dropped where alembic undoes it',
      {
        'a1_x.py': "op.create_table('users')\nop.create_unique_constraint('uq_email', 'users', ['email'])\n",
        'b2_y.py': "def upgrade():\n    pass\ndef downgrade():\n    op.drop_constraint('uq_email', 'users')\n",
      },
      true,
    ],
  ])('an index: %s', async (_, files, kept) => {
    const found = await tell(files);
    expect(found?.title.startsWith('Nothing catches')).toBe(kept);
  });

  it('two rows', async () => {
    const found = await tell(PLAIN);
    expect(found?.title).toBe(aFinding().title);
    expect(found?.explanation).toContain(
      ': no unique index is seen on what is looked for (the table is made in `prisma/schema.prisma`, line 1), so there are two rows then.',
    );
  });

  it.each([
    ['of another table', { 'a.sql': 'create table teams (id int, email text unique);\n' }],
    ['nothing', {}],
  ])('what is not known: %s', async (_, files) => {
    expect((await tell(files))?.explanation).toBe(EXPLANATION);
  });

  it.each([
    [
      'a unique column that is not looked for',
      { 'm.py': 'class User(models.Model):\n    code = models.TextField(unique=True)\n' },
    ],
    [
      'one of two columns',
      { 'm.go': 'type User struct {\n\tEmail string `gorm:"uniqueIndex:a"`\n\tTenant int `gorm:"uniqueIndex:a"`\n}\n' },
    ],
  ])('two rows beside %s', async (_, files) => {
    expect((await tell(files))?.explanation).toContain('no unique index is seen');
  });

  it.each([
    [
      'a filter of all handlers',
      {
        'src/filter.ts':
          "@Catch(Prisma.PrismaClientKnownRequestError)\nclass F { catch(e) { if (e.code === 'P2002') return 409; } }\n",
      },
    ],
    [
      'middleware of Express',
      { 'src/errors.js': "app.use((err, req, res, next) => { if (err.code === '23505') res.status(409).end(); });\n" },
    ],
    [
      'a handler of FastAPI',
      { 'app.py': '@app.exception_handler(IntegrityError)\nasync def taken(request, error): ...\n' },
    ],
    [
      'a caller',
      { 'src/routes.ts': "try { await users.signUp(body); } catch (error) { if (error.code === 'P2002') taken(); }\n" },
    ],
  ])('nothing where %s catches it', async (_, files) => {
    expect(await tell({ ...UNIQUE, ...files })).toBeUndefined();
  });

  it.each([
    [
      'another function',
      { 'src/teams.ts': "try { await teams.add(body); } catch (error) { if (error.code === 'P2002') taken(); }\n" },
    ],
    ['a test', { 'test/users.test.ts': "it('signUp', () => expect(signUp()).rejects.toThrow('P2002'))\n" }],
  ])('it is said where %s catches', async (_, files) => {
    expect((await tell({ ...UNIQUE, ...files }))?.title).toContain('Nothing catches');
  });

  it('a repository that cannot be searched', async () => {
    const [made] = await tellUniques([], null);
    expect(made).toBeUndefined();
  });
});

it('a thousand indexes that are dropped are not each looked for, and none of them twice', async () => {
  const names = Array.from({ length: 1000 }, (_, at) => `u${at}_email`);
  const files = new Map([
    ['001_a.sql', names.map((name) => `create unique index ${name} on users (email);\n`).join('')],
    ['002_b.sql', names.map((name) => `drop index ${name};\n`).join('')],
  ]);
  const finding = { ...aFinding(), explanation: EXPLANATION, path: 'a.ts', row: ROW } as RawFinding;
  const analyses = ['a.ts', 'b.ts'].map((path) => ({
    path,
    outcomes: [{ analyser: 'facts', outcome: { status: 'analysed', findings: [{ ...finding, path }] } }],
  })) as unknown as FileAnalysis[];
  let searches = 0;
  await tellUniques(analyses, async () => {
    searches++;
    return files;
  });
  expect(searches).toBeLessThan(25);
});
