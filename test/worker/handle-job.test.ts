import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../../src/agents/agent.ts';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { AppError } from '../../src/errors.ts';
import { NO_PRECEDENTS } from '../../src/ledger/precedent.ts';
import type { CheckResult, Forge } from '../../src/pipeline/forge.ts';
import { NO_MEMORY } from '../../src/pipeline/model-reviewer.ts';
import { createMemoryTill } from '../../src/pipeline/purse.ts';
import { RunData } from '../../src/pipeline/run.ts';
import type { RunStore } from '../../src/queue/run-store.ts';
import { handleJob } from '../../src/worker/handle-job.ts';
import type { Respondent } from '../../src/worker/respondent.ts';
import { listLive } from '../support/judge-markdown.ts';
import { makePullRequest } from '../support/pull-request.ts';

const KEY = { installationId: 1, repositoryId: 2, number: 3, owner: 'acme', repo: 'shop' };
const PULL = makePullRequest(KEY);
const NOW = 1_000_000;
const AGENT = loadAgents().get('backend-dev') as Agent;

/** One pull request whose change cannot be read for a given reason, over and over. */
function failing(error: unknown) {
  const log = { failures: 0, handled: 0, parked: 0, forgiven: 0, checks: [] as CheckResult[] };
  const run = {
    id: '1',
    headSha: PULL.headSha,
    baseRef: PULL.baseRef,
    stage: 'started' as const,
    attempts: 1,
    resumed: false,
    data: RunData.parse({}),
  };
  const store: RunStore = {
    readPending: async () => ({
      key: KEY,
      parked: false,
      triggers: [{ id: '1', trigger: { kind: 'pull-request', action: 'opened' } }],
    }),
    markHandled: async () => {
      log.handled += 1;
    },
    openRun: async () => ({ ...run }),
    saveRun: async () => undefined,
    recordError: async (_, __, forgive) => {
      log.forgiven += forgive ? 1 : 0;
    },
    countFailure: async () => ++log.failures,
    isReviewed: async () => false,
    listAbandoned: async () => [],
    dropRun: async () => undefined,
    listWaiting: async () => [],
    park: async () => {
      log.parked += 1;
    },
    listRefused: async () => new Set(),
    noteRefused: async () => undefined,
    readReviewed: async () => new Map(),
    openMemory: () => NO_MEMORY,
    hasMoved: async () => false,
    openTill: createMemoryTill,
  };
  const github = {
    readPullRequest: async () => PULL,
    readContext: async () => ({
      config: { text: null, source: 'x' },
      agent: null,
      conversation: { threads: [], reviews: [], commits: [] },
    }),
    startCheck: async () => 'CR_7',
    finishCheck: async (_: unknown, __: unknown, result: CheckResult) => {
      log.checks.push(result);
    },
    readChange: async () => {
      throw error;
    },
  } as unknown as Forge;
  const reviewer: Respondent = {
    name: AGENT.name,
    agent: AGENT,
    version: '1',
    openAnalysis: () => ({ analyse: async () => [], compare: async () => [], outline: async () => [] }),
    chooseModel: () => ({ model: { off: '' }, note: null }),
    rules: new Map(),
    conversant: { off: '' },
  };
  const deps = {
    store,
    precedents: {
      read: async () => NO_PRECEDENTS,
      write: async () => undefined,
      isRecalled: async () => true,
      recall: async () => undefined,
    },
    installations: { forRepository: async () => github, forget: () => undefined },
    rights: async () => 'none' as const,
    log: pino({ level: 'silent' }),
    reviewers: { names: [AGENT.name], get: () => reviewer, listUnknownRules: () => [] },
    now: () => NOW,
    budgets: readEnvironment({}),
    patience: async () => undefined,
  };
  return { log, handle: () => handleJob(deps, '1', async () => undefined) };
}

describe('a job that fails', () => {
  it('waits longer each time while GitHub is down, for about a day, and is not held against the review', async () => {
    const { log, handle } = failing(new AppError('GITHUB_UNAVAILABLE', 'down', { retry: 'backoff' }));
    const waits: number[] = [];
    for (let attempt = 0; attempt < 299; attempt++) {
      const outcome = await handle();
      if (outcome.kind === 'again') waits.push(outcome.afterMs / 1000);
    }
    expect(waits.slice(0, 4)).toEqual([2, 4, 8, 16]);
    expect(waits.at(-1)).toBe(300);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(20 * 3600);
    expect(log).toMatchObject({ handled: 0, forgiven: 299 });
    expect(await handle()).toEqual({ kind: 'done' });
    expect(log.checks).toMatchObject([{ conclusion: 'neutral', title: 'Not reviewed: GITHUB_UNAVAILABLE: down' }]);
  });

  it('comes back after the pause that a rate limit asks for, and says until when', async () => {
    const { log, handle } = failing(new AppError('GITHUB_RATE_LIMITED', 'limit', { retry: { afterMs: 900_000 } }));
    expect(await handle()).toEqual({ kind: 'again', afterMs: 900_000 });
    expect(log.checks[0]?.title).toContain(new Date(NOW + 900_000).toISOString().slice(11, 16));
  });

  it('is given up at once when trying again is useless, and says so in the check', async () => {
    const { log, handle } = failing(new AppError('GITHUB_FORBIDDEN', 'no permission'));
    expect(await handle()).toEqual({ kind: 'done' });
    expect(log.handled).toBe(1);
    expect(log.checks[0]?.summary).toContain('Accept the App’s requested permissions');
  });

  it('shows in the check what an error quotes, and nothing of it is live', async () => {
    const { log, handle } = failing(
      new AppError('GITHUB_FORBIDDEN', 'no [a](https://evil.test) <b> @octocat ![i](//x.y)'),
    );
    await handle();
    expect(listLive(log.checks[0]?.summary ?? '')).toEqual([]);
    expect(log.checks[0]?.summary).toContain('octocat');
  });

  it('parks what waits of a suspended installation: nothing is handled, and nothing counts as a failure', async () => {
    const { log, handle } = failing(new AppError('GITHUB_SUSPENDED', 'suspended'));
    expect(await handle()).toEqual({ kind: 'done' });
    expect(log).toMatchObject({ parked: 1, handled: 0, failures: 0, forgiven: 1, checks: [] });
  });

  it('with an unknown error is given up after a few tries', async () => {
    const { log, handle } = failing(new TypeError('a bug'));
    for (let attempt = 1; attempt < 8; attempt++) expect((await handle()).kind).toBe('again');
    expect((await handle()).kind).toBe('done');
    expect(log).toMatchObject({ handled: 1, forgiven: 0, checks: [{ conclusion: 'neutral' }] });
  });
});
