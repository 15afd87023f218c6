import { z } from 'zod';
import type { CommentRef, Permission, PullRequestRef } from './github.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';

const Conversation = z.object({
  repository: z.object({
    pullRequest: z.object({
      comments: z.object({ nodes: z.array(z.object({ body: z.string(), viewerDidAuthor: z.boolean() }).nullable()) }),
    }),
  }),
});

/** The right of a person at this moment. An answer that does not come is no right. */
export async function readPermission(
  octokit: Requests,
  { owner, repo }: PullRequestRef,
  login: string,
): Promise<Permission> {
  try {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
      owner,
      repo,
      username: login,
      headers: API_HEADERS,
    });
    // `role_name` tells triage and maintain apart, which `permission` folds into read and write.
    const { role_name: role, permission } = z
      .object({ role_name: z.string().optional(), permission: z.string() })
      .parse(data);
    const known = z.enum(['admin', 'maintain', 'write', 'triage', 'read', 'none']);
    return known.safeParse(role).data ?? known.safeParse(permission).data ?? 'none';
  } catch {
    return 'none';
  }
}

export async function react(
  octokit: Requests,
  { owner, repo }: PullRequestRef,
  comment: CommentRef,
  content: 'eyes' | '+1' | 'confused',
): Promise<void> {
  const common = { owner, repo, comment_id: comment.id, content, headers: API_HEADERS };
  await attempt('reacting to the comment', async () => {
    if (comment.kind === 'inline')
      await octokit.request('POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions', common);
    else await octokit.request('POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', common);
  });
}

/** A conversation comment, once for each marker. */
export async function reply(
  octokit: Requests,
  { owner, repo, number }: PullRequestRef,
  body: string,
  marker: string,
): Promise<void> {
  const query =
    'query Conversation($owner: String!, $repo: String!, $number: Int!) { repository(owner: $owner, name: $repo) { pullRequest(number: $number) { comments(last: 100) { nodes { body viewerDidAuthor } } } } }';
  const answer = await attempt('reading the conversation', () => octokit.graphql(query, { owner, repo, number }));
  const { nodes } = Conversation.parse(answer).repository.pullRequest.comments;
  if (nodes.some((comment) => comment?.viewerDidAuthor && comment.body.includes(marker))) return;
  await attempt('replying', () =>
    octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      owner,
      repo,
      issue_number: number,
      body: `${body}\n\n${marker}`,
      headers: API_HEADERS,
      request: { retries: 0 },
    }),
  );
}

const BotComments = z.array(
  z.object({ path: z.string(), body: z.string(), user: z.object({ type: z.string() }).nullable() }),
);

/** The newest 100 review comments, those of bots: what an interrupted try has sent is among them. */
export async function listBotComments(
  octokit: Requests,
  { owner, repo, number }: PullRequestRef,
): Promise<{ path: string; body: string }[]> {
  const { data } = await attempt('reading the review comments', () =>
    octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
      owner,
      repo,
      pull_number: number,
      sort: 'created',
      direction: 'desc',
      per_page: 100,
      headers: API_HEADERS,
    }),
  );
  return BotComments.parse(data).filter((comment) => comment.user?.type === 'Bot');
}

/** A reply in a review thread, once for each marker. */
export async function replyInThread(
  octokit: Requests,
  pull: PullRequestRef,
  root: number,
  body: string,
  marker: string,
): Promise<void> {
  const comments = await listBotComments(octokit, pull);
  if (comments.some((comment) => comment.body.includes(marker))) return;
  const { owner, repo, number } = pull;
  await attempt('replying', () =>
    octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies', {
      owner,
      repo,
      pull_number: number,
      comment_id: root,
      body: `${body}\n\n${marker}`,
      headers: API_HEADERS,
      request: { retries: 0 },
    }),
  );
}
