import { setTimeout } from 'node:timers/promises';
import { describeUnknownAgent } from './agents/load-agents.ts';
import type { PullRequest, PullRequestRef } from './change/pull-request.ts';
import { createPatience } from './compose-reviewers.ts';
import type { Environment } from './config/env.ts';
import { type ConfigOutcome, DEFAULT_AGENT } from './config/repository-config.ts';
import { AppError, describeError } from './errors.ts';
import type { Finding } from './findings/finding.ts';
import { NO_PRECEDENTS } from './ledger/precedent.ts';
import type { Forge } from './pipeline/forge.ts';
import { keepAnswers, type StageMemory } from './pipeline/model-reviewer.ts';
import { createMemoryTill, createPurse, decideBudgets } from './pipeline/purse.ts';
import { readSituation } from './pipeline/read-situation.ts';
import type { ReviewDeps } from './pipeline/review-deps.ts';
import { closeCheck, type ReviewOutcome, reviewPullRequest } from './pipeline/review-pull-request.ts';
import type { Reviewers } from './pipeline/reviewer.ts';
import { type Judged, type Run, RunData } from './pipeline/run.ts';
import type { ReviewPlan } from './plan/plan.ts';
import type { Report } from './report/report.ts';
import { isWanted } from './scope/apply-config.ts';
import { readSteadyClock } from './steady-clock.ts';

interface Options {
  github: Forge;
  reviewers: Reviewers;
  env: Environment;
  /** Null: the one that the repository's config names. */
  agent: string | null;
  /** A person asked: drafts and the like are reviewed as well. */
  forced: boolean;
  /** Else nothing is written. */
  post: boolean;
  /** Somebody answers to commands in comments. */
  commands: boolean;
  /** Where answers of the model come from and go to; absent: they live as long as this process. */
  memory?: StageMemory | undefined;
  /** Told of the run when it begins, so that whoever is cut off can close its check. */
  onBegin?: (pull: PullRequest, run: Run) => void;
}

export interface TokenReviewed {
  pull: PullRequest;
  config: ConfigOutcome;
  /** `refused`: GitHub does not let this token write a review. */
  end: ReviewOutcome | { kind: 'refused'; error: AppError };
  /** What was, or would have been, written. */
  plan: ReviewPlan | null;
  /** Null: it was not reviewed. */
  report: Report | null;
}

/** How often what passes (a 502, a short limit) is tried again, and how long that may be waited for, in milliseconds. */
const MOST_TRIES = 3;
const LONGEST_WAIT = 120_000;

/**
 * One review of a pull request with a token and without a database: what `review URL` and the Action do. The stages, the ledger and
 * the plan are the App's; what the App keeps in its database lives as long as this process.
 *
 * @throws AppError AGENT_INVALID, GITHUB_…
 */
export async function reviewByToken(ref: PullRequestRef, options: Options): Promise<TokenReviewed> {
  const { github, reviewers, env, agent } = options;
  const started = readSteadyClock();
  if (agent !== null && !reviewers.names.includes(agent))
    throw new AppError('AGENT_INVALID', describeUnknownAgent(agent, reviewers.names));
  const pull = await github.readPullRequest(ref);
  const situation = await readSituation(github, pull);
  const { config, source } = situation;
  const run = openRun(pull);
  options.onBegin?.(pull, run);
  const kept: { judged: Judged | null; plan: ReviewPlan | null } = { judged: null, plan: null };
  const deps: ReviewDeps = {
    github: options.post ? github : createReader(github),
    reviewers,
    save: async ({ data }) => {
      kept.judged = data.judged ?? kept.judged;
      kept.plan = data.plan ?? kept.plan;
    },
    readReviewed: async () => new Map(),
    readPrecedents: async () => NO_PRECEDENTS,
    openPurse: (limits) => createPurse(createMemoryTill(), decideBudgets(env, limits)),
    // What the model answered is not paid for again by another try.
    memory: options.memory ?? keepAnswers(),
    commands: options.commands,
    alone: false,
    now: readSteadyClock,
    patience: createPatience(),
  };
  const request = { agent, forced: options.forced, full: true, amendments: [] };
  const end = await persist(run, () =>
    // Another try reads it anew.
    reviewPullRequest(deps, pull, run, request, run.resumed ? null : situation),
  ).catch(async (error: unknown) => {
    // Judged and planned, and not taken: a token that may only read, as a fork's pull request gives it.
    const refused = error instanceof AppError && error.code === 'GITHUB_FORBIDDEN' ? kept.plan : null;
    await endCheck(github, pull, run, refused, error).catch(() => undefined);
    if (refused) return { kind: 'refused' as const, error: error as AppError };
    throw error;
  });
  const { judged, plan } = kept;
  const report = judged && {
    agent: run.data.agent ?? DEFAULT_AGENT,
    base: pull.baseSha,
    head: pull.headSha,
    config: config.kind === 'ok' ? `${source} of the base, ${pull.baseSha.slice(0, 7)}` : null,
    result: {
      findings: judged.findings.filter((finding) => isWanted(finding, config.config) && !isIgnored(finding, plan)),
      coverage: judged.coverage,
    },
    seconds: (readSteadyClock() - started) / 1000,
  };
  return { pull, config, end, plan, report };
}

function isIgnored({ path, fingerprint }: Finding, plan: ReviewPlan | null): boolean {
  return plan?.ignored.some((one) => one.path === path && one.fingerprint === fingerprint) ?? false;
}

function openRun({ headSha, baseRef }: PullRequest): Run {
  const id = crypto.randomUUID();
  return { id, headSha, baseRef, stage: 'started', attempts: 1, resumed: false, data: RunData.parse({}) };
}

/** Goes on with a run where it stood, as a worker would. */
async function persist<T>(run: Run, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const pause = decidePause(error, tries);
      if (pause === null) throw error;
      await setTimeout(pause);
      run.resumed = true;
    }
  }
}

/** In milliseconds; null: it is no use. */
function decidePause(error: unknown, tries: number): number | null {
  // A token that GitHub does not know stays unknown: the App could ask for another one.
  if (!(error instanceof AppError) || error.retry === 'never' || error.code === 'GITHUB_FORBIDDEN') return null;
  if (tries >= MOST_TRIES) return null;
  const pause = error.retry === 'backoff' ? 1000 * 4 ** tries : error.retry.afterMs;
  return pause <= LONGEST_WAIT ? pause : null;
}

/** Whatever became of a run, its check is not left in progress: it tells what was found, or why nothing was. */
async function endCheck(
  github: Forge,
  pull: PullRequest,
  run: Run,
  plan: ReviewPlan | null,
  error: unknown,
): Promise<void> {
  const { checkRunId } = run.data;
  if (checkRunId === null || run.stage === 'done') return;
  if (plan) await github.finishCheck(pull, checkRunId, plan.check);
  else await closeCheck(github, pull, run, describeError(error));
}

/** GitHub without a way to write what a review would. */
function createReader(github: Forge): Forge {
  return {
    ...github,
    publishReview: async () => null,
    applyEdits: async () => undefined,
    editSummary: async () => undefined,
    startCheck: async () => null,
    finishCheck: async () => undefined,
  };
}
