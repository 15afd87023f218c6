import type { PullRequest } from '../change/pull-request.ts';
import { AppError, decideRetry, describeError, ERROR_CODES } from '../errors.ts';
import type { Installations } from '../github/installations.ts';
import type { Logger } from '../log.ts';
import type { Forge } from '../pipeline/forge.ts';
import { type Answered, createPurse, decideBudgets, type OperatorBudgets } from '../pipeline/purse.ts';
import { restateCost } from '../pipeline/restate-cost.ts';
import type { ReviewDeps, ReviewRequest } from '../pipeline/review-deps.ts';
import { closeCheck, nameSuccessor, type ReviewOutcome, reviewPullRequest } from '../pipeline/review-pull-request.ts';
import type { Reviewers } from '../pipeline/reviewer.ts';
import type { Run } from '../pipeline/run.ts';
import type { PrecedentStore } from '../queue/precedent-store.ts';
import type { JobOutcome } from '../queue/review-job.ts';
import type { Pending, RunStore } from '../queue/run-store.ts';
import type { Trigger } from '../queue/trigger.ts';
import type { ModelCoverage } from '../scope/coverage.ts';
import { maskText } from '../secrets/mask-text.ts';
import { cutText } from '../text/cut-text.ts';
import { escapeText } from '../text/markdown.ts';
import type { Rights } from './create-rights.ts';
import { guardWrites } from './guard-writes.ts';
import { type LearnDeps, learnFromMerge, recallPrecedents } from './learn.ts';
import { openCommand } from './open-command.ts';
import type { Respondent } from './respondent.ts';
import { type Asked, answerStrangers, runCommands } from './run-commands.ts';

export interface JobDeps extends Pick<ReviewDeps, 'now' | 'patience' | 'onStage'> {
  reviewers: Reviewers<Respondent>;
  store: RunStore;
  precedents: PrecedentStore;
  installations: Installations;
  rights: Rights;
  log: Logger;
  /** What the operator lets Claude cost. */
  budgets: OperatorBudgets;
  /** Told of each answer of Claude that was paid, and of what became of Claude's part of each review. */
  onAnswer?: (answer: Answered) => void;
  onJudged?: (status: ModelCoverage['status']) => void;
}

const MAX_ATTEMPTS = 8;

/** For commands, in one go: a pull request with a hundred of them lets the others in between. */
const COMMANDS_MS = 10_000;

/**
 * Looks at one pull request: commands first, then a review of its newest head when something asks for one.
 *
 * @param check fails when another worker may have the pull request by now: then nothing is written any more
 */
export async function handleJob(deps: JobDeps, pullRequestId: string, check: () => Promise<void>): Promise<JobOutcome> {
  const pending = await deps.store.readPending(pullRequestId);
  // What waits of a suspended installation stays as it is.
  if (!pending || pending.parked) return { kind: 'done' };
  const log = deps.log.child({ repository: `${pending.key.owner}/${pending.key.repo}`, pull: pending.key.number });
  let state: { run: Run; pull: PullRequest; github: Forge } | null = null;
  try {
    const { installationId, repositoryId } = pending.key;
    const github = guardWrites(await deps.installations.forRepository(installationId, repositoryId), check);
    const pull = await github.readPullRequest(pending.key);
    // The name may be another repository's by now.
    if (pull.repositoryId !== repositoryId)
      throw new AppError('GITHUB_NOT_FOUND', 'the repository of this name is another one now');
    await closeAbandoned(deps, github, pull, pullRequestId);
    const till = deps.store.openTill(pullRequestId);
    const openPurse: ReviewDeps['openPurse'] = (config) =>
      createPurse(till, decideBudgets(deps.budgets, config), deps.onAnswer);
    let paid = false;
    const openPurseOfComments: ReviewDeps['openPurse'] = (config) =>
      createPurse(till, decideBudgets(deps.budgets, config), (answer) => {
        paid = true;
        deps.onAnswer?.(answer);
      });
    const asked = await runCommands(
      {
        github,
        agents: deps.reviewers.names,
        rights: deps.rights,
        now: deps.now,
        until: deps.now() + COMMANDS_MS,
        log,
        open: (spoken, argument, agent, permission) =>
          openCommand({ ...deps, openPurse: openPurseOfComments, github }, pull, spoken, argument, agent, permission),
      },
      pull,
      pending,
    );
    const pushed = pending.triggers.some(({ trigger }) => asksForReview(trigger));
    const fresh = pushed && pull.state === 'open' && !(await deps.store.isReviewed(pullRequestId, pull));
    const requests = pull.state === 'open' ? listRequests(asked, fresh) : [];
    const last = pending.triggers.at(-1)?.id ?? '0';
    const goOn = await watchFor(
      () => deps.store.hasMoved(pullRequestId, last),
      (signal) =>
        reviewEach({ deps, github, pull, pullRequestId, openPurse, signal, log, check }, requests, (run) => {
          state = { run, pull, github };
        }),
    );
    // The next summary says it as well, so that a fault here loses nothing.
    if (paid)
      await restateCost(github, pull, till).catch((error: unknown) =>
        log.warn({ err: error }, 'what answers cost could not be written into the summary'),
      );
    if (!goOn) return { kind: 'again', afterMs: 1000 };
    const memory = {
      list: () => deps.store.listRefused(pullRequestId),
      note: (login: string) => deps.store.noteRefused(pullRequestId, login),
    };
    await answerStrangers({ github, agents: deps.reviewers.names, log }, memory, pull, asked.refused);
    await learnLater({ ...deps, github }, pull, pullRequestId, pending, asked).catch((error: unknown) =>
      log.warn({ err: error }, 'what people settled could not be read; it is tried again later'),
    );
    const done = pending.triggers.map((one) => one.id).filter((id) => !asked.left.has(id));
    await deps.store.markHandled(pullRequestId, done);
    return asked.left.size > 0 ? { kind: 'again', afterMs: 0 } : { kind: 'done' };
  } catch (error) {
    return await recover(deps, pullRequestId, pending, state, error, log);
  }
}

