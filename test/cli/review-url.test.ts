import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { LIMITS } from '../../src/limits.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { answerReview, CANDIDATE } from '../support/claude-answers.ts';
import { FLAWED, waitFor } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { makeRepository, makeTempDir } from '../support/temp.ts';

const MAIN = fileURLToPath(urlOfProgram('cli/main'));

/** What waits for ten seconds and more, as the proven part does for Claude, waits for a fiftieth of it. */
const HASTE = `data:text/javascript,${encodeURIComponent(`
import timers from 'node:timers/promises';
import { syncBuiltinESMExports } from 'node:module';
const { setTimeout } = timers;
timers.setTimeout = (ms, ...rest) => setTimeout(ms >= 10_000 && ms <= ${LIMITS.provenAfter} ? ms / 50 : ms, ...rest);
syncBuiltinESMExports();
`)}`;

it('review URL --post: by the config of the base, what is proven stands there while Claude hangs', async () => {
  expect(LIMITS.provenAfter).toBeLessThan(20_000);
  const { promise: until, resolve: release } = Promise.withResolvers<void>();
  const model = await startModel(answerReview([CANDIDATE]), () => until);
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const config =
    'rules: { sql-injection: { severity: high, reason: "internal tool" } }\npaths: { exclude: ["old/**"] }\n';
  const { 'src/orders.ts': flawed } = FLAWED.change;
  const dir = await makeRepository(
    { ...FLAWED.base, '.github/backend-dev.yml': config },
    { 'src/orders.ts': flawed, 'old/orders.ts': flawed },
  );
  const repository = sandbox.addRepository('acme', 'shop', dir);
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
  sandbox.state.tokens.set('ghp_person', { expires: Date.now() + 600_000, repositoryIds: null });
  const env = {
    PATH: process.env.PATH ?? '',
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: 'http',
    GITHUB_TOKEN: 'ghp_person',
    ANTHROPIC_API_KEY: 'sk-ant-canary',
    ANTHROPIC_BASE_URL: model.url,
  };
  const args = ['--import', HASTE, MAIN, 'review', `${sandbox.url}/acme/shop/pull/1`, '--post'];
  const done = promisify(execFile)(process.execPath, args, { cwd: makeTempDir(), env });
  const said = () => pull.comments.map(({ path, body }) => `${path} ${body.split(' · ').slice(0, 2).join(' ')}`);
  const proven = 'src/orders.ts 🟠 **Request input becomes SQL text** high';
  await waitFor('the proven part', () => pull.comments.length > 0);
  expect(said()).toEqual([proven]);
  expect(pull.reviews[0]?.body).toContain('Claude is still reading; what it finds is added here');
  release();
  await done;
  expect(said()).toEqual([proven, 'src/orders.ts 🟠 **Anyone reads all orders** high']);
  expect(pull.reviews[0]?.body).toContain('model complete');
});
