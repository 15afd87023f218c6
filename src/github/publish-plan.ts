import type { ReviewPlan } from '../review/plan.ts';
import type { PullRequest } from './github.ts';
import { readGraphqlErrors } from './graphql-errors.ts';
import { attempt, type Requests } from './octokit.ts';
import { publishReview } from './publish-review.ts';

/** Writes in one GraphQL request; GitHub runs them in their order, and one that fails does not undo the others. */
const BATCH = 30;

interface Mutation {
  field: string;
  input: string;
  value: Record<string, unknown>;
}

/**
 * Writes a plan: the review with its comments, then everything that is edited in place in as few requests as possible. All of
 * the second part may be repeated. The summary is written last, so that it never speaks of what is not there yet.
 */
export async function publishPlan(
  octokit: Requests,
  pull: PullRequest,
  plan: ReviewPlan,
  options: { reconcile: boolean },
): Promise<{ url: string | null }> {
  const posted = await publishReview(octokit, pull, plan, options);
  const mutations = listMutations(plan, posted?.folded === true);
  for (let at = 0; at < mutations.length; at += BATCH) await send(octokit, mutations.slice(at, at + BATCH));
  return { url: posted?.url || null };
}

/** Closes threads; those that are closed already stay so. */
export async function resolveThreads(octokit: Requests, ids: readonly string[]): Promise<void> {
  const mutations = ids.map(toResolve);
  for (let at = 0; at < mutations.length; at += BATCH) await send(octokit, mutations.slice(at, at + BATCH));
}

function toResolve(threadId: string): Mutation {
  return { field: 'resolveReviewThread', input: 'ResolveReviewThreadInput', value: { threadId } };
}

function listMutations({ edits, resolve, unresolve, summary }: ReviewPlan, folded: boolean): Mutation[] {
  return [
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
    ...(summary
      ? [
          {
            field: 'updatePullRequestReview',
            input: 'UpdatePullRequestReviewInput',
            value: { pullRequestReviewId: summary.reviewId, body: folded ? summary.folded : summary.body },
          },
        ]
      : []),
  ];
}

async function send(octokit: Requests, mutations: readonly Mutation[]): Promise<void> {
  const declared = mutations.map(({ input }, index) => `$i${index}: ${input}!`).join(', ');
  const fields = mutations.map(({ field }, index) => `m${index}: ${field}(input: $i${index}) { clientMutationId }`);
  const values = Object.fromEntries(mutations.map(({ value }, index) => [`i${index}`, value]));
  await attempt('updating what was said', async () => {
    try {
      await octokit.graphql(`mutation Update(${declared}) {\n${fields.join('\n')}\n}`, values);
    } catch (error) {
      // A comment that a person deleted, or a thread that we may not resolve: the rest was written all the same.
      if (readGraphqlErrors(error)?.errors.every((one) => isBearable(one.type))) return;
      throw error;
    }
  });
}

function isBearable(type: string | undefined): boolean {
  return type === 'NOT_FOUND' || type === 'FORBIDDEN';
}
