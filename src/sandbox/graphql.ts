import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, GraphQLError, type GraphQLSchema, graphql } from 'graphql';
import { type Entry, readEntries } from '../git/read-blobs.ts';
import { runGit } from '../git/run-git.ts';
import { reviewAnswer, reviewCommentUrl, TIME } from './answers.ts';
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
import { remember } from './remember.ts';
import type { SandboxPullRequest, SandboxRepository, SandboxState, SandboxUser } from './state.ts';

/** Bytes of a file that is answered: GitHub has no bound that matters here. */
const MOST = 100_000_000;

let schema: GraphQLSchema | undefined;

/** GitHub's published schema: an operation that GitHub would refuse is refused here. */
function loadSchema(): GraphQLSchema {
  // The package exports no path to its schema.graphql, only the text.
  schema ??= buildSchema(published.idl, { assumeValid: true });
  return schema;
}

/** Executes an operation for real, with resolvers for what the App asks for; anything else resolves to null or an error. */
export async function answerGraphql({ state, viewer, permissions, url, body }: SandboxRequest): Promise<SandboxAnswer> {
  const blobs = await readAsked(state, body.variables);
  const rootValue = {
    repository: ({ owner, name }: { owner: string; name: string }) => {
      try {
        return resolveRepository(state, viewer, url, findRepository(state, owner, name), blobs);
      } catch {
        throw new GraphQLError(`Could not resolve to a Repository with the name '${owner}/${name}'.`, {
          extensions: { type: 'NOT_FOUND' },
        });
      }
    },
    ...createMutations(state, viewer, permissions),
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

/** All blobs that the variables name, as COMMIT:PATH or as paths of `commit`, read with few git processes. */
async function readAsked(state: SandboxState, variables: unknown): Promise<Map<string, Entry>> {
  const given = Object.entries((variables ?? {}) as Record<string, unknown>);
  const commit = given.find(([name]) => name === 'commit')?.[1];
  const asked = given.flatMap(([name, value]): [string, string][] => {
    if (typeof value !== 'string') return [];
    if (/^[0-9a-f]{40}:/.test(value)) return [[value.slice(0, 40), value.slice(41)]];
    return typeof commit === 'string' && /^p\d+$/.test(name) ? [[commit, value]] : [];
  });
  const found = new Map<string, Entry>();
  const { owner, repo } = Object.fromEntries(given);
  const isNamed = (one: SandboxRepository): boolean => one.owner === owner && one.name === repo;
  // The one that is named first: each of the others that is asked in vain is a git process.
  const repositories = state.repositories.toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a)));
  for (const [id, entries] of Map.groupBy(asked, ([of]) => of)) {
    for (const repository of repositories) {
      const paths = entries.map(([, path]) => path);
      const contents = await remember(repository, ['entries', id, ...paths], () =>
        readEntries(repository.dir, id, paths, { most: MOST }),
      ).catch(() => null);
      for (const [path, content] of contents ?? []) found.set(`${id}:${path}`, content);
      if (contents) break;
    }
  }
  return found;
}

function resolveRepository(
  state: SandboxState,
  viewer: SandboxUser,
  url: string,
  repository: SandboxRepository,
  blobs: ReadonlyMap<string, Entry>,
) {
  return {
    object: async ({ expression, oid }: { expression?: string; oid?: string }) => {
      if (oid !== undefined) return resolveCommitObject(oid, blobs);
      const [ref = '', path = ''] = (expression ?? '').split(/:(.*)/s);
      const content =
        ref === 'HEAD'
          ? (await readEntries(repository.dir, 'HEAD', [path], { most: MOST })).get(path)
          : blobs.get(`${ref}:${path}`);
      return resolveBlob(content) ?? (await resolveTree(repository, expression ?? ''));
    },
    pullRequests: (asked: Asked) =>
      pageOf(repository.pulls.toReversed(), asked, ({ number, merged, fork, author }) => ({
        number,
        merged,
        isCrossRepository: fork !== 'none',
        updatedAt: TIME,
        author: toActor(author),
        ...resolvePullRequest(viewer, url, repository, number),
      })),
    pullRequest: ({ number }: { number: number }) => resolvePullRequest(viewer, url, repository, number),
  };
}

/** A folder; null where there is none. */
async function resolveTree(repository: SandboxRepository, expression: string) {
  const ask = () => runGit(repository.dir, ['ls-tree', '-z', '--end-of-options', expression]);
  const [, commit, path = ''] = /^([0-9a-f]{40}):(.*)$/s.exec(expression) ?? [];
  // Most of what is asked for is not there: that is asked once for all of it.
  if (commit !== undefined && path !== '') {
    const folders = await listFolders(repository, commit).catch(() => null);
    if (!folders?.has(path.replace(/\/$/, ''))) return null;
  }
  const asked = commit === undefined ? ask() : remember(repository, ['tree', expression], ask);
  const list = await asked.catch(() => null);
  const lines = list?.toString('utf8').split('\0').filter(Boolean) ?? [];
  const entries = lines.map((line) => ({ name: line.slice(line.indexOf('\t') + 1), mode: Number.parseInt(line, 8) }));
  return list && { __typename: 'Tree', entries };
}

