import type { PullRequest } from '../change/pull-request.ts';
import { parseReviewMarker } from '../ledger/marker.ts';
import type { PostedReview } from '../pipeline/forge.ts';
import type { ReviewPlan } from '../plan/plan.ts';
import { createReview, isRefusal } from './create-review.ts';
import { discardDrafts, findRefusedComments } from './find-refused-comments.ts';
import type { Requests } from './octokit.ts';
import { publishFileComments } from './publish-file-comments.ts';
import { findOwnReview } from './read-conversation.ts';
import { isUncertain, translateGitHubError } from './translate-error.ts';

/** If the reason of a refusal can be removed, the review is tried again. */
const MAX_TRIES = 3;

/** The review of a plan, then its comments on whole files. */
export async function publishReview(
  octokit: Requests,
  pull: PullRequest,
  plan: ReviewPlan,
): Promise<PostedReview | null> {
  const posted = await publishComments(octokit, pull, plan);
  if (posted?.kind === 'refused') return posted;
  const refused = await publishFileComments(octokit, pull, { head: plan.head, comments: plan.fileComments });
  return refused.length > 0 ? { kind: 'refused', comments: refused } : posted;
}

/**
 * Creates the review of a plan, at most once: what stands there already is looked for first, since an earlier try may have
 * sent it. GitHub can commit it and still answer 502, so an answer that does not arrive is followed by another look, never by
 * a second send. A 422 refuses the whole review without saying which
 * comment is at fault: that is found out, nothing is posted, and the plan is made anew without it.
 */
async function publishComments(octokit: Requests, pull: PullRequest, plan: ReviewPlan): Promise<PostedReview | null> {
  const { review, head } = plan;
  if (!review) return null;
  const find = async (): Promise<PostedReview | null> => {
    const found = await findOwnReview(octokit, pull, (one) => parseReviewMarker(one)?.run === plan.run);
    return found ? { kind: 'posted', url: found.url, adopted: true } : null;
  };
  const adopted = await find();
  if (adopted) return adopted;
  const { body, comments } = review;
  for (let tries = 1; ; tries++) {
    try {
      const { html_url: url } = await createReview(octokit, pull, { head, event: 'COMMENT', body, comments });
      return { kind: 'posted', url, adopted: false };
    } catch (error) {
      const arrived = isUncertain(error) ? await find() : null;
      if (arrived) return arrived;
      if (!isRefusal(error) || tries === MAX_TRIES) throw translateGitHubError(error, 'posting the review');
      // GitHub allows one pending review at a time; one of a search that was cut off stood in the way.
      if (await discardDrafts(octokit, pull)) continue;
      const refused = comments.length > 0 ? await findRefusedComments(octokit, pull, head, comments) : null;
      if (!refused) throw translateGitHubError(error, 'posting the review');
      if (refused.length > 0) return { kind: 'refused', comments: refused };
    }
  }
}
