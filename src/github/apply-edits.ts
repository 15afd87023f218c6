import type { PullRequest } from '../change/pull-request.ts';
import type { ReviewPlan } from '../plan/plan.ts';
import { listCheckMutations } from './checks.ts';
import { type Mutation, sendMutations } from './mutations.ts';
import type { Requests } from './octokit.ts';

/**
 * Everything of a plan that is edited in place, and the end of its check: all of it may be repeated. The summary comes after
 * what it speaks of, and the check last.
 */
export async function applyEdits(
  octokit: Requests,
  pull: PullRequest,
  { edits, resolve, unresolve, summary, check }: ReviewPlan,
  checkRunId: string | null,
  buttons: boolean,
): Promise<void> {
  await sendMutations(octokit, 'updating what was said', [
    ...edits.map(({ commentId, body }) => ({
      field: 'updatePullRequestReviewComment',
      input: 'UpdatePullRequestReviewCommentInput',
      value: { pullRequestReviewCommentId: commentId, body },
    })),
    ...resolve.map(toResolve),
    ...unresolve.map((threadId) => ({
      field: 'unresolveReviewThread',
      input: 'UnresolveReviewThreadInput',
      value: { threadId },
    })),
    ...(summary ? [toSummary(summary)] : []),
    ...(checkRunId === null ? [] : listCheckMutations(pull, checkRunId, check, buttons)),
  ]);
}

export async function editSummary(octokit: Requests, summary: NonNullable<ReviewPlan['summary']>): Promise<void> {
  await sendMutations(octokit, 'updating the summary', [toSummary(summary)]);
}

function toSummary({ reviewId, body }: NonNullable<ReviewPlan['summary']>): Mutation {
  return {
    field: 'updatePullRequestReview',
    input: 'UpdatePullRequestReviewInput',
    value: { pullRequestReviewId: reviewId, body },
  };
}

/** Closes threads; those that are closed already stay so. */
export async function resolveThreads(octokit: Requests, ids: readonly string[]): Promise<void> {
  await sendMutations(octokit, 'closing threads', ids.map(toResolve));
}

function toResolve(threadId: string): Mutation {
  return { field: 'resolveReviewThread', input: 'ResolveReviewThreadInput', value: { threadId } };
}
