import { z } from 'zod';
import type { PullRequestRef } from '../change/pull-request.ts';
import type { Conversation, OwnReview, SealState, Thread } from '../ledger/conversation.ts';
import type { MarkerKind } from '../ledger/marker.ts';
import { maskProse } from '../secrets/mask-text.ts';
import { cutText } from '../text/cut-text.ts';
import type { Requests } from './octokit.ts';
import { type Connection, type Page, pageSchema, readPages, selectPage } from './read-pages.ts';

/** How many characters of a commit's message are kept. */
const MOST_MESSAGE = 1000;

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
const ThreadNode = z.object({
  id: z.string(),
  isResolved: z.boolean(),
  resolvedBy: z.object({ login: z.string() }).nullable(),
  isOutdated: z.boolean(),
  subjectType: z.enum(['LINE', 'FILE']),
  path: z.string(),
  line: z.number().nullable(),
  startLine: z.number().nullable(),
  diffSide: z.enum(['LEFT', 'RIGHT']),
  comments: z.object({ nodes: z.array(Comment.nullable()) }),
});
type ThreadNode = z.infer<typeof ThreadNode>;
const ReviewNode = z.object({ id: z.string(), body: z.string(), viewerDidAuthor: z.boolean(), url: z.string() });
type ReviewNode = z.infer<typeof ReviewNode>;
const CommitNode = z.object({ commit: z.object({ oid: z.string(), message: z.string() }) });
type CommitNode = z.infer<typeof CommitNode>;

const THREADS: Connection<ThreadNode> = {
  what: 'review threads',
  field: 'reviewThreads',
  fields: `id isResolved resolvedBy { login } isOutdated subjectType path line startLine diffSide
          comments(first: 1) { nodes { id fullDatabaseId state body viewerDidAuthor url author { __typename login } } }`,
  node: ThreadNode,
  backwards: false,
};
const REVIEWS: Connection<ReviewNode> = {
  what: 'reviews',
  field: 'reviews',
  fields: 'id body viewerDidAuthor url',
  node: ReviewNode,
  backwards: false,
};
const COMMITS: Connection<CommitNode> = {
  what: 'commits',
  field: 'commits',
  fields: 'commit { oid message }',
  node: CommitNode,
  backwards: true,
};

/** The fields of a pull request that a conversation is read from; used inside another query. */
export const CONVERSATION_FIELDS = [THREADS, REVIEWS, COMMITS].map((one) => selectPage(one)).join('\n      ');

export const ConversationAnswer = z.object({
  reviewThreads: pageSchema(THREADS),
  reviews: pageSchema(REVIEWS),
  commits: pageSchema(COMMITS),
});
type ConversationAnswer = z.infer<typeof ConversationAnswer>;

/** Of a pull request of before: threads and reviews in one page, among many such pages. */
export const PAST_FIELDS = `reviewThreads(first: 50) { nodes { ${THREADS.fields} } }
        reviews(first: 30) { nodes { ${REVIEWS.fields} } }`;

export const PastConversation = z.object({
  reviewThreads: z.object({ nodes: z.array(ThreadNode.nullable()) }),
  reviews: z.object({ nodes: z.array(ReviewNode.nullable()) }),
});

export function toPastConversation(
  { reviewThreads, reviews }: z.infer<typeof PastConversation>,
  check: CheckSeal,
): Conversation {
  return {
    threads: reviewThreads.nodes.flatMap((node) => (node ? toThread(node, check) : [])),
    reviews: reviews.nodes.flatMap((node) => (node ? toOwnReview(node, check) : [])),
    commits: [],
    messages: [],
    unread: [],
  };
}

/** Tells of a marker of ours whether it is as we wrote it. */
export type CheckSeal = (kind: MarkerKind, body: string) => SealState;

/** All of a conversation; `begun` are its first pages. */
export async function readConversation(
  octokit: Requests,
  pull: PullRequestRef,
  begun: ConversationAnswer,
  check: CheckSeal,
  kin: string | null,
): Promise<Conversation> {
  const rest = <T>(connection: Connection<T>, page: Page<T>) => readPages(octokit, pull, connection, { begun: page });
  const threads = await rest(THREADS, begun.reviewThreads);
  const reviews = await rest(REVIEWS, begun.reviews);
  const commits = await rest(COMMITS, begun.commits);
  return {
    threads: threads.nodes.flatMap((node) => toThread(node, check, kin)),
    reviews: reviews.nodes.flatMap((node) => toOwnReview(node, check)),
    commits: commits.nodes.map((node) => node.commit.oid),
    messages: commits.nodes.map((node) => maskProse(cutText(node.commit.message, MOST_MESSAGE))),
    unread: [...(threads.whole ? [] : [THREADS.what]), ...(reviews.whole ? [] : [REVIEWS.what])],
  };
}

/** Our own review of which `is` holds, the newest first: what a second try looks for. */
export async function findOwnReview(
  octokit: Requests,
  pull: PullRequestRef,
  is: (body: string) => boolean,
): Promise<{ url: string } | null> {
  const isIt = (node: ReviewNode): boolean => node.viewerDidAuthor && is(node.body);
  const { nodes } = await readPages(
    octokit,
    pull,
    { ...REVIEWS, backwards: true },
    { enough: (all) => all.some(isIt) },
  );
  return nodes.findLast(isIt) ?? null;
}

/** First comments of our own threads, the newest threads first: what an interrupted try has sent is among them. */
export async function listOwnThreads(octokit: Requests, pull: PullRequestRef): Promise<Thread[]> {
  const { nodes } = await readPages(octokit, pull, { ...THREADS, backwards: true });
  return nodes.flatMap((node) => toThread(node, () => 'off')).filter((thread) => thread.first.mine);
}

/** @param kin an App whose comments are believed as GitHub has them: only who may write, and so ignore, can edit them */
function toThread(node: ThreadNode, check: CheckSeal, kin: string | null = null): Thread[] {
  const first = node.comments.nodes[0];
  // What is pending, only its author sees: nothing was said.
  if (!first || first.state === 'PENDING') return [];
  return [
    {
      id: node.id,
      path: node.path,
      side: node.diffSide,
      startLine: node.startLine,
      line: node.line,
      resolved: node.isResolved,
      resolvedBy: node.resolvedBy?.login ?? null,
      outdated: node.isOutdated,
      onFile: node.subjectType === 'FILE',
      first: {
        id: first.id,
        databaseId: first.fullDatabaseId,
        body: first.body,
        mine: first.viewerDidAuthor,
        seal: first.viewerDidAuthor ? check('finding', first.body) : isBy(first.author, kin) ? 'current' : 'none',
        author: first.author?.login ?? 'ghost',
        bot: first.author?.__typename === 'Bot',
        url: first.url,
      },
    },
  ];
}

function isBy(author: z.infer<typeof Author>, app: string | null): boolean {
  return app !== null && author?.__typename === 'Bot' && author.login.replace('[bot]', '') === app;
}

/** Only what we wrote ourselves counts: anyone can copy a marker. */
function toOwnReview({ id, body, url, viewerDidAuthor }: ReviewNode, check: CheckSeal): OwnReview[] {
  return viewerDidAuthor ? [{ id, body, seal: check('summary', body), url }] : [];
}
