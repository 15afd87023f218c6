import type { PullRequest, PullRequestRef } from '../change/pull-request.ts';
import { parseFindingMarker } from '../ledger/marker.ts';
import { keyOfComment, type PlannedComment } from '../plan/anchor-comments.ts';
import { isRefusal } from './create-review.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';
import { listOwnThreads } from './read-conversation.ts';

/**
 * Comments on whole files. GitHub takes them one by one only, outside a review, so a plan has few. Those that stand there
 * already are not sent again.
 *
 * @returns those that GitHub refuses
 */
export async function publishFileComments(
  octokit: Requests,
  pull: PullRequest,
  { head, comments }: { head: string; comments: readonly PlannedComment[] },
): Promise<PlannedComment[]> {
  if (comments.length === 0) return [];
  const there = await listPosted(octokit, pull);
  const refused: PlannedComment[] = [];
  for (const comment of comments) {
    if (there.has(keyOfComment(comment))) continue;
    const taken = await attempt('commenting on a file', () => create(octokit, pull, head, comment));
    if (!taken) refused.push(comment);
  }
  return refused;
}

/** False when GitHub refuses it. */
async function create(
  octokit: Requests,
  { owner, repo, number }: PullRequestRef,
  head: string,
  { path, body }: PlannedComment,
): Promise<boolean> {
  try {
    await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
      owner,
      repo,
      pull_number: number,
      commit_id: head,
      path,
      body,
      subject_type: 'file',
      headers: API_HEADERS,
      // A repeated POST is a second comment: a run that is taken up again looks first.
      request: { retries: 0 },
    });
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** The comments on files that stand for a finding already. */
async function listPosted(octokit: Requests, pull: PullRequestRef): Promise<Set<string>> {
  const threads = await listOwnThreads(octokit, pull);
  return new Set(
    threads.flatMap(({ path, onFile, first }) => {
      const record = onFile ? parseFindingMarker(first.body) : null;
      return record ? [keyOfComment({ path, fingerprint: record.id, line: null })] : [];
    }),
  );
}
