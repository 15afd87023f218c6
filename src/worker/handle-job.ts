import { mayRun } from '../commands/authorise.ts';
import { renderHelp } from '../commands/help.ts';
import { parseCommand } from '../commands/parse-command.ts';
import { AppError, decideRetry, describeError, ERROR_CODES } from '../errors.ts';
import type { GitHub, PullRequest } from '../github/github.ts';
import type { Installations } from '../github/installations.ts';
import type { Logger } from '../log.ts';
import type { Pending, RunStore } from '../queue/run-store.ts';
import type { Trigger } from '../queue/trigger.ts';
import { closeCheck, type ReviewDeps, type ReviewOutcome, reviewPullRequest } from '../review/review-pull-request.ts';
import type { Run } from '../review/run.ts';

export interface JobDeps extends Omit<ReviewDeps, 'github' | 'save'> {
  store: RunStore;
  installations: Installations;
  log: Logger;
}

/** What the worker loop does with the job: finish it, or have it again at a time. */
export type JobOutcome = { kind: 'done' } | { kind: 'again'; at: Date };

const MAX_ATTEMPTS = 8;

/** Looks at one pull request: commands first, then a review of its newest head when something asks for one. */
export async function handleJob(deps: JobDeps, pullRequestId: string): Promise<JobOutcome> {
  const pending = await deps.store.readPending(pullRequestId);
  if (!pending) return { kind: 'done' };
  const log = deps.log.child({ repository: `${pending.key.owner}/${pending.key.repo}`, pull: pending.key.number });
  let state: { run: Run; pull: PullRequest; github: GitHub } | null = null;
  try {
    const { installationId, repositoryId } = pending.key;
    const github = await deps.installations.forRepository(installationId, repositoryId);
    const pull = await github.readPullRequest(pending.key);
    await closeAbandoned(deps, github, pull, pullRequestId);
    const forced = await runCommands(github, pull, pending, deps.agent);
    const wanted = forced || pending.triggers.some(({ trigger }) => asksForReview(trigger));
    if (pull.state === 'open' && wanted && (forced || !(await deps.store.isReviewed(pullRequestId, pull.headSha)))) {
      const run = await deps.store.openRun(pullRequestId, pull.headSha);
      state = { run, pull, github };
      if (run.attempts > MAX_ATTEMPTS) throw new AppError('JOB_EXHAUSTED', `gave up after ${MAX_ATTEMPTS} attempts`);
      const outcome = await reviewPullRequest(
        { ...deps, github, save: (current) => deps.store.saveRun(current) },
        pull,
        run,
        forced,
      );
      await settle(deps, run, outcome);
      log.info({ outcome, run: run.id }, 'review');
      // The push that superseded this head has its own trigger as a rule; asking again costs nothing.
      if (outcome.kind === 'superseded') return { kind: 'again', at: new Date(deps.now() + 1000) };
    }
    await deps.store.markHandled(
      pullRequestId,
      pending.triggers.map((one) => one.id),
    );
    return { kind: 'done' };
  } catch (error) {
    return await recover(deps, pullRequestId, pending, state, error, log);
  }
}

function asksForReview(trigger: Trigger): boolean {
  return trigger.kind === 'pull-request' || trigger.kind === 'recheck';
}

async function settle(deps: JobDeps, run: Run, outcome: ReviewOutcome): Promise<void> {
  if (outcome.kind === 'superseded' || outcome.kind === 'closed' || outcome.kind === 'ignored')
    await deps.store.dropRun(run);
}

async function closeAbandoned(deps: JobDeps, github: GitHub, pull: PullRequest, pullRequestId: string): Promise<void> {
  for (const run of await deps.store.listAbandoned(pullRequestId, pull.headSha)) {
    await closeCheck(github, { ...pull, headSha: run.headSha }, run, 'superseded by a newer commit');
    await deps.store.dropRun(run);
  }
}

/** @returns whether a person who may asked for a review */
async function runCommands(github: GitHub, pull: PullRequest, { triggers }: Pending, agent: string): Promise<boolean> {
  let forced = false;
  for (const { trigger } of triggers) {
    if (trigger.kind !== 'command') continue;
    const command = parseCommand(trigger.body, agent);
    if (!command) continue;
    const comment = { kind: trigger.commentKind, id: trigger.commentId };
    const marker = `<!-- backend-dev:reply comment=${trigger.commentId} -->`;
    if ('unknown' in command) {
      await github.reply(pull, renderHelp(agent, { word: command.unknown, nearest: command.nearest }), marker);
      continue;
    }
    // The right is asked for now, not when the comment came: it may have been withdrawn in between.
    const permission = command.name === 'help' ? 'none' : await github.readPermission(pull, trigger.login);
    if (!mayRun(command.name, permission, trigger.login === pull.author)) {
      await github.react(pull, comment, 'confused');
      continue;
    }
    await github.react(pull, comment, 'eyes');
    if (command.name === 'help') await github.reply(pull, renderHelp(agent), marker);
    else forced = true;
  }
  return forced;
}

/** Tries with pauses of up to five minutes: about a day, for a fault that is not the review's own. */
const MAX_FAILURES = 300;

/** Decides by `retry` alone; a review that is given up says so in its check. */
async function recover(
  deps: JobDeps,
  pullRequestId: string,
  pending: Pending,
  state: { run: Run; pull: PullRequest; github: GitHub } | null,
  error: unknown,
  log: Logger,
): Promise<JobOutcome> {
  const retry = decideRetry(error);
  const message = describeError(error);
  const known = error instanceof AppError;
  const failures = await deps.store.countFailure(pullRequestId);
  log.warn({ err: error, failures, retry }, 'review failed');
  if (known && (error.code === 'GITHUB_FORBIDDEN' || error.code === 'GITHUB_RATE_LIMITED')) {
    deps.installations.forget(pending.key.installationId, pending.key.repositoryId);
  }
  if (state) await deps.store.recordError(state.run, message, known && retry !== 'never');
  if (typeof retry === 'object') return { kind: 'again', at: retry.notBefore };
  const most = known ? MAX_FAILURES : MAX_ATTEMPTS;
  if (retry === 'backoff' && failures < most)
    return { kind: 'again', at: new Date(deps.now() + Math.min(300_000, 1000 * 2 ** Math.min(failures, 20))) };
  if (state) {
    const help = known ? ERROR_CODES[error.code] : ERROR_CODES.JOB_EXHAUSTED;
    await closeCheck(
      state.github,
      state.pull,
      state.run,
      message.slice(0, 200),
      `${message}\n\n${help.stillWorks} ${help.do}`,
    ).catch(() => undefined);
    await deps.store.dropRun(state.run);
  }
  await deps.store.markHandled(
    pullRequestId,
    pending.triggers.map((one) => one.id),
  );
  return { kind: 'done' };
}