/**
 * What nobody waits for. A merge without a review of ours taught nothing; and what was settled before is read where it is used:
 * where Claude is asked, or people settle more.
 */
async function learnLater(
  deps: LearnDeps & { store: RunStore },
  pull: PullRequest,
  id: string,
  { triggers }: Pending,
  { amendments }: Asked,
): Promise<void> {
  const merged = pull.merged && triggers.some(({ trigger }) => trigger.kind === 'closed');
  if (merged && (await deps.store.readReviewed(id)).size > 0) await learnFromMerge(deps, pull, id);
  else if (amendments.length === 0 && (await deps.store.openTill(id).read()).pullRequest.tokens === 0) return;
  await recallPrecedents(deps, pull, id);
}

/** Between two looks whether what is reviewed is still wanted. */
const WATCH_MS = 2000;

/** A work with a signal that says, within seconds, that it is not wanted any more. */
async function watchFor<T>(isOver: () => Promise<boolean>, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const calling = new AbortController();
  const watch = setInterval(() => {
    // A database that does not answer is no reason to stop.
    void isOver().then(
      (over) => over && calling.abort(),
      () => undefined,
    );
  }, WATCH_MS);
  return await work(calling.signal).finally(() => clearInterval(watch));
}

interface Reviewing {
  /** A push, or the end of the pull request, came meanwhile. */
  signal: AbortSignal;
  deps: JobDeps;
  github: Forge;
  pull: PullRequest;
  pullRequestId: string;
  openPurse: ReviewDeps['openPurse'];
  log: Logger;
  check: () => Promise<void>;
}

/** One review after the other. False: something is left, and the job is to be had again. */
async function reviewEach(
  { deps, github, pull, pullRequestId, openPurse, signal, log, check }: Reviewing,
  requests: readonly ReviewRequest[],
  onRun: (run: Run) => void,
): Promise<boolean> {
  let automatic = false;
  for (let at = 0; at < requests.length; ) {
    const request = requests[at];
    if (!request || (automatic && !request.forced)) break;
    const run = await deps.store.openRun(pullRequestId, pull);
    onRun(run);
    if (run.attempts > MAX_ATTEMPTS) throw new AppError('JOB_EXHAUSTED', `gave up after ${MAX_ATTEMPTS} attempts`);
    // A plan that was saved before these decisions knows nothing of them: it is posted, and then there is another.
    const behind = run.data.plan !== null && request.amendments.length > 0;
    const outcome = await reviewPullRequest(
      {
        ...deps,
        github,
        save: async (current) => {
          await check();
          await deps.store.saveRun(pullRequestId, current);
        },
        readReviewed: () => deps.store.readReviewed(pullRequestId),
        openPurse,
        memory: deps.store.openMemory(pullRequestId),
        commands: true,
        alone: true,
        readPrecedents: () => deps.precedents.read(pullRequestId),
        signal,
      },
      pull,
      run,
      request,
    );
    await settle(deps, run, outcome);
    tellOperator(deps, log, outcome, run.id);
    // The push that superseded this head has its own trigger as a rule; asking again costs nothing.
    if (outcome.kind === 'superseded' || behind) return false;
    if (outcome.kind === 'closed') break;
    automatic ||= 'agent' in outcome && outcome.automatic;
    // What was begun before is ended by its own agent, and then it is the turn of the one that is asked.
    if (!run.resumed || isAnswered(request, outcome)) at += 1;
  }
  return true;
}

