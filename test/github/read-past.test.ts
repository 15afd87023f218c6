import { expect, it } from 'vitest';
import type { Requests } from '../../src/github/octokit.ts';
import { readPast } from '../../src/github/read-past.ts';

const thread = (viewerDidAuthor: boolean) => ({
  id: 'T',
  isResolved: true,
  resolvedBy: { login: 'wes' },
  isOutdated: false,
  subjectType: 'LINE',
  path: 'a.ts',
  line: 3,
  startLine: null,
  diffSide: 'RIGHT',
  comments: {
    nodes: [
      { id: 'C', fullDatabaseId: '1', state: 'SUBMITTED', body: 'x', viewerDidAuthor, url: 'https://x', author: null },
    ],
  },
});
const pull = (number: number) => ({
  number,
  merged: true,
  isCrossRepository: true,
  updatedAt: '2026-01-01T00:00:00Z',
  author: null,
  reviewThreads: { nodes: [thread(true), thread(false), null] },
  reviews: { nodes: [{ id: 'R', body: 'x', viewerDidAuthor: false, url: 'https://x' }, null] },
});

it('reads a bounded number of earlier pull requests, and believes of each what is signed for it alone', async () => {
  const cursors: unknown[] = [];
  const graphql = async (_: string, { cursor }: { cursor: string | null }) => {
    cursors.push(cursor);
    const pageInfo = { hasNextPage: true, endCursor: `c${cursors.length}` };
    return { repository: { pullRequests: { pageInfo, nodes: [pull(cursors.length), null] } } };
  };
  const past = await readPast(
    { graphql } as unknown as Requests,
    { owner: 'acme', repo: 'shop' },
    (number) => () => (number === 2 ? 'current' : 'none'),
  );
  expect(cursors).toEqual([null, 'c1', 'c2', 'c3', 'c4']);
  expect(past.map(({ number, author, fork, merged }) => [number, author, fork, merged])).toEqual(
    [1, 2, 3, 4, 5].map((number) => [number, 'ghost', true, true]),
  );
  const seals = past.map(({ conversation }) =>
    conversation.threads.map(({ first, resolvedBy }) => [first.seal, resolvedBy]),
  );
  expect(seals[1]).toEqual([
    ['current', 'wes'],
    ['none', 'wes'],
  ]);
  expect(seals[0]).toEqual([
    ['none', 'wes'],
    ['none', 'wes'],
  ]);
  expect(past[0]?.conversation.reviews).toEqual([]);
});
