import { z } from 'zod';
import type { Conversation, OwnReview, Thread } from '../review/conversation.ts';

/** The fields of a pull request that a conversation is read from; used inside other queries. */
export const CONVERSATION_FIELDS = `
      commits(last: 100) { nodes { commit { oid } } }
      # The summary is our first review; a crash left our last one.
      earliest: reviews(first: 50) { nodes { id body viewerDidAuthor url } }
      reviews(last: 50) { nodes { id body viewerDidAuthor url } }
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id isResolved isOutdated subjectType path line startLine diffSide
          comments(first: 1) { nodes { id fullDatabaseId state body viewerDidAuthor url author { __typename login } } }
        }
      }`;

const Author = z.object({ __typename: z.string(), login: z.string() }).nullable();
const Comment = z.object({
  id: z.string(),
  fullDatabaseId: z.coerce.number(),
  state: z.enum(['PENDING', 'SUBMITTED']),
  body: z.string(),
  viewerDidAuthor: z.boolean(),
  url: z.string(),
  author: Author,
});
const Threads = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(
    z
      .object({
        id: z.string(),
        isResolved: z.boolean(),
        isOutdated: z.boolean(),
        subjectType: z.enum(['LINE', 'FILE']),
        path: z.string(),
        line: z.number().nullable(),
        startLine: z.number().nullable(),
        diffSide: z.enum(['LEFT', 'RIGHT']),
        comments: z.object({ nodes: z.array(Comment.nullable()) }),
      })
      .nullable(),
  ),
});
const Reviews = z.object({
  nodes: z.array(
    z.object({ id: z.string(), body: z.string(), viewerDidAuthor: z.boolean(), url: z.string() }).nullable(),
  ),
});

export const ConversationAnswer = z.object({
  commits: z.object({ nodes: z.array(z.object({ commit: z.object({ oid: z.string() }) }).nullable()) }),
  earliest: Reviews,
  reviews: Reviews,
  reviewThreads: Threads,
});
type ConversationAnswer = z.infer<typeof ConversationAnswer>;

export function toThreads({ reviewThreads }: Pick<ConversationAnswer, 'reviewThreads'>): Thread[] {
  return reviewThreads.nodes.flatMap((node): Thread[] => {
    const first = node?.comments.nodes[0];
    // What is pending, only its author sees: nothing was said.
    if (!node || !first || first.state === 'PENDING') return [];
    return [
      {
        id: node.id,
        path: node.path,
        side: node.diffSide,
        startLine: node.startLine,
        line: node.line,
        resolved: node.isResolved,
        outdated: node.isOutdated,
        onFile: node.subjectType === 'FILE',
        first: {
          id: first.id,
          databaseId: first.fullDatabaseId,
          body: first.body,
          mine: first.viewerDidAuthor,
          author: first.author?.login ?? 'ghost',
          bot: first.author?.__typename === 'Bot',
          url: first.url,
        },
      },
    ];
  });
}

/** Only what we wrote ourselves counts: anyone can copy a marker. */
export function toOwnReviews(reviews: ConversationAnswer['reviews']): OwnReview[] {
  return reviews.nodes.flatMap((review) =>
    review?.viewerDidAuthor ? [{ id: review.id, body: review.body, url: review.url }] : [],
  );
}

export function toConversation(answer: ConversationAnswer, threads: readonly Thread[]): Conversation {
  return {
    threads: [...threads],
    reviews: [...new Map([answer.earliest, answer.reviews].flatMap(toOwnReviews).map((one) => [one.id, one])).values()],
    commits: answer.commits.nodes.flatMap((node) => (node ? [node.commit.oid] : [])),
  };
}
