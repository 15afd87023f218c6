import { createSign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';
import { commitAll } from '../../src/sandbox/demo/make-repository.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { SandboxPullRequest, SandboxRepository } from '../../src/sandbox/state.ts';
import { checkAnswer } from '../support/openapi.ts';
import { keepTempDir } from '../support/temp.ts';

/** The sandbox refuses what GitHub refuses: a test that passes against a lenient one would prove nothing. */
let sandbox: Sandbox;
let repository: SandboxRepository;
let other: SandboxRepository;
let pull: SandboxPullRequest;
let token: string;
const { path: dir, remove } = keepTempDir();

beforeAll(async () => {
  await runGit(dir, ['init', '--quiet', '--initial-branch=main']);
  const lines = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`);
  writeFileSync(join(dir, 'a.ts'), lines.join('\n'));
  await commitAll(dir, 'base');
  await runGit(dir, ['checkout', '--quiet', '-b', 'feature']);
  writeFileSync(
    join(dir, 'a.ts'),
    lines.map((line, index) => (index === 4 || index === 49 ? `${line}!` : line)).join('\n'),
  );
  await commitAll(dir, 'change');
  sandbox = await startSandbox();
  repository = sandbox.addRepository('acme', 'shop', dir);
  other = sandbox.addRepository('acme', 'other', dir);
  pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'x' });
  const { body } = await call('POST', `/app/installations/${sandbox.state.installationId}/access_tokens`, jwt(), {
    repository_ids: [repository.id],
  });
  token = (body as { token: string }).token;
});
afterAll(async () => {
  await sandbox.close();
  remove();
});

function jwt(own: { iss?: number; exp?: number; key?: string } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iss: own.iss ?? sandbox.state.appId, iat: now - 30, exp: own.exp ?? now + 300 })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(sandbox.privateKey, 'base64url')}`;
}

async function call(
  method: string,
  path: string,
  auth: string,
  body?: object,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(sandbox.url + path, {
    method,
    headers: { authorization: `bearer ${auth}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const review = (comments: object[], own: object = {}) =>
  call('POST', '/repos/acme/shop/pulls/1/reviews', token, {
    commit_id: pull.headSha,
    event: 'COMMENT',
    body: 'x',
    comments,
    ...own,
  });
const GOOD = { path: 'a.ts', side: 'RIGHT', line: 5, body: 'ok' };

describe('a review', () => {
  it.each([
    { what: 'off the diff', comments: [GOOD, { ...GOOD, line: 30 }] },
    { what: 'on a path that is not in the diff', comments: [GOOD, { ...GOOD, path: 'b.ts' }] },
    { what: 'across two hunks', comments: [GOOD, { ...GOOD, start_line: 5, line: 50 }] },
    { what: 'that starts after its end', comments: [GOOD, { ...GOOD, start_line: 6, line: 5 }] },
    { what: 'without a body', comments: [GOOD, { ...GOOD, body: '' }] },
    { what: 'with a body that is too long', comments: [{ ...GOOD, body: 'x'.repeat(65_537) }] },
  ])('with one comment $what is refused whole', async ({ comments }) => {
    const before = pull.reviews.length + pull.comments.length;
    const { status, body } = await review(comments);
    expect(status).toBe(422);
    expect(JSON.stringify(body)).not.toContain('index');
    expect(pull.reviews.length + pull.comments.length).toBe(before);
  });

  it('is refused with a long body, and for a commit that is not of the pull request', async () => {
    expect((await review([], { body: 'x'.repeat(65_537) })).status).toBe(422);
    expect((await review([], { commit_id: 'f'.repeat(40) })).status).toBe(422);
  });

  it('stays pending without an event: one at a time, its comments are checked, and it alone can be deleted', async () => {
    const draft = (comments: object[]) => review(comments, { event: undefined });
    const remove = async (id: unknown) => {
      const query =
        'mutation D($id: ID!) { deletePullRequestReview(input: { pullRequestReviewId: $id }) { clientMutationId } }';
      return (await call('POST', '/graphql', token, { query, variables: { id } })).body as { errors?: object[] };
    };
    expect((await draft([{ ...GOOD, line: 30 }])).status).toBe(422);
    const first = await draft([GOOD]);
    expect(first).toMatchObject({ status: 200, body: { state: 'PENDING' } });
    expect([(await draft([])).status, (await review([GOOD])).status]).toEqual([422, 422]);
    expect((await remove((first.body as { node_id: string }).node_id)).errors).toBeUndefined();
    expect([pull.reviews, pull.comments]).toEqual([[], []]);
    const posted = await review([]);
    expect((await remove((posted.body as { node_id: string }).node_id)).errors).toHaveLength(1);
    pull.reviews = [];
  });

  it('on the diff is taken, on either side and over several lines', async () => {
    const { status } = await review([
      GOOD,
      { ...GOOD, side: 'LEFT' },
      { ...GOOD, start_line: 3, start_side: 'RIGHT', line: 6 },
    ]);
    expect(status).toBe(200);
    expect(pull.comments).toHaveLength(3);
    expect(
      sandbox.requests
        .filter((one) => one.status < 300 && one.path !== '/graphql')
        .map(checkAnswer)
        .filter((problem) => problem !== null),
    ).toEqual([]);
  });
});

describe('authentication', () => {
  const pulls = '/repos/acme/shop/pulls/1';
  it('takes a JWT of this App that is signed, current and short', async () => {
    const past = Math.floor(Date.now() / 1000) - 10;
    expect((await call('GET', '/app', jwt())).status).toBe(200);
    expect((await call('GET', '/app', jwt({ exp: past }))).status).toBe(401);
    expect((await call('GET', '/app', jwt({ exp: past + 3600 }))).status).toBe(401);
    expect((await call('GET', '/app', jwt({ iss: 1 }))).status).toBe(401);
    expect((await call('GET', '/app', `${jwt().slice(0, -4)}AAAA`)).status).toBe(401);
  });

  it('holds a token to its repository and its permissions', async () => {
    expect((await call('GET', pulls, token)).status).toBe(200);
    expect((await call('GET', pulls, 'ghs_nothing')).status).toBe(401);
    expect((await call('GET', `/repos/acme/${other.name}/pulls/1`, token)).status).toBe(404);
    sandbox.state.permissions = { ...sandbox.state.permissions, pull_requests: 'read' };
    expect((await review([GOOD])).status).toBe(403);
    sandbox.state.permissions = { ...sandbox.state.permissions, pull_requests: 'write' };
  });

  it('counts requests, and refuses those over the limit until its reset', async () => {
    sandbox.state.rate = { remaining: 1, reset: Math.ceil(Date.now() / 1000) + 60 };
    expect((await call('GET', pulls, token)).status).toBe(200);
    const refused = await fetch(sandbox.url + pulls, { headers: { authorization: `bearer ${token}` } });
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    sandbox.state.rate = { remaining: 5000, reset: 0 };
  });
});

it('executes GraphQL by GitHub’s schema, not by text', async () => {
  const ask = (query: string) => call('POST', '/graphql', token, { query });
  expect(
    await ask(
      '{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { reviewThreads(first: 1) { nodes { comments(first: 1) { nodes { viewerDidAuthor } } } } } } }',
    ),
  ).toMatchObject({
    body: {
      data: {
        repository: {
          pullRequest: { reviewThreads: { nodes: [{ comments: { nodes: [{ viewerDidAuthor: true }] } }] } },
        },
      },
    },
  });
  expect(
    JSON.stringify(
      (
        await ask(
          '{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { reviewThreds(first: 1) { nodes { id } } } } }',
        )
      ).body,
    ),
  ).toContain('Did you mean');
});

it('shows a page on which nothing of the pull request runs', async () => {
  pull.title = '<script>alert(1)</script>';
  const response = await fetch(`${sandbox.url}/acme/shop/pull/1`);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await response.text()).not.toContain('<script');
});
