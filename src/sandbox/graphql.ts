import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, GraphQLError, type GraphQLSchema, graphql } from 'graphql';
import { readBlobs } from '../git/read-blobs.ts';
import { runGit } from '../git/run-git.ts';
import type { Content } from '../review/change.ts';
import { reviewAnswer, reviewCommentUrl } from './answers.ts';
import {
  findPullRequest,
  findRepository,
  type SandboxAnswer,
  SandboxError,
  type SandboxRequest,
  textOf,
} from './http.ts';
import { createMutations } from './mutations.ts';
import { nodeId } from './node-id.ts';
import type { SandboxRepository, SandboxState, SandboxUser } from './state.ts';

let schema: GraphQLSchema | undefined;

/** GitHub's published schema: an operation that GitHub would refuse is refused here. */
function loadSchema(): GraphQLSchema {
  // The package exports no path to its schema.graphql, only the text.
  schema ??= buildSchema(published.idl, { assumeValid: true });
  return schema;
}

/** Executes an operation for real, with resolvers for what the App asks for; anything else resolves to null or an error. */
export async function answerGraphql({ state, url, body }: SandboxRequest): Promise<SandboxAnswer> {
  const blobs = await readAsked(state, body.variables);
  const rootValue = {
    repository: ({ owner, name }: { owner: string; name: string }) => {
      try {
        return resolveRepository(state, url, findRepository(state, owner, name), blobs);
      } catch {
        throw new GraphQLError(`Could not resolve to a Repository with the name '${owner}/${name}'.`, {
          extensions: { type: 'NOT_FOUND' },
        });
      }
    },
    ...createMutations(state),
  };
  const result = await graphql({
    schema: loadSchema(),
    source: textOf(body.query),
    variableValues: (body.variables ?? {}) as Record<string, unknown>,
    rootValue,
  });
  // GitHub puts an error's type beside its message.
  const errors = result.errors?.map(({ message, path, locations, extensions }) => ({
    ...(typeof extensions.type === 'string' && { type: extensions.type }),
    message,
    path,
    locations,
  }));
  return { status: 200, body: { ...(result.data !== undefined && { data: result.data }), ...(errors && { errors }) } };
}

/** All blobs that the variables name as COMMIT:PATH, read with few git processes. */
async function readAsked(state: SandboxState, variables: unknown): Promise<Map<string, Content>> {
  const asked = Object.values((variables ?? {}) as Record<string, unknown>).filter(
    (value) => typeof value === 'string' && /^[0-9a-f]{40}:/.test(value),
  ) as string[];
  const found = new Map<string, Content>();
  for (const [commit, expressions] of Map.groupBy(asked, (expression) => expression.slice(0, 40))) {
    for (const repository of state.repositories) {
      const contents = await readBlobs(
        repository.dir,
        commit,
        expressions.map((expression) => expression.slice(41)),
      ).catch(() => null);
      for (const [path, content] of contents ?? []) found.set(`${commit}:${path}`, content);
      if (contents) break;
    }
  }
  return found;
}

function resolveRepository(
  state: SandboxState,
  url: string,
  repository: SandboxRepository,
  blobs: ReadonlyMap<string, Content>,
) {
  return {
    object: async ({ expression }: { expression: string }) => {
      const [ref = '', path = ''] = expression.split(/:(.*)/s);
      const content =
        ref === 'HEAD' ? (await readBlobs(repository.dir, 'HEAD', [path])).get(path) : blobs.get(expression);
      if (!content || content.kind === 'absent' || content.kind === 'submodule') return null;
      if (content.kind === 'too-large')
        return { __typename: 'Blob', text: null, isBinary: false, isTruncated: true, byteSize: 5_000_000 };
      if (content.kind !== 'text')
        return {
          __typename: 'Blob',
          text: content.kind === 'symlink' ? '' : null,
          isBinary: content.kind === 'binary',
          isTruncated: false,
          byteSize: 10,
        };
      const isTruncated = Buffer.byteLength(content.text) > 512_000;
      return {
        __typename: 'Blob',
        text: isTruncated ? content.text.slice(0, 512_000) : content.text,
        isBinary: false,
        isTruncated,
        byteSize: Buffer.byteLength(content.text),
      };
    },
    pullRequest: ({ number }: { number: number }) => resolvePullRequest(state, url, repository, number),
  };
}

function resolvePullRequest(state: SandboxState, url: string, repository: SandboxRepository, number: number) {
  const pull = findPullRequest(repository, String(number));
  const mine = (login: string): boolean => login === state.bot.login;
  const actor = ({ login, type }: SandboxUser) => ({ __typename: type, login: login.replace(/\[bot\]$/, '') });
  return {
    commits: async ({ last = 100 }: { last?: number }) => {
      const list = await runGit(repository.dir, ['rev-list', '--reverse', `${pull.mergeBase}..${pull.headSha}`]);
      const ids = list.toString('utf8').trim().split('\n').filter(Boolean);
      return { nodes: ids.slice(-last).map((oid) => ({ commit: { oid } })) };
    },
    reviews: ({ first, last = 100 }: { first?: number; last?: number }) => ({
      nodes: (first === undefined ? pull.reviews.slice(-last) : pull.reviews.slice(0, first)).map((review) => ({
        id: nodeId('PRR', review.id),
        body: review.body,
        viewerDidAuthor: mine(review.author.login),
        url: reviewAnswer(url, repository, pull, review).html_url,
      })),
    }),
    comments: ({ last = 100 }: { last?: number }) => ({
      nodes: pull.conversation.slice(-last).map(({ body, author }) => ({ body, viewerDidAuthor: mine(author.login) })),
    }),
    reviewThreads: ({ first = 100, after }: { first?: number; after?: string | null }) => {
      if (first > 100) throw new SandboxError(422, 'Requesting more than 100 records');
      const roots = pull.comments.filter((comment) => comment.root === comment.id);
      const start = after ? Number(after) : 0;
      const page = roots.slice(start, start + first);
      const end = start + page.length;
      return {
        pageInfo: { hasNextPage: end < roots.length, endCursor: page.length > 0 ? String(end) : null },
        nodes: page.map((root) => ({
          id: nodeId('PRRT', root.id),
          isResolved: pull.resolved.has(root.id),
          isOutdated: root.now === null,
          path: root.path,
          line: root.now?.line ?? null,
          startLine: root.now?.startLine ?? null,
          diffSide: root.side,
          comments: ({ first: most = 1 }: { first?: number }) => ({
            nodes: pull.comments
              .filter((comment) => comment.root === root.id)
              .slice(0, most)
              .map((comment) => ({
                id: nodeId('PRRC', comment.id),
                fullDatabaseId: String(comment.id),
                body: comment.body,
                viewerDidAuthor: mine(comment.author.login),
                url: reviewCommentUrl(url, repository, pull, comment.id),
                author: actor(comment.author),
              })),
          }),
        })),
      };
    },
  };
}
