import { RequestError } from '@octokit/request-error';
import { z } from 'zod';
import type { PullRequestRef } from '../change/pull-request.ts';
import { AppError } from '../errors.ts';
import type { PlannedComment } from '../plan/anchor-comments.ts';
import { API_HEADERS, type Requests } from './octokit.ts';

const Answer = z.object({ html_url: z.string(), node_id: z.string() });

interface Draft {
  head: string;
  /** Null: it stays pending, and only its author sees it. */
  event: 'COMMENT' | null;
  body: string;
  comments: readonly PlannedComment[];
}

/** One send, never repeated: a repeated POST is a second review. GitHub takes all of the comments or refuses the review. */
export async function createReview(
  octokit: Requests,
  { owner, repo, number }: PullRequestRef,
  { head, event, body, comments }: Draft,
): Promise<z.infer<typeof Answer>> {
  const { data } = await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    owner,
    repo,
    pull_number: number,
    commit_id: head,
    ...(event && { event }),
    body,
    comments: comments.map(toComment),
    headers: API_HEADERS,
    request: { retries: 0 },
  });
  return Answer.parse(data);
}

/** 422: GitHub read the review and does not take it. */
export function isRefusal(error: unknown): boolean {
  return error instanceof RequestError && error.status === 422;
}

function toComment({ path, body, side, line, startLine }: PlannedComment) {
  // A review takes comments on lines only.
  if (line === null) throw new AppError('GITHUB_REFUSED', `a comment on all of ${path} does not belong into a review`);
  return { path, body, side, line, ...(startLine !== null && { start_line: startLine, start_side: side }) };
}
