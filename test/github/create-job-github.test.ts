import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PullRequest } from '../../src/change/pull-request.ts';
import { createJobGitHub } from '../../src/github/create-job-github.ts';

const URL = 'https://github.test';
const PULL = { owner: 'acme', repo: 'shop', headSha: 'a'.repeat(40) } as PullRequest;
const CHECK = { id: 7, node_id: 'CR_7', started_at: '2026-01-01T00:00:00Z', app: { id: 1 } };

let without = 0;
const open = () =>
  createJobGitHub('t', {
    baseUrl: URL,
    requestMs: 10_000,
    writePauseMs: 1000,
    configPath: null,
    kin: null,
    wait: async () => true,
    onNoCheck: () => {
      without += 1;
    },
  });

beforeEach(() => {
  nock.disableNetConnect();
  without = 0;
});
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

it('knows the check that it began, also where GitHub does not show it the others', async () => {
  nock(URL).post('/repos/acme/shop/check-runs').reply(201, CHECK);
  nock(URL)
    .get(/check-runs/)
    .reply(403, { message: 'Resource not accessible by integration' });
  expect(await open().startCheck(PULL, null)).toBe('CR_7');
  expect(without).toBe(0);
});

it('goes without a check where the token gives none', async () => {
  nock(URL).post('/repos/acme/shop/check-runs').reply(403, { message: 'Resource not accessible by integration' });
  expect(await open().startCheck(PULL, null)).toBeNull();
  expect(without).toBe(1);
});
