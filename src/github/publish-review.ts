import { RequestError } from '@octokit/request-error';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { parseReviewMarker } from '../review/marker.ts';
import type { PlannedComment, ReviewPlan } from '../review/plan.ts';
import type { PostedReview, PullRequest } from './github.ts';
import { API_HEADERS, type Requests } from './octokit.ts';
import { listOwnReviews } from './read-context.ts';
import { isUncertain, translateGitHubError } from './translate-error.ts';

/**
 * Creates the review of a plan, at most once. GitHub can commit it and still answer 502, so an answer that does not arrive is
 * followed by a look at what stands there, never by a second send. A 422 refuses the whole review without saying which
 * comment is at fault: then all findings go into the summary, in one more try, or into its edit where it stands already.
 */
export async function publishReview(
  octokit: Requests,
  pull: PullRequest,
  plan: ReviewPlan,
  options: { reconcile: boolean },
): Promise<PostedReview | null> {
  const { review } = plan;
  if (!review) return null;
  const find = async (): Promise<string | null> =>
    (await listOwnReviews(octokit, pull)).find((one) => parseReviewMarker(one.body)?.run === plan.run)?.url ?? null;
  if (options.reconcile) {
    const url = await find();
    if (url) return { url, adopted: true, folded: false };
  }
  for (const folded of [false, true]) {
    // With a summary that is edited in place there is nothing left to create once the comments are refused.
    if (folded && plan.summary) return { url: '', adopted: false, folded };
    try {
      const comments = folded ? [] : review.comments;
      const url = await create(octokit, pull, plan.head, folded ? review.folded : review.body, comments);
      return { url, adopted: false, folded };
    } catch (error) {
      if (isUncertain(error)) {
        const url = await find();
        if (url) return { url, adopted: true, folded };
        throw translateGitHubError(error, 'posting the review');
      }
      const refused = error instanceof RequestError && error.status === 422 && review.comments.length > 0;
      if (!refused || folded) throw translateGitHubError(error, 'posting the review');
    }
  }
  throw new AppError('GITHUB_REFUSED', 'GitHub refused the review');
}

async function create(
  octokit: Requests,
  { owner, repo, number }: PullRequest,
  head: string,
  body: string,
  comments: readonly PlannedComment[],
): Promise<string> {
  const { data } = await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    owner,
    repo,
    pull_number: number,
    commit_id: head,
    event: 'COMMENT',
    body,
    comments: comments.map(toComment),
    headers: API_HEADERS,
    // A repeated POST is a second review.
    request: { retries: 0 },
  });
  return z.object({ html_url: z.string() }).parse(data).html_url;
}

function toComment({ path, body, side, line, startLine }: PlannedComment) {
  return { path, body, side, line, ...(startLine !== null && { start_line: startLine, start_side: side }) };
}
