import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLane, paceWrites } from '../../src/github/pace-writes.ts';
import { LIMITS } from '../../src/limits.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('begins writes a second apart, one after the other, and holds no read', async () => {
  const begun: string[] = [];
  const start = performance.now();
  const octokit = new Octokit({
    request: {
      fetch: async (url: string, { method }: { method: string }) => {
        begun.push(`${method} ${new URL(url).pathname} ${performance.now() - start}`);
        return new Response(null, { status: url.endsWith('/locked') ? 403 : 204 });
      },
    },
  });
  paceWrites(octokit, createLane(LIMITS.writePause));
  const sent = ['POST /one', 'PUT /locked', 'GET /two', 'POST /graphql', 'DELETE /three'].map((route) =>
    octokit.request(route).catch(() => undefined),
  );
  await vi.advanceTimersByTimeAsync(5000);
  await Promise.all(sent);
  expect(begun.sort()).toEqual([
    'DELETE /three 2000',
    'GET /two 0',
    'POST /graphql 0',
    'POST /one 0',
    'PUT /locked 1000',
  ]);
});