/** The pull request says what Claude did not do; but an account without money, or a wrong model, is for who runs the App. */
function tellOperator({ onJudged }: JobDeps, log: Logger, outcome: ReviewOutcome, run: string): void {
  const model = 'model' in outcome ? outcome.model : null;
  if (model) onJudged?.(model.status);
  const isWhole = model?.status !== 'failed' && model?.status !== 'partial';
  log[isWhole ? 'info' : 'warn']({ outcome, run }, isWhole ? 'review' : 'review: Claude’s part is not whole');
}

/** One review for each agent that was asked, and the automatic one, unless an agent that was asked is just that one. */
function listRequests({ reviews, amendments }: Asked, automatic: boolean): ReviewRequest[] {
  const requests = reviews.map((one) => ({ ...one, forced: true, amendments }));
  // What people decided is written by a review, without a new look where nothing changed.
  const decided = requests.length === 0 && amendments.length > 0;
  const unnamed = requests.some((one) => one.agent === null);
  return decided || (automatic && !unnamed)
    ? [...requests, { agent: null, forced: decided, full: false, amendments }]
    : requests;
}

function isAnswered({ agent }: ReviewRequest, outcome: ReviewOutcome): boolean {
  if (!('agent' in outcome)) return true;
  return agent === null ? outcome.automatic : outcome.agent === agent;
}

function asksForReview(trigger: Trigger): boolean {
  return trigger.kind === 'pull-request';
}

async function settle(deps: JobDeps, run: Run, outcome: ReviewOutcome): Promise<void> {
  if (outcome.kind === 'superseded' || outcome.kind === 'closed' || outcome.kind === 'ignored')
    await deps.store.dropRun(run);
}

async function closeAbandoned(deps: JobDeps, github: Forge, pull: PullRequest, pullRequestId: string): Promise<void> {
  for (const run of await deps.store.listAbandoned(pullRequestId, pull)) {
    await closeCheck(github, { ...pull, headSha: run.headSha }, run, nameSuccessor(run, pull));
    await deps.store.dropRun(run);
  }
}

/** Tries with pauses of up to five minutes: about a day, for a fault that is not the review's own. */
const MAX_FAILURES = 300;

/** A limit that hits writes only leaves the check reachable: then it says until when. The review finishes it again later. */
async function sayLimited(
  { github, pull, run }: { github: Forge; pull: PullRequest; run: Run },
  until: Date,
): Promise<void> {
  const time = until.toISOString().slice(11, 16);
  const summary = `GitHub limits the App’s requests; the review goes on by itself after ${until.toISOString()}.`;
  await closeCheck(github, pull, run, `rate limited until ${time} UTC`, summary).catch(() => undefined);
}

/** Decides by `retry` alone; a review that is given up says so in its check. */
async function recover(
  deps: JobDeps,
  pullRequestId: string,
  pending: Pending,
  state: { run: Run; pull: PullRequest; github: Forge } | null,
  error: unknown,
  log: Logger,
): Promise<JobOutcome> {
  const retry = decideRetry(error);
  // It is stored and shown, and may quote what a stranger wrote.
  const message = maskText(describeError(error));
  const known = error instanceof AppError;
  if (known && error.code === 'GITHUB_SUSPENDED') {
    log.warn({ err: error }, 'parked: the installation is suspended');
    if (state) await deps.store.recordError(state.run, message, true);
    await deps.store.park(pending.key.installationId);
    return { kind: 'done' };
  }
  const failures = await deps.store.countFailure(pullRequestId);
  log.warn({ err: error, failures, retry }, 'review failed');
  if (known && (error.code === 'GITHUB_FORBIDDEN' || error.code === 'GITHUB_RATE_LIMITED')) {
    deps.installations.forget(pending.key.installationId, pending.key.repositoryId);
  }
  if (state) await deps.store.recordError(state.run, message, known && retry !== 'never');
  if (typeof retry === 'object') {
    if (state) await sayLimited(state, new Date(deps.now() + retry.afterMs));
    return { kind: 'again', afterMs: retry.afterMs };
  }
  const most = known ? MAX_FAILURES : MAX_ATTEMPTS;
  if (retry === 'backoff' && failures < most)
    return { kind: 'again', afterMs: Math.min(300_000, 1000 * 2 ** Math.min(failures, 20)) };
  if (state) {
    const help = known ? ERROR_CODES[error.code] : ERROR_CODES.JOB_EXHAUSTED;
    await closeCheck(
      state.github,
      state.pull,
      state.run,
      cutText(message, 200),
      `${escapeText(message, true)}\n\n${help.stillWorks} ${help.do}`,
    ).catch(() => undefined);
    await deps.store.dropRun(state.run);
  }
  await deps.store.markHandled(
    pullRequestId,
    pending.triggers.map((one) => one.id),
  );
  return { kind: 'done' };
}
