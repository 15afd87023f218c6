import { expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import type { Change, Content } from '../../src/change/change.ts';
import { DEFAULT_CONFIG, type RepositoryConfig } from '../../src/config/repository-config.ts';
import { addAll } from '../../src/diff/patch.ts';
import type { Forge } from '../../src/pipeline/forge.ts';
import { judge } from '../../src/pipeline/judge.ts';
import { readSituation } from '../../src/pipeline/read-situation.ts';
import { describeReason } from '../../src/render/describe-reason.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { finding } from '../support/finding.ts';
import { openPurse } from '../support/open-purse.ts';
import { makePullRequest } from '../support/pull-request.ts';

const TEXT = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
const PATHS = ['src/a.ts', 'src/known.ts', 'gen/b.ts'];
const change: Change = {
  title: maskText(''),
  description: maskText(''),
  base: 'b',
  head: 'h',
  unlisted: 2,
  files: PATHS.map((path) => ({
    path,
    previousPath: null,
    status: 'added',
    hunks: addAll(TEXT),
    binary: false,
    blob: null,
  })),
};
const analysis: Analysis = {
  compare: async () => [],
  outline: async () => [],
  analyse: async (files) =>
    files.map(({ path, text, hunks }) => ({
      path,
      outcomes: [
        { analyser: 'rules', outcome: { status: 'analysed', findings: [finding({ path, startLine: 2, endLine: 2 })] } },
      ],
      before: null,
      causes: [],
      masked: { text: maskText(text), hunks },
      values: [],
      syntaxErrors: null,
    })),
};
const read = async (paths: readonly string[]): Promise<Map<string, Content>> =>
  new Map(paths.map((path) => [path, { kind: 'text', text: TEXT }]));

async function judgeBy(config: Partial<RepositoryConfig>) {
  let asked = 0;
  const result = await judge({
    change,
    snapshot: { readHead: read, readBase: async () => new Map() },
    config: { ...DEFAULT_CONFIG, ...config },
    analysis,
    model: {
      review: async () => {
        asked += 1;
        throw new Error('not to be asked');
      },
    },
    options: {},
    hands: { purse: openPurse().purse },
    carry: (files) =>
      files
        .filter(({ path }) => path === 'src/known.ts')
        .map(({ path }) => ({ path, status: 'reviewed', reasonCode: null, detail: null, analysers: ['rules'] })),
  });
  return { ...result, asked };
}

it('goes by the paths, the severities and the model switch of the config, and not again through what is known', async () => {
  const { findings, coverage, carried, asked } = await judgeBy({
    model: false,
    paths: { include: [], exclude: ['gen/**'] },
    rules: { [finding().ruleId]: { severity: 'low', reason: 'behind a proxy' } },
  });
  expect(findings.map(({ path, severity }) => [path, severity])).toEqual([['src/a.ts', 'low']]);
  expect(coverage.files.map((file) => [file.path, file.status, describeReason(file)])).toEqual([
    ['gen/b.ts', 'skipped', 'left out by .github/backend-dev.yml'],
    ['src/a.ts', 'reviewed', null],
    ['src/known.ts', 'reviewed', null],
  ]);
  expect([carried, coverage.unlisted, asked]).toEqual([['src/known.ts'], 2, 0]);
  expect(coverage.model).toMatchObject({ status: 'off', reason: 'switched off in the repository’s config' });
});

it('a situation is what stands there: the config with its source, and the ledger', async () => {
  const context = {
    config: { text: maskText('fail_at: never\n'), source: '.github/backend-dev.yml' },
    attributes: '*.gen.ts linguist-generated',
    agent: null,
    conversation: { threads: [], reviews: [], commits: ['c'], messages: [], unread: [] },
  };
  const github = { readContext: async () => context } as unknown as Pick<Forge, 'readContext'>;
  expect(await readSituation(github, makePullRequest())).toMatchObject({
    config: { kind: 'ok', config: { fail_at: 'never' } },
    source: '.github/backend-dev.yml',
    attributes: '*.gen.ts linguist-generated',
    ledger: { entries: [], summary: null },
  });
});
