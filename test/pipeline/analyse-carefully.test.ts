import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import type { Content } from '../../src/change/change.ts';
import { DEFAULT_AGENT } from '../../src/config/repository-config.ts';
import { AppError } from '../../src/errors.ts';
import { NO_PRECEDENTS } from '../../src/ledger/precedent.ts';
import type { Forge } from '../../src/pipeline/forge.ts';
import type { ReviewDeps } from '../../src/pipeline/review-deps.ts';
import { reviewPullRequest } from '../../src/pipeline/review-pull-request.ts';
import type { Reviewer } from '../../src/pipeline/reviewer.ts';
import { type Run, RunData } from '../../src/pipeline/run.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { TRAITS } from '../support/finding.ts';
import { openPurse } from '../support/open-purse.ts';
import { makePullRequest } from '../support/pull-request.ts';

const PULL = makePullRequest();
const PATHS = ['src/a.ts', 'src/bad.ts', 'src/c.ts', 'src/worse.ts'];
const FILE = { previousPath: null, status: 'added' as const, hunks: null, binary: false, blob: null };

/** The App over one pull request. `ends` says over which file its process ends; then nothing is saved any more. */
function startApp(ends: (path: string) => 'process' | 'request' | null) {
  const stored: Run = {
    id: '1',
    headSha: PULL.headSha,
    baseRef: PULL.baseRef,
    stage: 'started',
    attempts: 0,
    resumed: false,
    data: RunData.parse({}),
  };
  let alive = true;
  let checked = '';
  const looked: string[] = [];
  const analysis: Analysis = {
    compare: async () => [],
    outline: async () => [],
    analyse: (files) =>
      Promise.all(
        files.map(async ({ path, text }) => {
          looked.push(path);
          const how = ends(path);
          if (how === 'process') alive = false;
          if (how !== null) throw new AppError('GITHUB_UNAVAILABLE', how);
          const outcomes = [{ analyser: 'rules', outcome: { status: 'analysed' as const, findings: [] } }];
          return {
            path,
            outcomes,
            before: null,
            causes: [],
            masked: { text: maskText(text), hunks: null },
            values: [],
            syntaxErrors: null,
          };
        }),
      ),
  };
  const reviewer: Reviewer = {
    name: DEFAULT_AGENT,
    version: '1',
    openAnalysis: () => analysis,
    chooseModel: () => ({ model: { off: 'off' }, note: null }),
  };
  const read = async (paths: readonly string[]): Promise<Map<string, Content>> =>
    new Map(paths.map((path) => [path, { kind: 'text', text: 'const a = 1;\n' }]));
  const change = { title: maskText(''), description: maskText(''), base: null, head: null, unlisted: 0 };
  const github = {
    readPullRequest: async () => PULL,
    readContext: async () => ({
      config: { text: null, source: 'x' },
      attributes: null,
      agent: null,
      conversation: { threads: [], reviews: [], commits: [], unread: [] },
    }),
    startCheck: async () => 'CR_7',
    readChange: async () => ({
      change: { ...change, files: PATHS.map((path) => ({ ...FILE, path })) },
      snapshot: { readHead: read, readBase: read },
    }),
    publishReview: async (_: unknown, plan: { check: { summary: string; conclusion: string } }) => {
      checked = `${plan.check.conclusion} ${plan.check.summary}`;
      return null;
    },
    applyEdits: async () => undefined,
    traits: () => TRAITS,
    linkTo: () => 'https://x',
  } as unknown as Forge;
  const deps = {
    github,
    reviewers: { names: [DEFAULT_AGENT], get: () => reviewer, listUnknownRules: () => [] },
    save: async (run: Run) => {
      if (alive) Object.assign(stored, structuredClone({ stage: run.stage, data: run.data }));
    },
    readReviewed: async () => new Map(),
    commands: true,
    alone: true,
    readPrecedents: async () => NO_PRECEDENTS,
    openPurse: () => openPurse().purse,
    now: () => 0,
    patience: () => new Promise<void>(() => undefined),
  } as unknown as ReviewDeps;
  return {
    looked,
    checked: () => checked,
    /** One start of the App, as the store hands the run out. False: it did not come to an end. */
    start: async (forgiven = false): Promise<boolean> => {
      alive = true;
      stored.attempts += forgiven ? 0 : 1;
      const run = { ...structuredClone(stored), resumed: stored.attempts > 1 };
      const request = { agent: null, forced: true, full: false, amendments: [] };
      return await reviewPullRequest(deps, PULL, run, request).then(
        () => true,
        () => false,
      );
    },
  };
}

describe('a run that ends the process of the App', () => {
  it('goes on without the file that did it twice, and says so', async () => {
    const app = startApp((path) => (path === 'src/bad.ts' ? 'process' : null));
    expect([await app.start(), await app.start(), await app.start()]).toEqual([false, false, true]);
    expect(app.looked.filter((path) => path === 'src/bad.ts')).toHaveLength(2);
    expect(app.looked.slice(-3)).toEqual(['src/a.ts', 'src/c.ts', 'src/worse.ts']);
    expect(app.checked()).toMatch(/^neutral/);
    expect(app.checked()).toContain('src/bad.ts');
    expect(app.checked()).toContain('process ended while it looked at this file');
  });

  it('does so for each such file, one at a time', async () => {
    const app = startApp((path) => (path === 'src/bad.ts' || path === 'src/worse.ts' ? 'process' : null));
    const ends: boolean[] = [];
    while (ends.at(-1) !== true && ends.length < 8) ends.push(await app.start());
    expect(ends).toEqual([false, false, false, true]);
  });

  it('blames no file for an error that was caught', async () => {
    let times = 0;
    const app = startApp((path) => (path === 'src/bad.ts' && times++ < 3 ? 'request' : null));
    expect([await app.start(), await app.start(), await app.start(true), await app.start(true)]).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(app.checked()).not.toContain('process ended');
  });
});
