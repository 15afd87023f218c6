import type { PullRequest } from '../change/pull-request.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import { keyOfComment } from '../plan/anchor-comments.ts';
import type { ReviewPlan } from '../plan/plan.ts';
import { describeRefusal } from '../render/describe-refusal.ts';
import { decidePolicy, type Refusal } from '../scope/apply-config.ts';
import type { ModelCoverage } from '../scope/coverage.ts';
import type { Reviewed } from '../scope/scope.ts';
import { escapeText } from '../text/markdown.ts';
import type { Forge } from './forge.ts';
import { type Judging, judgePullRequest, type Proven } from './judge-pull-request.ts';
import { planRun } from './plan-run.ts';
import { publishProven, readPosted, resumeProven } from './publish-proven.ts';
import { readSituation, type Situation } from './read-situation.ts';
import type { Reach, ReviewDeps, ReviewRequest } from './review-deps.ts';
import type { Run, RunData } from './run.ts';

export type ReviewOutcome =
  | ({ kind: 'posted'; url: string | null } & ReviewedBy)
  | ({ kind: 'checked' } & ReviewedBy)
  | { kind: 'superseded' }
  | { kind: 'closed' }
  | { kind: 'ignored'; refusal: Refusal };

export interface ReviewedBy {
  agent: string;
  /** It is the one that reviews automatically in this repository. */
  automatic: boolean;
  /** What became of Claude's part, and why it is not whole. */
  model: Pick<ModelCoverage, 'status' | 'reason'> | null;
}

/**
 * One review of one head, resumable at every stage. A run that was interrupted is continued from what it saved: before
 * `judged` it starts over, after posting what was `proven` if the model was waited for too long; from `judged` on it plans and posts what it has, from `saved` on it only
 * posts, after looking whether that was done already.
 *
 * @param situation what whoever asks has just read; null: it is read
 */
export async function reviewPullRequest(
  deps: ReviewDeps,
  pull: PullRequest,
  run: Run,
  request: ReviewRequest,
  situation: Situation | null = null,
): Promise<ReviewOutcome> {
  let known = situation;
  const begin = deps.now();
  const reach: Reach = async (stage, data = {}) => {
    run.stage = stage;
    run.data = { ...run.data, ...data };
    await deps.save(run);
    deps.onStage?.(stage, (deps.now() - begin) / 1000);
  };
  for (;;) {
    const plan = run.data.plan ?? (await prepare(deps, pull, run, request, reach, known));
    // A plan that is made anew is made of what stands there by then.
    known = null;
    if ('kind' in plan) return plan;
    const outcome = await publish(deps.github, pull, run, plan, reach);
    if (outcome) return outcome;
  }
}

/** Reads, judges and plans, as far as that was not done before; or says why there is no review. */
async function prepare(
  deps: ReviewDeps,
  pull: PullRequest,
  run: Run,
  request: ReviewRequest,
  reach: Reach,
  known: Situation | null,
): Promise<ReviewPlan | Extract<ReviewOutcome, { kind: 'ignored' | 'superseded' }>> {
  const { github, reviewers } = deps;
  const begin = deps.now();
  if (run.resumed && !run.data.judged) await resumeProven(github, pull, run, reach);
  const situation = known ?? (await readSituation(github, pull));
  const { config: outcome, conversation, ledger } = situation;
  const refusal = request.forced ? null : decidePolicy(pull, outcome.config, ledger.summary?.record.paused ?? null);
  const reviewed = await deps.readReviewed();
  if (refusal) {
    await disownCheck(github, pull, reviewed, refusal);
    return { kind: 'ignored', refusal };
  }
  const automatic = reviewers.get(outcome.config.agent).name;
  const reviewer = reviewers.get(run.data.agent ?? request.agent ?? automatic);
  if (run.data.checkRunId === null) {
    const known = [...reviewed.values()].find((one) => one.head === pull.headSha)?.checkRunId ?? null;
    await reach('started', {
      checkRunId: await github.startCheck(pull, known),
      startedAt: deps.now(),
      agent: reviewer.name,
      automatic: reviewer.name === automatic,
    });
  }
  // The repository's own agent stands in for the built-in one, and for no other.
  const own = reviewer.name === DEFAULT_AGENT ? situation.agent : null;
  const purse = deps.openPurse(outcome.config);
  const chosen = reviewer.chooseModel(own, outcome.config, await purse.readObstacle());
  const last = reviewed.get(reviewer.name) ?? null;
  const precedents = await deps.readPrecedents();
  const planning = { deps, reviewer, pull, run, outcome, ledger, chosen, request, precedents };
  const before = run.data.proven;
  if (!run.data.judged) {
    const careful = await beCareful(deps, run);
    const proven: Proven = {
      patience: (signal) => deps.patience(signal, deps.now() - begin),
      publish: (judged) => publishProven({ ...planning, judged }, reach),
    };
    const judged = await judgePullRequest({
      github,
      pull,
      reviewer,
      chosen,
      own,
      attributes: situation.attributes,
      config: outcome.config,
      ledger,
      commits: conversation.commits,
      messages: conversation.messages,
      last,
      full: request.full,
      checkRunId: run.data.checkRunId,
      hands: {
        purse,
        memory: deps.memory,
        precedents: precedents.list,
        ...(deps.signal && { signal: deps.signal }),
      },
      reach,
      proven,
      careful,
    }).catch(async (error: unknown) => {
      // This error was caught: the file that was under way is not to blame.
      await careful?.name(null).catch(() => undefined);
      throw error;
    });
    if (deps.signal?.aborted) {
      await closeCheck(github, pull, run, 'superseded by a newer event');
      return { kind: 'superseded' };
    }
    await reach('judged', { judged, underway: null });
  }
  const { judged } = run.data;
  if (!judged) throw new AppError('JOB_EXHAUSTED', 'a run without judged findings cannot be planned');
  const now = deps.alone && before === run.data.proven ? ledger : await readPosted(github, pull, run);
  const plan = planRun({ ...planning, runId: run.id, judged, ledger: now, spent: await purse.readSpent() });
  const { settled, proposed } = plan;
  await reach('saved', { plan, reviewed: judged.reviewed, learned: { settled, proposed } });
  return plan;
}

