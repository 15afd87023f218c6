import { expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import type { FileAnalysis } from '../../src/analysis/process/task.ts';
import type { SourceFile } from '../../src/change/source-file.ts';
import { AppError } from '../../src/errors.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import { followImports } from '../../src/surroundings/follow-imports.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';

const source = (path: string, text = ''): SourceFile => ({ path, kind: 'javascript', text, hunks: null });

const alone: FileAnalysis = {
  path: 'src/a.js',
  outcomes: [
    { analyser: 'rules', outcome: { status: 'analysed', findings: [] } },
    { analyser: 'data-flow', outcome: { status: 'analysed', findings: [] } },
  ],
  wanted: [{ path: 'src/a.js', module: './b' }],
  before: null,
  causes: [],
  masked: null,
  values: [],
  syntaxErrors: null,
};

/** Each round wants the next file of a chain, and the last one is clipped: that is what the caller sees of the joining. */
function createChain(): { analysis: Analysis; asked: string[][] } {
  const asked: string[][] = [];
  const analysis: Analysis = {
    analyse: (files) =>
      Promise.resolve(
        files.map((file) => {
          const beside = (file.beside ?? []).map(({ path }) => path);
          asked.push(beside);
          const next = { 'src/b.js': './c', 'src/c.js': './d' }[beside.at(-1) ?? ''];
          return {
            ...alone,
            path: file.path,
            outcomes: [
              {
                analyser: 'data-flow',
                outcome: { status: 'clipped' as const, findings: [], reason: beside.join(' ') },
              },
            ],
            ...(next === undefined ? { wanted: [] } : { wanted: [{ path: beside.at(-1) ?? '', module: next }] }),
          };
        }),
      ),
    compare: () => Promise.resolve([]),
    outline: () => Promise.resolve([]),
  };
  return { analysis, asked };
}

const tree = [source('src/a.js'), source('src/b.js'), source('src/c.js'), source('src/d.js'), source('src/e.js')];

it('puts the files beside that the way goes through, one after the other, and keeps what other analysers said', async () => {
  const { analysis, asked } = createChain();
  const [one] = await followImports([alone], tree, analysis, { repository: null, whole: true });
  expect(asked).toEqual([['src/b.js'], ['src/b.js', 'src/c.js'], ['src/b.js', 'src/c.js', 'src/d.js']]);
  expect(one?.outcomes).toEqual([
    { analyser: 'rules', outcome: { status: 'analysed', findings: [] } },
    { analyser: 'data-flow', outcome: { status: 'clipped', findings: [], reason: 'src/b.js src/c.js src/d.js' } },
  ]);
});

it('asks nothing again where nothing is wanted, or the file is not there', async () => {
  const { analysis, asked } = createChain();
  const { wanted: _, ...quiet } = alone;
  expect(await followImports([quiet], tree, analysis, { repository: null, whole: true })).toEqual([quiet]);
  expect(await followImports([alone], [source('src/a.js')], analysis, { repository: null, whole: true })).toEqual([
    alone,
  ]);
  expect(asked).toEqual([]);
});

it('takes nothing away where the second look fails, and tells that it was followed no further', async () => {
  const failing: Analysis = {
    ...createChain().analysis,
    analyse: (files) =>
      Promise.resolve(
        files.map(({ path }) => ({
          ...alone,
          path,
          outcomes: [{ analyser: 'data-flow', outcome: { status: 'failed' as const, reason: 'it hung' } }],
        })),
      ),
  };
  const [one] = await followImports([alone], tree, failing, { repository: null, whole: true });
  expect(one?.outcomes).toEqual([
    { analyser: 'rules', outcome: { status: 'analysed', findings: [] } },
    {
      analyser: 'data-flow',
      outcome: {
        status: 'clipped',
        findings: [],
        reason: 'what it gives to other files was not followed to the end: it hung',
      },
    },
  ]);
});

it('has so much time for all files of a change, and as much as it takes for a whole tree', async () => {
  const given: number[] = [];
  const { analysis, asked } = createChain();
  const within = (ms: number): Analysis => {
    given.push(ms);
    return analysis;
  };
  const repository = createMemoryRepository({ base: {}, head: Object.fromEntries(tree.map(({ path }) => [path, ''])) });
  await followImports([alone], [source('src/a.js')], { ...analysis, within }, { repository, whole: false });
  expect(asked).toHaveLength(3);
  expect(given).toEqual([10_000]);
  await followImports([alone], tree, { ...analysis, within }, { repository: null, whole: true });
  expect(asked).toHaveLength(6);
  expect(given).toHaveLength(1);
});

const found: RawFinding = {
  ruleId: 'sql-injection',
  principle: 'security/use-parameterized-queries',
  title: 'Request input becomes SQL text',
} as RawFinding;

it('what was not compared with the base is new on lines of the change alone', async () => {
  const again: Analysis = {
    ...createChain().analysis,
    analyse: (files) =>
      Promise.resolve(
        files.map(({ path }) => ({
          ...alone,
          path,
          wanted: [],
          outcomes: [{ analyser: 'data-flow', outcome: { status: 'analysed' as const, findings: [found] } }],
        })),
      ),
  };
  const [one] = await followImports([{ ...alone, before: [] }], tree, again, { repository: null, whole: true });
  expect(one?.outcomes[1]?.outcome).toEqual({ status: 'analysed', findings: [found] });
  expect(one?.before).toBeNull();
});

it('reads the files of the head where there is a repository, and goes without one that cannot be asked', async () => {
  const head = { 'src/a.js': '', 'src/b.js': 'the text of b' };
  const repository = createMemoryRepository({ base: {}, head });
  const { analysis, asked } = createChain();
  await followImports([alone], [source('src/a.js')], analysis, { repository, whole: false });
  expect(asked).toEqual([['src/b.js']]);
  const refusing = { ...repository, listFiles: () => Promise.reject(new AppError('GIT_FAILED', 'it is too large')) };
  const kept = await followImports([alone], [source('src/a.js')], analysis, { repository: refusing, whole: false });
  expect(kept).toEqual([alone]);
  expect(asked).toHaveLength(1);
});

it('tells a flaw of the base once that both looks have seen, and keeps those of other analysers', async () => {
  const known = (identity: string) => ({
    identity,
    ruleId: '',
    title: '',
    symbol: '',
    grade: 'high-high',
    code: '',
    line: 1,
  });
  const first = { ...alone, before: [known('a rule'), known('a flow')] };
  const again: Analysis = {
    ...createChain().analysis,
    analyse: (files) =>
      Promise.resolve(
        files.map(({ path }) => ({
          ...alone,
          path,
          wanted: [],
          outcomes: [{ analyser: 'data-flow', outcome: { status: 'analysed' as const, findings: [] } }],
          before: [known('a flow'), known('a flow further on')],
        })),
      ),
  };
  const [one] = await followImports([first], tree, again, { repository: null, whole: true });
  expect(one?.before?.map(({ identity }) => identity)).toEqual(['a rule', 'a flow', 'a flow further on']);
});

/** What each look had beside it; the first one asks for this. */
async function besideOf(wanted: FileAnalysis['wanted'], files: Readonly<Record<string, string>>, whole: boolean) {
  const asked: string[][] = [];
  const analysis: Analysis = {
    ...createChain().analysis,
    analyse: (all) =>
      Promise.resolve(
        all.map((file) => {
          asked.push((file.beside ?? []).map(({ path }) => path));
          return { ...alone, path: file.path, wanted: [] };
        }),
      ),
  };
  const sources = Object.entries(files).map(([path, text]) => source(path, text));
  const repository = whole ? null : createMemoryRepository({ base: {}, head: files });
  const own = sources.filter(({ path }) => whole || path === 'src/a.js');
  await followImports([{ ...alone, ...(wanted && { wanted }) }], own, analysis, { repository, whole });
  return asked;
}

it.each([true, false])(
  'finds who imports a file, the nearest first, and no test (the whole tree: %s)',
  async (whole) => {
    const files = {
      'src/a.js': '',
      'src/deep/down/far.js': "import { x } from '../../a';",
      'src/routes.js': "const { x } = require('./a');",
      'src/other.js': "import { x } from './aa'; const text = 'a';",
      'test/a.test.js': "import { x } from '../src/a';",
    };
    const wanted = [{ path: 'src/a.js', module: '', named: 'a', by: 'import' as const }];
    expect(await besideOf(wanted, files, whole)).toEqual([['src/routes.js', 'src/deep/down/far.js']]);
  },
);

it('asks of who imports a file no repository that would be fetched for it', async () => {
  const { near: _, ...far } = createMemoryRepository({ base: {}, head: { 'src/routes.js': "require('./a');" } });
  const repository = { ...far, listFiles: () => Promise.reject(new Error('listed')) };
  const wanted = [{ path: 'src/a.js', module: '', named: 'a', by: 'import' as const }];
  const one = { ...alone, wanted };
  const done = await followImports([one], [source('src/a.js', '')], createChain().analysis, {
    repository,
    whole: false,
  });
  expect(done).toEqual([one]);
});

it('of what an index hands on reads what is asked for, however many others there are', async () => {
  const many = Array.from({ length: 40 }, (_, at) => `export * from './s${at}';`).join('\n');
  const files = {
    'src/a.js': "import { wanted } from './schemas';",
    'src/schemas/index.js': `${many}\nexport * from './mine';`,
    'src/schemas/mine.js': 'export const wanted = 1;',
    ...Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`src/schemas/s${at}.js`, `export const other${at} = 1;`]),
    ),
  };
  expect(await besideOf([{ path: 'src/a.js', module: './schemas' }], files, true)).toEqual([
    ['src/schemas/index.js', 'src/schemas/mine.js'],
  ]);
});

