import { z } from 'zod';
import type { PullRequestRef } from '../change/pull-request.ts';
import type { CommentRef, Permission } from '../pipeline/forge.ts';
import { API_HEADERS, attempt, type Requests } from './octokit.ts';
import { type Connection, readPages } from './read-pages.ts';

const CommentNode = z.object({ body: z.string(), viewerDidAuthor: z.boolean(), fullDatabaseId: z.coerce.number() });
type CommentNode = z.infer<typeof CommentNode>;

const COMMENTS: Connection<CommentNode> = {
  what: 'the conversation',
  field: 'comments',
  fields: 'body viewerDidAuthor fullDatabaseId',
  node: CommentNode,
  backwards: true,
};

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
  pull: PullRequestRef,
  body: string,
  marker: string,
  after: number | null,
): Promise<void> {
  const isIt = (one: CommentNode): boolean => one.viewerDidAuthor && one.body.includes(marker);
  const enough = (all: readonly CommentNode[]): boolean =>
    all.some(isIt) || all.some((one) => after !== null && one.fullDatabaseId <= after);
  const { nodes } = await readPages(octokit, pull, COMMENTS, { enough });
  if (nodes.some(isIt)) return;
  const { owner, repo, number } = pull;
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
  z.object({ id: z.number(), body: z.string(), user: z.object({ type: z.string() }).nullable() }),
);

/** Pages of review comments that are looked through for an answer of ours. */
const MOST_PAGES = 10;

/** Whether a bot said it in a review comment that is newer than another one. */
async function isSaidByBot(
  octokit: Requests,
  { owner, repo, number }: PullRequestRef,
  marker: string,
  after: number,
): Promise<boolean> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data } = await attempt('reading the review comments', () =>
      octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
        owner,
        repo,
        pull_number: number,
        sort: 'created',
        direction: 'desc',
        per_page: 100,
        page,
        headers: API_HEADERS,
      }),
    );
    const comments = BotComments.parse(data);
    if (comments.some((one) => one.user?.type === 'Bot' && one.body.includes(marker))) return true;
    if (comments.length < 100 || comments.some((one) => one.id <= after)) return false;
  }
  return false;
}

/** A reply in a review thread, once for each marker. */
export async function replyInThread(
  octokit: Requests,
  pull: PullRequestRef,
  root: number,
  body: string,
  marker: string,
  after: number,
): Promise<void> {
  if (await isSaidByBot(octokit, pull, marker, after)) return;
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
