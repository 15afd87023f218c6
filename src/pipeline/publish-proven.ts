import { createHash } from 'node:crypto';
import type { PullRequest } from '../change/pull-request.ts';
import { AppError } from '../errors.ts';
import { type Ledger, rebuildLedger } from '../ledger/ledger.ts';
import { keyOfComment } from '../plan/anchor-comments.ts';
import type { ReviewPlan } from '../plan/plan.ts';
import type { Forge } from './forge.ts';
import { type Planning, planRun } from './plan-run.ts';
import type { Reach } from './review-deps.ts';
import type { Run } from './run.ts';

/** Comments that GitHub refuses are found one by one at worst; then what is proven waits for the model after all. */
const MOST_TRIES = 3;

/**
 * Posts what the analysers found while the model is still reading: a review like any other, whose check stays in progress. The
 * plan of the whole review then finds it in the ledger and edits it in place. A fault here costs nothing but time: that plan
 * posts everything.
 */
export async function publishProven(
  planning: Omit<Planning, 'runId' | 'spent'> & { run: Run },
  reach: Reach,
): Promise<void> {
  const { deps, pull, run } = planning;
  const { github } = deps;
  let { ledger } = planning;
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const plan = planRun({ ...planning, runId: nameProven(run.id), ledger, spent: null });
    await reach('proven', { proven: { plan, posted: false } });
    const refused = await post(github, pull, run, plan);
    if (refused === null) {
      await reach('proven', { proven: { plan, posted: true } });
      return;
    }
    await reach('proven', { refused: [...run.data.refused, ...refused] });
    ledger = await readLedger(github, pull);
  }
}

/** What an interrupted run had to post while it waited. */
export async function resumeProven(github: Forge, pull: PullRequest, run: Run, reach: Reach): Promise<void> {
  const { proven } = run.data;
  if (!proven || proven.posted) return;
  const refused = await post(github, pull, run, proven.plan);
  // What GitHub refuses is planned anew with the rest.
  if (refused === null) await reach('proven', { proven: { ...proven, posted: true } });
  else await reach('proven', { proven: null, refused: [...run.data.refused, ...refused] });
}

/**
 * The ledger with what was posted while the model was reading.
 * @throws AppError GITHUB_UNAVAILABLE while GitHub does not show it yet: planned without it, it would be said twice
 */
export async function readPosted(github: Forge, pull: PullRequest, { data }: Run): Promise<Ledger> {
  const ledger = await readLedger(github, pull);
  const { proven } = data;
  if (proven?.posted && proven.plan.review && !ledger.summary)
    throw new AppError('GITHUB_UNAVAILABLE', 'GitHub does not show the review yet that it has just taken', {
      retry: 'backoff',
    });
  return ledger;
}

async function readLedger(github: Forge, pull: PullRequest): Promise<Ledger> {
  return rebuildLedger((await github.readContext(pull)).conversation);
}

/** Null: it stands there, or is not wanted any more; else the keys of comments that GitHub refuses. */
async function post(github: Forge, pull: PullRequest, run: Run, plan: ReviewPlan): Promise<string[] | null> {
  const current = await github.readPullRequest(pull);
  if (current.headSha !== run.headSha || current.baseRef !== pull.baseRef || current.state === 'closed') return null;
  const posted = await github.publishReview(pull, plan);
  if (posted?.kind === 'refused') return posted.comments.map(keyOfComment);
  await github.applyEdits(pull, plan, run.data.checkRunId);
  return null;
}

/** Another name than the run's own: the review of the whole must not be taken for posted because this one is. */
function nameProven(run: string): string {
  const hex = createHash('sha256').update(`${run} proven`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
