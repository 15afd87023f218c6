import { expect, it } from 'vitest';
import type { AppFacts, InstallationFacts } from '../../src/github/read-app.ts';
import { decideFirstReview, decideInstalled, decidePermissions } from '../../src/status/decide-steps.ts';

const APP: AppFacts = {
  id: 7,
  slug: 'mine',
  owner: 'acme',
  url: 'https://github.test/apps/mine',
  settings: 'https://github.test/settings/apps/mine',
  missing: [],
};
const ACME: InstallationFacts = {
  account: 'acme',
  url: 'https://github.test/settings/installations/1',
  suspended: false,
  missing: [],
  repositories: 2,
};
const AT = '2026-11-26T12:00:00Z';

it.each([
  ['nowhere', [], 'waiting', 'nowhere yet'],
  ['somewhere', [ACME, { ...ACME, account: 'bo', repositories: 1 }], 'ok', 'acme (2 repositories); bo (1 repository)'],
  ['without a number', [{ ...ACME, repositories: null }], 'ok', 'acme'],
  ['on no repository', [{ ...ACME, repositories: 0 }], 'waiting', 'acme (0 repositories)'],
  ['suspended', [{ ...ACME, suspended: true }], 'fail', 'acme (suspended)'],
  [
    'suspended at one',
    [
      { ...ACME, suspended: true },
      { ...ACME, account: 'bo' },
    ],
    'ok',
    'acme (suspended); bo (2 repositories)',
  ],
])('installed %s', (_, installed, status, text) => {
  const found = decideInstalled(APP, installed);
  expect(found).toMatchObject({ status, text });
  expect(found.todo === null).toBe(status === 'ok');
  expect(found.links?.at(-1)?.url).toBe('https://github.test/apps/mine/installations/new');
});

it('permissions: what the App lacks, and what an account has not granted', () => {
  expect(decidePermissions(APP, [ACME]).status).toBe('ok');
  expect(decidePermissions({ ...APP, missing: ['permission checks: write'] }, [])).toMatchObject({
    status: 'fail',
    text: 'mine lacks permission checks: write',
    links: [{ url: 'https://github.test/settings/apps/mine/permissions' }],
  });
  expect(
    decidePermissions(APP, [ACME, { ...ACME, account: 'bo', missing: ['permission checks: write'] }]),
  ).toMatchObject({
    status: 'fail',
    text: 'bo has not granted permission checks: write',
    links: [{ url: ACME.url }],
  });
});

it.each([
  [null, 'waiting', 'no pull request was reviewed yet'],
  [{ done: true, at: AT, error: null }, 'ok', 'the last review was done at 2026-11-26 12:00 UTC'],
  [{ done: false, at: AT, error: null }, 'waiting', 'one is under review since 2026-11-26 12:00 UTC'],
  [
    { done: false, at: AT, error: 'GITHUB_FORBIDDEN: no' },
    'fail',
    'the last review failed at 2026-11-26 12:00 UTC: GITHUB_FORBIDDEN: no',
  ],
])('the first review: %j', (review, status, text) => {
  expect(decideFirstReview({ webhook: null, review })).toMatchObject({ status, text });
});
