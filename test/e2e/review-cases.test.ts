import { describe, expect, it } from 'vitest';
import { viewPull } from '../support/pull-view.ts';
import { FLAWED, type Stack, startStack, waitFor, waitForCheck, waitForQuiet } from '../support/stack.ts';
import { makeRepository, pushTree, type Tree } from '../support/temp.ts';

async function open(
  stack: Stack,
  base: Tree,
  change: Tree,
  options: { draft?: boolean; fork?: 'none' | 'fork' | 'deleted'; body?: string } = {},
) {
  const dir = await makeRepository(base, change);
  const name = `repo-${stack.sandbox.state.nextId}`;
  const repository = stack.sandbox.addRepository('acme', name, dir);
  const pull = await stack.sandbox.openPullRequest(repository, {
    base: 'main',
    head: 'feature',
    title: 'A change',
    ...options,
  });
  return { dir, repository, pull };
}

describe('one App, many pull requests', () => {
  it('handles what pull requests look like', async () => {
    const stack = await startStack('postgres');
    const { sandbox } = stack;

    // Fixed code: success, one line, nothing inline.
    const clean = await open(stack, { 'src/a.ts': 'export const a = 1;\n' }, { 'src/a.ts': 'export const a = 2;\n' });
    await sandbox.sendPullRequest(clean.repository, clean.pull, 'opened');
    await waitForCheck(clean.repository, clean.pull);
    expect(clean.repository.checks[0]).toMatchObject({ conclusion: 'success' });
    expect(clean.pull.comments).toEqual([]);
    expect(clean.pull.reviews[0]?.body).toMatch(/^\*\*No findings · 1 of 1 backend file reviewed · model off\*\*/);

    // No backend file: neutral, and it says so.
    const front = await open(stack, { 'notes.txt': 'a\n' }, { 'notes.txt': 'b\n' });
    await sandbox.sendPullRequest(front.repository, front.pull, 'opened');
    await waitForCheck(front.repository, front.pull);
    expect(front.repository.checks[0]).toMatchObject({
      conclusion: 'neutral',
      title: 'No backend file in this change',
    });

    // GitHub leaves the patch out: the change is taken from the texts, and anchored findings go where GitHub takes them.
    sandbox.state.omitPatch = (path) => path === 'src/orders.ts';
    const omitted = await open(stack, FLAWED.base, FLAWED.change);
    await sandbox.sendPullRequest(omitted.repository, omitted.pull, 'opened');
    await waitForCheck(omitted.repository, omitted.pull);
    sandbox.state.omitPatch = () => false;
    expect(omitted.pull.comments.map((comment) => comment.line)).toEqual([3]);

    // Names that break naive code.
    const odd = await open(
      stack,
      { 'x.md': '' },
      {
        'src/-v "a\n b\'é.py': 'import requests\nrequests.get(url)\n',
        'src/ok.py': 'import requests\nrequests.get(url)\n',
      },
    );
    await sandbox.sendPullRequest(odd.repository, odd.pull, 'opened');
    await waitForCheck(odd.repository, odd.pull);
    expect(odd.pull.comments.map((comment) => comment.path).sort()).toEqual(['src/-v "a\n b\'é.py', 'src/ok.py']);

    // GitHub refuses comments without naming them: the others are posted in one review, these on their file, or in the summary.
    const query = (name: string) => FLAWED.change['src/orders.ts'].replace('list', name);
    const three = Object.fromEntries(['a', 'b', 'c'].map((name) => [`src/${name}.ts`, query(name)]));
    sandbox.state.refuseComment = ({ path, line }) => path === 'src/b.ts' || (path === 'src/c.ts' && line !== null);
    const refused = await open(stack, { 'x.md': '' }, three);
    await sandbox.sendPullRequest(refused.repository, refused.pull, 'opened');
    await waitForCheck(refused.repository, refused.pull, 90_000);
    sandbox.state.refuseComment = () => false;
    expect(refused.pull.reviews).toHaveLength(1);
    expect(viewPull(refused.repository, refused.pull).slice(0, -2)).toEqual([
      'src/a.ts:3 sql-injection open',
      'src/c.ts:file sql-injection open',
    ]);
    expect(refused.pull.comments.at(-1)?.body).toContain('Line 3:\n\n```ts\n  return pool.query(');
    expect(refused.pull.reviews[0]?.body).toMatch(/src\/b\.ts:3.* · GitHub refused the inline comment/);

    // Draft: not reviewed by itself; ready: reviewed once.
    const draft = await open(stack, FLAWED.base, FLAWED.change, { draft: true });
    await sandbox.sendPullRequest(draft.repository, draft.pull, 'opened');
    await waitForQuiet(sandbox);
    expect(draft.pull.reviews).toEqual([]);
    draft.pull.draft = false;
    await sandbox.sendPullRequest(draft.repository, draft.pull, 'ready_for_review');
    await waitForCheck(draft.repository, draft.pull);
    expect(draft.pull.reviews).toHaveLength(1);

    // A deleted fork's head is read through the base repository.
    const fork = await open(stack, FLAWED.base, FLAWED.change, { fork: 'deleted' });
    await sandbox.sendPullRequest(fork.repository, fork.pull, 'opened');
    await waitForCheck(fork.repository, fork.pull);
    expect(fork.pull.comments).toHaveLength(1);

    // The head moves during the review: the old head is never posted, the new one is.
    const moved = await open(stack, FLAWED.base, FLAWED.change);
    let pushed = false;
    sandbox.setFault((method, path) => {
      if (method === 'GET' && path.endsWith('/files') && !pushed) {
        pushed = true;
        void pushTree(moved.dir, { 'notes.txt': 'more\n' }).then(() => sandbox.refresh(moved.repository, moved.pull));
      }
      return null;
    });
    const before = moved.pull.headSha;
    await sandbox.sendPullRequest(moved.repository, moved.pull, 'opened');
    await waitFor('a review', () => moved.pull.reviews.length > 0);
    sandbox.setFault(null);
    expect(moved.pull.headSha).not.toBe(before);
    expect(moved.pull.reviews.map((review) => review.commitId)).toEqual([moved.pull.headSha]);

    // A broken config is named with file and line, and the review runs.
    const broken = await open(
      stack,
      { ...FLAWED.base, '.github/backend-dev.yml': 'enabled: true\nfail_at: sometimes\n' },
      FLAWED.change,
    );
    await sandbox.sendPullRequest(broken.repository, broken.pull, 'opened');
    await waitForCheck(broken.repository, broken.pull);
    expect(broken.pull.reviews[0]?.body).toContain('backend-dev.yml:2');
    expect(broken.pull.comments).toHaveLength(1);

    // What the config leaves out is named.
    const narrowed = await open(
      stack,
      { ...FLAWED.base, '.github/backend-dev.yml': 'paths:\n  exclude: [src/**]\n' },
      FLAWED.change,
    );
    await sandbox.sendPullRequest(narrowed.repository, narrowed.pull, 'opened');
    await waitForCheck(narrowed.repository, narrowed.pull);
    expect(narrowed.pull.comments).toEqual([]);
    expect(narrowed.pull.reviews).toEqual([]);
    expect(narrowed.repository.checks[0]?.summary).toContain('left out by');

    // The head's config cannot switch its own review off.
    const weakened = await open(stack, FLAWED.base, {
      ...FLAWED.change,
      '.github/backend-dev.yml': 'enabled: false\n',
    });
    await sandbox.sendPullRequest(weakened.repository, weakened.pull, 'opened');
    await waitForCheck(weakened.repository, weakened.pull);
    expect(weakened.pull.comments).toHaveLength(1);

    // Primary rate limit: put back until the reset, then posted once.
    const limited = await open(stack, FLAWED.base, FLAWED.change);
    sandbox.state.rate = { remaining: 3, reset: Math.ceil(Date.now() / 1000) + 2 };
    await sandbox.sendPullRequest(limited.repository, limited.pull, 'opened');
    // GraphQL has a limit of its own, so the check can say until when; the same check is finished when it goes on.
    await waitFor('the notice', () =>
      limited.repository.checks.some((check) => check.title?.startsWith('Not reviewed: rate limited until ') === true),
    );
    await waitFor('the verdict', () => limited.repository.checks[0]?.conclusion === 'failure');
    expect(limited.pull.reviews).toHaveLength(1);
    expect(limited.repository.checks).toHaveLength(1);
  });
});