function listFolders(repository: SandboxRepository, commit: string): Promise<ReadonlySet<string>> {
  return remember(repository, ['folders', commit], async () => {
    const list = await runGit(repository.dir, ['ls-tree', '-r', '-d', '-z', '--name-only', '--full-tree', commit]);
    return new Set(list.toString('utf8').split('\0'));
  });
}

/** A commit whose entries are asked for by path, with git's mode as GitHub gives it: a decimal number. */
function resolveCommitObject(oid: string, blobs: ReadonlyMap<string, Entry>) {
  const modes: Partial<Record<Entry['kind'], number>> = { symlink: 0o120000, submodule: 0o160000 };
  return {
    __typename: 'Commit',
    file: ({ path }: { path: string }) => {
      const content = blobs.get(`${oid}:${path}`);
      if (!content || content.kind === 'absent') return null;
      const isExecutable = content.kind === 'bytes' && content.executable;
      const mode = modes[content.kind] ?? (isExecutable ? 0o100755 : 0o100644);
      return { mode, object: resolveBlob(content) };
    },
  };
}

function resolveBlob(content: Entry | undefined) {
  const blob = { __typename: 'Blob', oid: '0'.repeat(40), isBinary: false, isTruncated: false };
  // The text of a link is where it points.
  if (content?.kind === 'symlink') return { ...blob, text: '/etc/passwd', byteSize: 11 };
  if (content?.kind !== 'bytes') return null;
  const { bytes, blob: oid } = content;
  const isBinary = bytes.subarray(0, 8000).includes(0);
  const isTruncated = bytes.length > 512_000;
  const text = isBinary ? null : bytes.subarray(0, 512_000).toString('utf8');
  return { ...blob, oid, text, isBinary, isTruncated, byteSize: bytes.length };
}

function resolvePullRequest(viewer: SandboxUser, url: string, repository: SandboxRepository, number: number) {
  const pull = findPullRequest(repository, String(number));
  const mine = (login: string): boolean => login === viewer.login;
  return {
    commits: async (asked: Asked) => {
      const range = `${pull.mergeBase}..${pull.headSha}`;
      const list = await remember(repository, ['log', range], () =>
        runGit(repository.dir, ['log', '-z', '--reverse', '--format=%H%n%B', range]),
      );
      const commits = list.toString('utf8').split('\0').filter(Boolean);
      return pageOf(commits, asked, (text) => ({ commit: { oid: text.slice(0, 40), message: text.slice(41).trim() } }));
    },
    reviews: ({ states, ...asked }: Asked & { states?: string[] }) =>
      pageOf(
        pull.reviews.filter(({ pending }) => !states || states.includes(pending ? 'PENDING' : 'COMMENTED')),
        asked,
        (review) => ({
          id: nodeId('PRR', review.id),
          body: review.body,
          viewerDidAuthor: mine(review.author.login),
          url: reviewAnswer(url, repository, pull, review).html_url,
        }),
      ),
    comments: (asked: Asked) =>
      pageOf(pull.conversation, asked, ({ id, body, author }) => ({
        fullDatabaseId: String(id),
        body,
        viewerDidAuthor: mine(author.login),
      })),
    reviewThreads: (asked: Asked) =>
      pageOf(
        pull.comments.filter((comment) => comment.root === comment.id),
        asked,
        (root) => ({
          id: nodeId('PRRT', root.id),
          isResolved: pull.resolved.has(root.id),
          resolvedBy: toPerson(pull.resolved.get(root.id)),
          isOutdated: root.now === null && root.line !== null,
          subjectType: root.line === null ? 'FILE' : 'LINE',
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
                state: isPending(pull, comment.reviewId) ? 'PENDING' : 'SUBMITTED',
                body: comment.body,
                viewerDidAuthor: mine(comment.author.login),
                url: reviewCommentUrl(url, repository, pull, comment.id),
                author: toActor(comment.author),
              })),
          }),
        }),
      ),
  };
}

function toActor({ login, type }: SandboxUser) {
  return { __typename: type, login: login.replace(/\[bot\]$/, '') };
}

/** GitHub's `resolvedBy` is a person or null. */
function toPerson(user: SandboxUser | undefined) {
  return user?.type === 'User' ? { login: user.login } : null;
}

interface Asked {
  first?: number;
  after?: string | null;
  last?: number;
  before?: string | null;
}

/** A page of a list from its start or from its end; a cursor is a place in it, counted from 1. */
function pageOf<T, N>(list: readonly T[], { first, after, last, before }: Asked, toNode: (one: T) => N) {
  const size = first ?? last ?? 100;
  if (size > 100) throw new SandboxError(422, 'Requesting more than 100 records');
  const from =
    first === undefined ? Math.max(0, (before ? Number(before) - 1 : list.length) - size) : Number(after ?? 0);
  const to = first === undefined ? (before ? Number(before) - 1 : list.length) : Math.min(list.length, from + size);
  return {
    pageInfo: {
      hasPreviousPage: from > 0,
      hasNextPage: to < list.length,
      startCursor: to > from ? String(from + 1) : null,
      endCursor: to > from ? String(to) : null,
    },
    nodes: list.slice(from, to).map(toNode),
  };
}

function isPending(pull: SandboxPullRequest, reviewId: number): boolean {
  return pull.reviews.some((review) => review.id === reviewId && review.pending);
}
