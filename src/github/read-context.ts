import { z } from 'zod';
import { CONFIG_PATH } from '../config/repository-config.ts';
import { parseFindingMarker, parseReviewMarker } from '../review/marker.ts';
import type { PullRequest, PullRequestRef, ReviewContext } from './github.ts';
import { attempt, type Requests } from './octokit.ts';

const AGENT_PATHS = ['.github/agents/backend-dev.md', '.claude/agents/backend-dev.md'];

const Text = z.object({ text: z.string().nullable() }).partial().nullable();
const Threads = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(
    z
      .object({
        comments: z.object({ nodes: z.array(z.object({ body: z.string(), viewerDidAuthor: z.boolean() }).nullable()) }),
      })
      .nullable(),
  ),
});
const Reviews = z.object({
  nodes: z.array(z.object({ body: z.string(), viewerDidAuthor: z.boolean(), url: z.string() }).nullable()),
});
const Answer = z.object({
  repository: z.object({
    config: Text,
    agent0: Text,
    agent1: Text,
    pullRequest: z.object({ reviews: Reviews, reviewThreads: Threads }),
  }),
});

const QUERY = `query Context($owner: String!, $repo: String!, $number: Int!, $config: String!, $agent0: String!, $agent1: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    config: object(expression: $config) { ... on Blob { text } }
    agent0: object(expression: $agent0) { ... on Blob { text } }
    agent1: object(expression: $agent1) { ... on Blob { text } }
    pullRequest(number: $number) {
      reviews(last: 50) { nodes { body viewerDidAuthor url } }
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { comments(first: 1) { nodes { body viewerDidAuthor } } }
      }
    }
  }
}`;

/** Config and agent of the base commit, and what we said before: one request for up to 100 threads. */
export async function readContext(octokit: Requests, pull: PullRequest): Promise<ReviewContext> {
  const at = (path: string): string => `${pull.baseSha}:${path}`;
  const variables = {
    owner: pull.owner,
    repo: pull.repo,
    number: pull.number,
    config: at(CONFIG_PATH),
    agent0: at(AGENT_PATHS[0] ?? ''),
    agent1: at(AGENT_PATHS[1] ?? ''),
  };
  const said = new Set<string>();
  let after: string | null = null;
  for (let page = 0; ; page++) {
    const answer: unknown = await attempt('reading what was said before', () =>
      octokit.graphql(QUERY, { ...variables, after }),
    );
    const { repository } = Answer.parse(answer);
    const { reviewThreads, reviews } = repository.pullRequest;
    for (const thread of reviewThreads.nodes) {
      const [first] = thread?.comments.nodes ?? [];
      const marker = first?.viewerDidAuthor ? parseFindingMarker(first.body) : null;
      if (marker) said.add(marker.fingerprint);
    }
    after = reviewThreads.pageInfo.endCursor;
    if (reviewThreads.pageInfo.hasNextPage && page < 20) continue;
    const agents = [repository.agent0, repository.agent1];
    const index = agents.findIndex((agent) => typeof agent?.text === 'string');
    return {
      config: repository.config?.text ?? null,
      agent: index === -1 ? null : { path: AGENT_PATHS[index] ?? '', text: agents[index]?.text ?? '' },
      said,
      reviews: readMarkers(reviews),
    };
  }
}

/** Our own reviews on a pull request, by their markers: what a second try looks for. */
export async function listOwnReviews(
  octokit: Requests,
  { owner, repo, number }: PullRequestRef,
): Promise<ReviewContext['reviews']> {
  const query =
    'query Reviews($owner: String!, $repo: String!, $number: Int!) { repository(owner: $owner, name: $repo) { pullRequest(number: $number) { reviews(last: 100) { nodes { body viewerDidAuthor url } } } } }';
  const answer = await attempt('looking for our review', () => octokit.graphql(query, { owner, repo, number }));
  const parsed = z.object({ repository: z.object({ pullRequest: z.object({ reviews: Reviews }) }) }).parse(answer);
  return readMarkers(parsed.repository.pullRequest.reviews);
}

/** Only what we wrote ourselves counts: anyone can copy a marker. */
function readMarkers(reviews: z.infer<typeof Reviews>): ReviewContext['reviews'] {
  return reviews.nodes.flatMap((review) => {
    const marker = review?.viewerDidAuthor ? parseReviewMarker(review.body) : null;
    return review && marker ? [{ ...marker, url: review.url }] : [];
  });
}
