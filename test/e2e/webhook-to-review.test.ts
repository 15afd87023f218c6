import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';
import { makeExampleRepository } from '../../src/sandbox/demo/make-repository.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { checkAnswer } from '../support/openapi.ts';
import { FLAWED, keepStack, startStack, waitFor, waitForCheck, waitForQuiet } from '../support/stack.ts';
import { makeRepository, makeTempDir, pushTree } from '../support/temp.ts';

let count = 0;
/** Of a repository of its own, also where a test is tried again. */
const name = (): string => `shop-${++count}`;

describe.each(['pglite', 'postgres'] as const)('on %s', (database) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    const stack = await keepStack(database);
    sandbox = stack.sandbox;
    return stack.close;
  });
  afterEach(() => sandbox.setFault(null));

  it('turns a signed webhook into exactly one review with comments on the right lines, and answers GitHub would give', async () => {
    const dir = `${makeTempDir()}/shop`;
    await makeExampleRepository(dir);
    const repository = sandbox.addRepository('acme', name(), dir);
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sorting' });
    const before = sandbox.requests.length;
    expect(await sandbox.sendPullRequest(repository, pull, 'opened')).toBe(200);
    await waitForCheck(repository, pull);
    expect(pull.reviews).toHaveLength(1);
    expect(pull.reviews[0]).toMatchObject({ commitId: pull.headSha, author: { login: 'backend-dev[bot]' } });
    const said = pull.comments
      .map(({ path, side, line, body }) => `${path} ${side} ${line} ${/\*\*(.+?)\*\*/.exec(body)?.[1]}`)
      .sort();
    expect(said).toMatchSnapshot();
    expect(repository.checks).toMatchObject([
      { name: 'backend-dev', status: 'completed', conclusion: 'failure', headSha: pull.headSha },
    ]);
    // Ten, and two to look at the order of the migrations: the demo brings a new one.
    const requests = sandbox.requests.slice(before);
    expect(requests.length).toBeLessThanOrEqual(12);
    const wrong = requests
      .filter((request) => request.template !== '/graphql')
      .map(checkAnswer)
      .filter((problem) => problem !== null);
    expect(wrong).toEqual([]);
    // The owner has no `.github` repository, which GraphQL calls an error; every other operation is whole.
    const errors = requests.flatMap(({ body }) => (body as { errors?: { path: unknown[] }[] })?.errors ?? []);
    expect(errors.filter((error) => error.path[0] !== 'organisation')).toEqual([]);
  });

  it('takes the same delivery 50 times in parallel as one', async () => {
    const repository = sandbox.addRepository('acme', name(), await makeRepository(FLAWED.base, FLAWED.change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    const guid = '7c2c5b0e-0000-4000-8000-000000000050';
    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => sandbox.sendPullRequest(repository, pull, 'opened', guid)),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    await waitForCheck(repository, pull);
    await waitForQuiet(sandbox);
    expect(pull.reviews).toHaveLength(1);
    expect(repository.checks).toHaveLength(1);
  });

  it('reviews only the newest head of ten pushes, and says nothing twice', async () => {
    const dir = await makeRepository(FLAWED.base, FLAWED.change);
    const repository = sandbox.addRepository('acme', name(), dir);
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    // Committed and read before, so that they come in quick succession, however long git takes.
    const heads: Pick<typeof pull, 'headSha' | 'mergeBase' | 'diff'>[] = [];
    for (let push = 0; push < 10; push++) {
      await pushTree(dir, { 'notes.txt': `push ${push}\n` });
      await sandbox.refresh(repository, pull);
      heads.push({ headSha: pull.headSha, mergeBase: pull.mergeBase, diff: pull.diff });
    }
    for (const head of heads) {
      await runGit(dir, ['update-ref', 'refs/heads/feature', head.headSha]);
      Object.assign(pull, head);
      expect(await sandbox.sendPullRequest(repository, pull, 'synchronize')).toBe(200);
    }
    await waitForCheck(repository, pull);
    await waitForQuiet(sandbox);
    expect(pull.comments.map((comment) => comment.line)).toEqual([3]);
    expect(pull.reviews.at(-1)?.commitId).toBeDefined();
    expect(repository.checks.filter((check) => check.status !== 'completed')).toEqual([]);
    expect(repository.checks.length).toBeLessThanOrEqual(4);
  });

  it('adopts the review that GitHub created before it answered 502', async () => {
    const repository = sandbox.addRepository('acme', name(), await makeRepository(FLAWED.base, FLAWED.change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    const before = sandbox.requests.length;
    sandbox.setFault((method, path) =>
      method === 'POST' && path.endsWith('/reviews') ? { status: 502, commit: true } : null,
    );
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitForCheck(repository, pull);
    await waitForQuiet(sandbox);
    expect(pull.reviews).toHaveLength(1);
    expect(
      sandbox.requests
        .slice(before)
        .filter((request) => request.method === 'POST' && request.path.endsWith('/reviews')),
    ).toHaveLength(1);
  });

  it('posts one review when GitHub answers 502 without creating it the first time', async () => {
    const repository = sandbox.addRepository('acme', name(), await makeRepository(FLAWED.base, FLAWED.change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    let tries = 0;
    sandbox.setFault((method, path) =>
      method === 'POST' && path.endsWith('/reviews') && tries++ === 0 ? { status: 502, commit: false } : null,
    );
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitForCheck(repository, pull);
    expect(pull.reviews).toHaveLength(1);
  });

  it('finishes the review that is under way when it is told to stop', async () => {
    const { sandbox, service } = await startStack(database);
    const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitFor('the first request', () => sandbox.requests.length > 1);
    await service.stop();
    expect(pull.reviews).toHaveLength(1);
    expect(repository.checks).toMatchObject([{ status: 'completed' }]);
  });
});
