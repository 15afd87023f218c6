import { z } from 'zod';
import type { PullRequest, PullRequestRef } from '../change/pull-request.ts';
import type { PlannedComment } from '../plan/anchor-comments.ts';
import { createReview, isRefusal } from './create-review.ts';
import { sendMutations } from './mutations.ts';
import { attempt, type Requests } from './octokit.ts';

/** The most drafts of one search; one comment among 25 is found with 12. */
const MAX_DRAFTS = 16;

/** The text of our own drafts, so that a person's draft is never taken for one. */
const TRIAL = 'Looking for the comment that GitHub refuses. <!-- backend-dev:trial -->';

/**
 * The comments for whose sake GitHub refuses a review: it refuses all of it without naming one. Halves are tried as pending
 * reviews, which nobody but their author sees and which are deleted at once.
 */
export function findRefusedComments(
  octokit: Requests,
  pull: PullRequest,
  head: string,
  comments: readonly PlannedComment[],
): Promise<PlannedComment[] | null> {
  return searchRefused(comments, (group) => tryDraft(octokit, pull, head, group));
}

/**
 * Halves what is refused until single ones are left. None when all of them are taken now, null when nothing at all is refused
 * too: then the fault is another. What could not be cleared within the limit counts as refused.
 */
export async function searchRefused<T>(
  all: readonly T[],
  tryGroup: (group: readonly T[]) => Promise<boolean>,
): Promise<T[] | null> {
  let drafts = 0;
  const isRefused = (group: readonly T[]): Promise<boolean> => {
    drafts += 1;
    return tryGroup(group);
  };
  if (!(await isRefused(all))) return [];
  if (await isRefused([])) return null;
  const refused: T[] = [];
  // Each group holds one at least.
  const groups = [all];
  for (let group = groups.pop(); group; group = groups.pop()) {
    if (group.length === 1 || drafts + 2 > MAX_DRAFTS) {
      refused.push(...group);
      continue;
    }
    const middle = Math.ceil(group.length / 2);
    const [left, right] = [group.slice(0, middle), group.slice(middle)];
    const inLeft = await isRefused(left);
    if (inLeft) groups.push(left);
    if (!inLeft || (await isRefused(right))) groups.push(right);
  }
  return refused;
}

/** True when GitHub refuses a pending review with these comments. */
async function tryDraft(
  octokit: Requests,
  pull: PullRequest,
  head: string,
  comments: readonly PlannedComment[],
): Promise<boolean> {
  return await attempt('looking for the comment that GitHub refuses', async () => {
    try {
      const { node_id: id } = await createReview(octokit, pull, { head, event: null, body: TRIAL, comments });
      await deleteReviews(octokit, [id]);
      return false;
    } catch (error) {
      if (isRefusal(error)) return true;
      throw error;
    }
  });
}

const Draft = z.object({ id: z.string(), body: z.string(), viewerDidAuthor: z.boolean() });
const Drafts = z.object({
  repository: z.object({ pullRequest: z.object({ reviews: z.object({ nodes: z.array(Draft.nullable()) }) }) }),
});

/** Deletes what a search that was cut off left: while one is pending, GitHub refuses every other. True when there was one. */
export async function discardDrafts(octokit: Requests, { owner, repo, number }: PullRequestRef): Promise<boolean> {
  const query =
    'query Drafts($owner: String!, $repo: String!, $number: Int!) { repository(owner: $owner, name: $repo) { pullRequest(number: $number) { reviews(last: 10, states: [PENDING]) { nodes { id body viewerDidAuthor } } } } }';
  const answer = await attempt('looking for a pending review', () => octokit.graphql(query, { owner, repo, number }));
  const { nodes } = Drafts.parse(answer).repository.pullRequest.reviews;
  const ids = nodes.flatMap((review) => (review?.viewerDidAuthor && review.body === TRIAL ? [review.id] : []));
  await deleteReviews(octokit, ids);
  return ids.length > 0;
}

async function deleteReviews(octokit: Requests, ids: readonly string[]): Promise<void> {
  await sendMutations(
    octokit,
    'deleting a pending review',
    ids.map((id) => ({
      field: 'deletePullRequestReview',
      input: 'DeletePullRequestReviewInput',
      value: { pullRequestReviewId: id },
    })),
  );
}
