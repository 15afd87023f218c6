import { z } from 'zod';
import type { PullRequest } from '../change/pull-request.ts';
import type { PastPull } from '../pipeline/forge.ts';
import { attempt, type Requests } from './octokit.ts';
import { type CheckSeal, PAST_FIELDS, PastConversation, toPastConversation } from './read-conversation.ts';

/** How many pull requests one request reads, and the most requests. */
const PAGE = 20;
const MOST_PAGES = 5;

const Answer = z.object({
  repository: z.object({
    pullRequests: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(
        PastConversation.extend({
          number: z.number(),
          merged: z.boolean(),
          isCrossRepository: z.boolean(),
          updatedAt: z.string(),
          author: z.object({ login: z.string() }).nullable(),
        }).nullable(),
      ),
    }),
  }),
});

const QUERY = `query Past($owner: String!, $repo: String!, $cursor: String) {
  repository(owner: $owner, name: $repo) {
    pullRequests(first: ${PAGE}, after: $cursor, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number merged isCrossRepository updatedAt author { login }
        ${PAST_FIELDS}
      }
    }
  }
}`;

/** @param checkOf tells of a pull request's markers whether we wrote them */
export async function readPast(
  octokit: Requests,
  { owner, repo }: Pick<PullRequest, 'owner' | 'repo'>,
  checkOf: (number: number) => CheckSeal,
): Promise<PastPull[]> {
  const past: PastPull[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer: unknown = await attempt('reading earlier reviews', () =>
      octokit.graphql(QUERY, { owner, repo, cursor }),
    );
    const { nodes, pageInfo } = Answer.parse(answer).repository.pullRequests;
    for (const node of nodes) {
      if (!node) continue;
      const { number, merged, isCrossRepository: fork, updatedAt: at, author } = node;
      const conversation = toPastConversation(node, checkOf(number));
      past.push({ number, merged, fork, at, author: author?.login ?? 'ghost', conversation });
    }
    cursor = pageInfo.endCursor;
    if (!pageInfo.hasNextPage || cursor === null) break;
  }
  return past;
}