/**
 * A run that ended without a word before, perhaps with the whole process: from now on each file is named before it is looked at,
 * and one that was named when the process ended, the second time by now, is left out. Null: there is no reason for it.
 */
async function beCareful(deps: Pick<ReviewDeps, 'save'>, run: Run): Promise<Judging['careful']> {
  if (run.attempts < 2) return null;
  const name = async (underway: string | null): Promise<void> => {
    run.data = { ...run.data, underway };
    await deps.save(run);
  };
  const { underway, avoided } = run.data;
  if (underway !== null) {
    run.data = { ...run.data, avoided: [...avoided, underway] };
    await name(null);
  }
  return { avoid: new Set(run.data.avoided), name };
}

/** Posts what was planned. Null: GitHub does not take some of the comments, and the plan is to be made anew without them. */
async function publish(
  github: Forge,
  pull: PullRequest,
  run: Run,
  plan: ReviewPlan,
  reach: Reach,
): Promise<ReviewOutcome | null> {
  let url: string | null = null;
  if (run.stage === 'saved') {
    const current = await github.readPullRequest(pull);
    if (current.headSha !== run.headSha || current.baseRef !== pull.baseRef || current.state === 'closed') {
      await closeCheck(github, pull, run, nameSuccessor(run, current));
      return current.state === 'closed' ? { kind: 'closed' } : { kind: 'superseded' };
    }
    const posted = await github.publishReview(pull, plan);
    if (posted?.kind === 'refused') {
      await reach('judged', { plan: null, refused: [...run.data.refused, ...posted.comments.map(keyOfComment)] });
      return null;
    }
    url = posted?.url ?? null;
    await reach('posted');
  }
  await github.applyEdits(pull, plan, run.data.checkRunId);
  const { status, reason } = run.data.judged?.coverage.model ?? { status: null, reason: null };
  // What was kept for a crash is not needed after the last stage.
  await reach('done', { judged: null, plan: null, proven: null });
  const { agent, automatic } = run.data;
  const by = { agent: agent ?? DEFAULT_AGENT, automatic, model: status && { status, reason } };
  return plan.review ? { kind: 'posted', url, ...by } : { kind: 'checked', ...by };
}

/** A check of this head that speaks of another base branch must not stand as if it were about this one. */
async function disownCheck(
  github: Forge,
  pull: PullRequest,
  reviewed: ReadonlyMap<string, Reviewed>,
  refusal: Refusal,
): Promise<void> {
  const stale = [...reviewed.values()].find(
    ({ head, baseRef }) => head === pull.headSha && baseRef !== null && baseRef !== pull.baseRef,
  );
  if (stale)
    await closeCheck(
      github,
      pull,
      { data: stale },
      `the base branch is now ${pull.baseRef} (${describeRefusal(refusal)})`,
    );
}

/** What a run of before has to give way to. */
export function nameSuccessor(run: Pick<Run, 'headSha'>, pull: Pick<PullRequest, 'headSha'>): string {
  return run.headSha === pull.headSha ? 'superseded by another base branch' : 'superseded by a newer commit';
}

/** A check that was started must not stay "in progress" for ever. */
export async function closeCheck(
  github: Forge,
  pull: PullRequest,
  run: { data: Pick<RunData, 'checkRunId'> },
  title: string,
  /** Markdown; else the title, in which a branch's name or an error may stand. */
  summary = escapeText(title, true),
): Promise<void> {
  if (run.data.checkRunId === null) return;
  await github.finishCheck(pull, run.data.checkRunId, {
    conclusion: 'neutral',
    title: `Not reviewed: ${title}`,
    summary,
    annotations: [],
  });
}
