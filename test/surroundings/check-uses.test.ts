import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { Repository } from '../../src/change/repository.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { addAll } from '../../src/diff/patch.ts';
import { AppError } from '../../src/errors.ts';
import { type AnalyseOptions, analyseChange } from '../../src/pipeline/review-change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';

const [agent] = [...loadAgents().values()].filter(({ name }) => name === 'backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map(({ id }) => id)));

type Tree = Record<string, string>;

/** What is said of the drops in the change's files. */
async function review(base: Tree, added: Tree, options: AnalyseOptions = {}): Promise<string[]> {
  const repository = createMemoryRepository({ base, head: { ...base, ...added } });
  const analysis = {
    compare: async () => [],
    outline: async () => [],
    analyse: async (files: Parameters<typeof analyseFile>[1][]) =>
      Promise.all(files.map((file) => analyseFile(analysers, file))),
  };
  const shown = options.whole ? { ...base, ...added } : added;
  const files = Object.entries(shown).map(([path, text]) => ({
    path,
    previousPath: null,
    status: 'added' as const,
    hunks: (path in base && diffTexts(base[path] ?? '', text)) || addAll(text),
    binary: false,
    blob: null,
  }));
  const change = { title: maskText(''), description: maskText(''), base: null, head: null, unlisted: 0, files };
  const { findings } = await analyseChange(change, repository, analysis, { repository, ...options });
  return findings.filter((one) => one.ruleId === 'column-dropped-or-renamed').map((one) => one.explanation);
}

const MADE = { 'migrations/0001_init.sql': 'create table orders (id bigint, is_draft bool, note text);\n' };
const drop = (sql: string): Tree => ({ 'migrations/0002_drop.sql': `${sql}\n` });
const COLUMN = drop('alter table orders drop column is_draft;');
const TABLE = drop('drop table orders;');

describe('what a migration takes away and the release before still uses', () => {
  it.each([
    ['SQL in code', { 'src/a.go': '// find\nvar q = "select is_draft from orders"\n' }, COLUMN, '`src/a.go` (line 2).'],
    [
      'a model',
      { 'app/models.py': 'class Order(Base):\n    is_draft = Column(Boolean)\n' },
      COLUMN,
      '`app/models.py` (line 2).',
    ],
    [
      'a field of a client',
      { 'src/a.ts': 'db.order.findMany({ where: { isDraft: true } });\n' },
      COLUMN,
      '`src/a.ts` (line 1).',
    ],
    [
      'a Prisma schema',
      { 'prisma/schema.prisma': 'model Order {\n  id Int\n  isDraft Boolean @map("is_draft")\n}\n' },
      COLUMN,
      'schema.prisma` (line 3).',
    ],
    [
      'queries in a file',
      { 'db/queries/orders.sql': 'select is_draft from orders;\n' },
      COLUMN,
      'orders.sql` (line 1).',
    ],
    [
      'two files',
      { 'a.java': 'orders is_draft', 'b.rb': 'is_draft of Order' },
      COLUMN,
      '`a.java` (line 1) and one more file.',
    ],
    ['a table', { 'src/a.py': 'q = "select 1 from orders"\n' }, TABLE, '`src/a.py` (line 1).'],
    ['a table by its model', { 'src/a.go': 'type Order struct{}\n' }, TABLE, '`src/a.go` (line 1).'],
    [
      'an old name',
      { 'src/a.go': 'q := "select note from orders"\n' },
      drop('alter table orders rename column note to remark;'),
      '`src/a.go` (line 1).',
    ],
    [
      'the second of two tables',
      { 'src/a.go': 'q := "select 1 from marks"\n', ...MADE },
      drop('drop table orders, marks;'),
      '`src/a.go` (line 1).',
    ],
  ])('is said with the place: %s', async (_, code, change, place) => {
    const [said, ...others] = await review({ ...MADE, ...code }, change);
    expect(others).toEqual([]);
    expect(said).toContain('On the base it is still named in ');
    expect(said?.endsWith(place)).toBe(true);
  });

  it.each([
    ['nobody', {}, COLUMN],
    ['a column of that name of another table', { 'src/a.go': 'q := "select is_draft from letters"\n' }, COLUMN],
    ['a longer name', { 'src/a.ts': 'isDraftTag(orders); export const is_drafts = 1;\n' }, COLUMN],
    ['the migrations', { 'db/migrate/0001.py': 'orders is_draft\n' }, COLUMN],
    ['tests', { 'test/a.test.ts': 'orders is_draft\n' }, COLUMN],
    ['documentation', { 'README.md': 'orders is_draft\n' }, COLUMN],
    ['a dump of the schema', { 'db/structure.sql': 'CREATE TABLE orders (is_draft bool);\n' }, COLUMN],
    ['nobody, of a table', { 'src/a.go': 'package a\n' }, TABLE],
  ])('is not said where it is named by %s', async (_, code, change) => {
    expect(await review({ ...MADE, ...code }, change)).toEqual([]);
  });

  it('is said without a place where the base does not know the table, or nothing can be asked', async () => {
    const plain = /until the last one is replaced\.$/;
    expect(await review({ 'src/a.go': 'package a\n' }, COLUMN)).toEqual([expect.stringMatching(plain)]);
    expect(await review(MADE, COLUMN, { repository: null })).toEqual([expect.stringMatching(plain)]);
    const broken = createMemoryRepository({ base: MADE, head: MADE });
    const refuse: Repository = { ...broken, search: () => Promise.reject(new AppError('GIT_FAILED', 'gone')) };
    expect(await review(MADE, COLUMN, { repository: refuse })).toEqual([expect.stringMatching(plain)]);
    const partly: Repository = {
      ...broken,
      search: async (...asked) => ({ ...(await broken.search(...asked)), missing: 'half of it' }),
    };
    expect(await review(MADE, COLUMN, { repository: partly })).toEqual([expect.stringMatching(plain)]);
  });

  it('counts what the base has: code that the change removes or adds is no answer', async () => {
    const code = { 'src/a.go': 'q := "select is_draft from orders"\n' };
    expect(await review({ ...MADE, ...code }, { ...COLUMN, 'src/a.go': 'package a\n' })).toHaveLength(1);
    expect(await review(MADE, { ...COLUMN, ...code })).toEqual([]);
  });

  it('names a line that the change takes away before others that hold the same word', async () => {
    const code = {
      'src/a.go': 'package a\n// orders\nvar note = 1\n',
      'src/b.go': 'package b\n\nvar q = "select note from orders"\n',
    };
    const gone = { ...drop('alter table orders drop column note;'), 'src/b.go': 'package b\n' };
    const [said, ...others] = await review({ ...MADE, ...code }, gone);
    expect(others).toEqual([]);
    expect(said).toContain('`src/b.go` (line 3) and one more file.');
  });

  it('says the one that is used among very many that nobody uses', async () => {
    const numbers = Array.from({ length: 260 }, (_, index) => index);
    const made = numbers.map((one) => `create table shelf_${one} (id bigint, extra_${one} text);`).join('\n');
    const dropped = numbers.map((one) => `alter table shelf_${one} drop column extra_${one};`).join('\n');
    const base = {
      'migrations/0001_init.sql': `${made}\n${MADE['migrations/0001_init.sql']}`,
      'src/a.go': 'q := "select is_draft from orders"\n',
    };
    const said = await review(base, drop(`${dropped}\nalter table orders drop column is_draft;`));
    expect(said).toEqual([expect.stringContaining('`src/a.go` (line 1).')]);
  });
});

describe('a whole tree', () => {
  const whole = { whole: true, repository: null };
  it('runs after all of its migrations: what they took from tables that it knows is history', async () => {
    expect(await review({ ...MADE, 'go.mod': 'module a\n' }, COLUMN, whole)).toEqual([]);
    expect(await review({ ...MADE, 'svc/go.mod': 'module a\n' }, COLUMN, whole)).toHaveLength(1);
  });

  it('says it of a table that the project does not know, and of no project at all', async () => {
    expect(await review({ 'go.mod': 'module a\n' }, COLUMN, whole)).toHaveLength(1);
    expect(await review(MADE, COLUMN, whole)).toHaveLength(1);
  });
});
