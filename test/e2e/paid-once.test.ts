import { expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '../../src/config/env.ts';
import { startApp } from '../../src/sandbox/start-app.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { answerReview, CANDIDATE } from '../support/claude-answers.ts';
import { FLAWED, QUICK, WATCHED, waitFor, waitForCheck } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { makeDataDir, makeRepository, pushTree } from '../support/temp.ts';

const lines = (name: string) => Array.from({ length: 6 }, (_, at) => `${name}(${at});\n`).join('');
const isTrial = (body: string): boolean => body.includes('# Task: disprove');

it('an App that ends in the middle of a review pays for no answer twice, and a push for nothing that it does not touch', async () => {
  let hangs = true;
  const never = new Promise<void>(() => undefined);
  const model = await startModel(answerReview([CANDIDATE]), (body) =>
    hangs && isTrial(body) ? never : Promise.resolve(),
  );
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const env = readEnvironment({
    LOG_LEVEL: 'fatal',
    ...WATCHED,
    DATA_DIR: makeDataDir(),
    ANTHROPIC_API_KEY: 'sk-ant-canary',
    ANTHROPIC_BASE_URL: model.url,
  });
  const change = { 'src/orders.ts': FLAWED.change['src/orders.ts'] + lines('more') };
  const dir = await makeRepository(FLAWED.base, change);
  const repository = sandbox.addRepository('acme', 'shop', dir);
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });

  const first = await startApp(sandbox, env, { limits: QUICK });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitFor('the trial of what was found', () => model.sent.some(isTrial), 120_000);
  expect(model.sent.filter((body) => !isTrial(body))).toHaveLength(4);
  await first.stop();

  hangs = false;
  const before = model.sent.length;
  const second = await startApp(sandbox, env, { limits: QUICK });
  onTestFinished(() => second.stop());
  await waitForCheck(repository, pull, 90_000);
  // The four answers of the review were kept; what was under way is asked again.
  expect(model.sent.slice(before).map(isTrial)).toEqual([true]);

  const paid = model.sent.length;
  await pushTree(dir, { 'src/second.ts': lines('second') });
  await sandbox.refresh(repository, pull);
  await sandbox.sendPullRequest(repository, pull, 'synchronize');
  await waitForCheck(repository, pull, 90_000);
  const later = model.sent.slice(paid);
  expect(later.length).toBeGreaterThan(0);
  for (const body of later) {
    expect(body).toContain('path=\\"src/second.ts\\"');
    expect(body).not.toMatch(/<file-\w+ path=\\"src\/orders\.ts/);
  }
});