it('takes the source for what a build makes of it, through a file that only names that', async () => {
  const files = {
    'src/a.js': "import { wanted } from '../shared/schemas';",
    'shared/schemas.js': 'module.exports = require("./dist/schemas");',
    'shared/src/schemas.js': 'export const wanted = 1;',
  };
  expect(await besideOf([{ path: 'src/a.js', module: '../shared/schemas' }], files, true)).toEqual([
    ['shared/schemas.js', 'shared/src/schemas.js'],
  ]);
});

it('looks at files that ask for the same one in one run, with each beside the others, and at most sixteen', async () => {
  const asked: { path: string; together: string | undefined; beside: string[] }[] = [];
  const analysis: Analysis = {
    ...createChain().analysis,
    analyse: (all) =>
      Promise.resolve(
        all.map(({ path, together, beside = [] }) => {
          asked.push({ path, together, beside: beside.map((one) => one.path) });
          return { ...alone, path, wanted: [] };
        }),
      ),
  };
  const names = Array.from({ length: 18 }, (_, at) => `src/h${10 + at}.js`);
  const askers = [...names.map((path) => ({ path, module: './b' })), { path: 'jobs/run.js', module: './mail' }];
  const sources = [...askers.map(({ path }) => source(path)), source('src/b.js'), source('jobs/mail.js')];
  const analyses = askers.map(({ path, module }) => ({ ...alone, path, wanted: [{ path, module }] }));
  await followImports(analyses, sources, analysis, { repository: null, whole: true });
  const runs = Map.groupBy(asked, ({ path, together = path }) => together);
  expect([...runs.values()].map((run) => run.length)).toEqual([16, 2, 1]);
  expect(asked.find(({ path }) => path === 'src/h10.js')?.beside).toEqual([...names.slice(1, 16), 'src/b.js']);
  expect(asked.at(-1)).toEqual({ path: 'jobs/run.js', together: undefined, beside: ['jobs/mail.js'] });
});
