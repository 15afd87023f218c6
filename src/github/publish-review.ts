import { RequestError } from '@octokit/request-error';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { PlannedComment, ReviewPlan } from '../review/plan.ts';
import type { PullRequest } from './github.ts';
import { API_HEADERS, type Requests } from './octokit.ts';
import { listOwnReviews } from './read-context.ts';
import { isUncertain, translateGitHubError } from './translate-error.ts';

/**
 * Creates the review of a plan, at most once. GitHub can commit it and still answer 502, so an answer that does not arrive is
 * followed by a look at what stands there, never by a second send. A 422 refuses the whole review without saying which
 * comment is at fault: then all findings go into the body, in one more try.
 */
export async function publishReview(
  octokit: Requests,
  pull: PullRequest,
  plan: ReviewPlan,
  options: { reconcile: boolean },
): Promise<{ url: string; adopted: boolean; folded: boolean }> {
  const find = async (): Promise<string | null> =>
    (await listOwnReviews(octokit, pull)).find((review) => review.run === plan.run)?.url ?? null;
  if (options.reconcile) {
    const url = await find();
    if (url) return { url, adopted: true, folded: false };
  }
  for (const folded of [false, true]) {
    try {
      return { url: await create(octokit, pull, plan, folded), adopted: false, folded };
    } catch (error) {
      if (isUncertain(error)) {
        const url = await find();
        if (url) return { url, adopted: true, folded };
        throw translateGitHubError(error, 'posting the review');
      }
      const refused = error instanceof RequestError && error.status === 422 && plan.comments.length > 0;
      if (!refused || folded) throw translateGitHubError(error, 'posting the review');
    }
  }
  throw new AppError('GITHUB_REFUSED', 'GitHub refused the review');
}

async function create(
  octokit: Requests,
  { owner, repo, number }: PullRequest,
  plan: ReviewPlan,
  folded: boolean,
): Promise<string> {
  const { data } = await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    owner,
    repo,
    pull_number: number,
    commit_id: plan.head,
    event: 'COMMENT',
    body: folded ? plan.foldedBody : plan.body,
    comments: folded ? [] : plan.comments.map(toComment),
    headers: API_HEADERS,
    // A repeated POST is a second review.
    request: { retries: 0 },
  });
  return z.object({ html_url: z.string() }).parse(data).html_url;
}

function toComment({ path, body, side, line, startLine }: PlannedComment) {
  return { path, body, side, line, ...(startLine !== null && { start_line: startLine, start_side: side }) };
}
