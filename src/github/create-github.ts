import type { PullRequest } from '../change/pull-request.ts';
import type { Forge } from '../pipeline/forge.ts';
import type { ReviewPlan } from '../plan/plan.ts';
import { applyEdits, editSummary, resolveThreads } from './apply-edits.ts';
import { finishCheck, startCheck } from './checks.ts';
import { react, readPermission, reply, replyInThread } from './comments.ts';
import { commitFiles } from './commit-files.ts';
import { decideTraits } from './decide-traits.ts';
import type { Permissions, Requests } from './octokit.ts';
import { publishReview } from './publish-review.ts';
import { type OpenFetched, readChange } from './read-change.ts';
import { readContext } from './read-context.ts';
import { readPast } from './read-past.ts';
import { readPullRequest } from './read-pull-request.ts';
import type { Seal } from './seal.ts';

interface Options {
  /** What the newest token allows; null: everything. */
  permissions?: (() => Permissions) | null;
  /** Null: nothing is signed, and of our own markers only the names are believed. */
  seal?: Seal | null;
  fetched?: OpenFetched | null;
  /** Whether somebody answers to the buttons of a check. */
  buttons?: boolean;
  /** Where the repository's config lies; null: at its usual place. */
  configPath?: string | null;
  /** An App whose markers are believed though only GitHub vouches for them; null: no other's are. */
  kin?: string | null;
}

/** The adapter over one authenticated Octokit. */
export function createGitHub(
  octokit: Requests,
  { permissions = null, seal = null, fetched = null, buttons = true, configPath = null, kin = null }: Options = {},
): Forge {
  const sign = (pull: PullRequest, plan: ReviewPlan): ReviewPlan => seal?.signPlan(plan, pull) ?? plan;
  return {
    readPullRequest: (ref) => readPullRequest(octokit, ref),
    readChange: (pull) => readChange(octokit, pull, fetched),
    readContext: (pull) =>
      readContext(octokit, pull, (kind, body) => seal?.check(kind, body, pull) ?? 'off', configPath, kin),
    readPast: (pull) =>
      readPast(octokit, pull, (number) => (kind, body) => seal?.check(kind, body, { ...pull, number }) ?? 'off'),
    publishReview: (pull, plan) => publishReview(octokit, pull, sign(pull, plan)),
    applyEdits: (pull, plan, checkRunId) => applyEdits(octokit, pull, sign(pull, plan), checkRunId, buttons),
    editSummary: (reviewId, body) => editSummary(octokit, { reviewId, body }),
    startCheck: (pull, known) => startCheck(octokit, pull, known),
    finishCheck: (pull, id, result) => finishCheck(octokit, pull, id, result, buttons),
    readPermission: (ref, login) => readPermission(octokit, ref, login),
    react: (ref, comment, content) => react(octokit, ref, comment, content),
    reply: (ref, body, marker, after) => reply(octokit, ref, body, marker, after),
    replyInThread: (ref, root, body, marker, after) => replyInThread(octokit, ref, root, body, marker, after),
    resolveThreads: (ids) => resolveThreads(octokit, ids),
    commitFiles: (pull, commit) => commitFiles(octokit, pull, commit),
    traits: () => decideTraits(permissions === null ? null : permissions()),
    linkTo: (pull, path, line) => {
      const root = pull.url.replace(/\/pull\/\d+$/, '');
      return `${root}/blob/${pull.headSha}/${path.split('/').map(encodeURIComponent).join('/')}#L${line}`;
    },
  };
}
