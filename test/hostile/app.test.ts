import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { startAppProcess } from '../soak/app-process.ts';
import { CRASHING } from '../support/hostile-agent.ts';
import { FLAWED, startStack, waitFor, waitForCheck } from '../support/stack.ts';
import { makeDataDir, makeRepository, makeTempDir } from '../support/temp.ts';

it('a file that crashes the parser costs that file: the App lives, names it, posts the rest, and reviews the next pull request', async () => {
  const { sandbox, url } = await startStack('postgres');
  const change = { ...FLAWED.change, 'src/deep.py': CRASHING };
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Deep' });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitForCheck(repository, pull);
  await waitFor('the review', () => pull.reviews.length === 1);
  expect(pull.comments).toHaveLength(1);
  expect(pull.reviews[0]?.body).toMatch(/src\/deep\.py.*its process crashed/);
  expect(repository.checks[0]?.conclusion).not.toBe('success');
  const other = sandbox.addRepository('acme', 'other', await makeRepository(FLAWED.base, FLAWED.change));
  const next = await sandbox.openPullRequest(other, { base: 'main', head: 'feature', title: 'Sort' });
  await sandbox.sendPullRequest(other, next, 'opened');
  await waitForCheck(other, next);
  expect(next.comments).toHaveLength(1);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

it('the App’s own process that a file aborts goes on without it when it was started for the third time, names it, and is not ended by it again', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const dir = makeTempDir();
  const deaths = join(dir, 'deaths');
  const env = { DATA_DIR: makeDataDir(), ANTHROPIC_API_KEY: '' };
  const program = ['test/support/aborting-app.ts', 'src/deadly.ts', deaths] as const;
  const start = async () => {
    const app = await startAppProcess({ sandbox, dir, modelUrl: '', limits: {}, program, env });
    onTestFinished(() => app.stop());
    sandbox.setWebhook(`http://127.0.0.1:${app.port}/api/github/webhooks`);
    return app;
  };
  const first = await start();
  const change = { ...FLAWED.change, 'src/deadly.ts': 'export const deadly = 1;\n' };
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Deadly' });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitFor('the first death', () => first.ended() !== null);
  expect(first.ended()).toContain('SIGABRT');
  const second = await start();
  await waitFor('the second death', () => second.ended() !== null);
  const third = await start();
  await waitForCheck(repository, pull);
  expect(readFileSync(deaths, 'utf8')).toBe('src/deadly.ts\n'.repeat(2));
  expect(existsSync('core')).toBe(false);
  expect(pull.comments.map(({ path }) => path)).toEqual(['src/orders.ts']);
  expect(pull.reviews[0]?.body).toMatch(/src\/deadly\.ts.*process ended while it looked at this file/);
  expect(repository.checks).toMatchObject([
    { conclusion: 'failure', title: expect.stringContaining('1 of 2 backend') },
  ]);
  // Another pull request is reviewed by the same process.
  const other = sandbox.addRepository('acme', 'other', await makeRepository(FLAWED.base, FLAWED.change));
  const next = await sandbox.openPullRequest(other, { base: 'main', head: 'feature', title: 'Sort' });
  await sandbox.sendPullRequest(other, next, 'opened');
  await waitForCheck(other, next);
  expect(third.ended()).toBeNull();
});
