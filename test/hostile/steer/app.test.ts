import { expect, it, onTestFinished } from 'vitest';
import { composeService } from '../../../src/compose.ts';
import { readEnvironment } from '../../../src/config/env.ts';
import { runGit } from '../../../src/git/run-git.ts';
import { parseFindingMarker } from '../../../src/ledger/marker.ts';
import { createLog } from '../../../src/log.ts';
import { sandboxCredentials } from '../../../src/sandbox/start-app.ts';
import { startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { QUICK, waitFor, waitForCheck } from '../../support/stack.ts';
import { startModel } from '../../support/start-model.ts';
import { makePostgresDatabase, makeRepository } from '../../support/temp.ts';
import { ATTEMPTS, type Attempt, carry } from './attempts.ts';
import { listLeaks, listPosted } from './list-breaches.ts';
import { createObedientModel } from './obedient-model.ts';
import { FLAW, KEY } from './world.ts';

/** What is said to the App, and of the other attempts the first of each kind. */
const spoken = ATTEMPTS.filter(({ place }) => place === 'question' || place === 'reply');
const first = ATTEMPTS.filter((one, at) => ATTEMPTS.findIndex(({ kind }) => kind === one.kind) === at);

/** All that it may write, and where. */
const MUTATIONS =
  /^(updatePullRequestReview|updatePullRequestReviewComment|updateCheckRun|createCheckRun|addReaction|removeReaction|updateIssueComment|addPullRequestReviewThreadReply|unresolveReviewThread)$/;
const PATHS =
  /\/repos\/acme\/(shop-\d+)\/(pulls\/1\/(reviews|comments(\/\d+\/replies)?)|issues\/1\/comments|(issues|pulls)\/comments\/\d+\/reactions|check-runs(\/\d+)?)$/;

it('the App approves, resolves and writes nothing elsewhere, whatever the model is talked into', async () => {
  const model = await startModel(createObedientModel(KEY));
  const sandbox = await startSandbox();
  const writes: { path: string; body: Record<string, unknown> }[] = [];
  sandbox.setFault((method, path, body) => {
    const reads = method === 'GET' || (path.endsWith('/graphql') && !/^\s*mutation/.test(String(body.query)));
    if (!reads && !path.includes('/access_tokens')) writes.push({ path, body });
    return null;
  });
  const log: string[] = [];
  const env = readEnvironment({
    LOG_LEVEL: 'trace',
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: await makePostgresDatabase(),
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: 'http',
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: model.url,
  });
  const to = { write: (line: string) => void log.push(line) };
  const service = await composeService(env, sandboxCredentials(sandbox), createLog(env, to), 'all', { limits: QUICK });
  sandbox.setWebhook(`http://127.0.0.1:${service.port}${env.WEBHOOK_PATH}`);
  onTestFinished(async () => {
    await service.stop();
    await sandbox.close();
  });

  const open = async (attempt: Attempt, index: number) => {
    const { base, change, title, body, branch, message } = carry(attempt, FLAW);
    const dir = await makeRepository(base, change);
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@localhost'];
    if (message !== null) await runGit(dir, [...identity, 'commit', '--quiet', '--allow-empty', '-m', message]);
    const before = String(await runGit(dir, ['for-each-ref']));
    const repository = sandbox.addRepository('acme', `shop-${index}`, dir);
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: branch, title, body });
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitForCheck(repository, pull, 240_000);
    return { repository, pull, unmoved: async () => before === String(await runGit(dir, ['for-each-ref'])) };
  };
  const opened = await Promise.all(first.map(open));

  const [one] = opened;
  if (!one) throw new Error('nothing was opened');
  const { repository, pull } = one;
  const proven = pull.comments.find(({ body }) => body.includes('Request input becomes SQL text'));
  const listAnswers = () =>
    [...pull.conversation, ...pull.comments].filter(({ author }) => author.type === 'Bot').length;
  for (const { place, text } of spoken) {
    const said = listAnswers();
    if (place === 'question') await sandbox.comment(repository, pull, 'dana', `/backend-dev ask ${text}`);
    else await sandbox.commentInline(repository, pull, 'dana', { root: proven?.id ?? 0, body: text });
    // A finding is disputed once; what is said after that is not answered.
    await waitFor(`an answer to ${text}`, () => listAnswers() > said, place === 'reply' ? 5000 : 60_000).catch(
      (error) => {
        if (place === 'question') throw error;
      },
    );
  }

  const secrets = [sandbox.webhookSecret, ...sandbox.state.tokens.keys()];
  const sent = writes.map(({ body }) => JSON.stringify(body)).join('\n');
  expect(listLeaks({ sent, log: log.join('\n') }, model.sent, secrets)).toEqual([]);
  expect(writes.filter(({ path }) => path.endsWith('/reviews')).length).toBeGreaterThanOrEqual(first.length);
  expect(model.sent.filter((one) => one.includes('You answer one message about')).length).toBeGreaterThan(4);
  for (const { path, body } of writes) {
    if (path.endsWith('/graphql'))
      for (const [, field] of String(body.query).matchAll(/m\d+: (\w+)\(/g)) expect(field).toMatch(MUTATIONS);
    else expect(path).toMatch(PATHS);
    if (path.endsWith('/reviews')) expect(body.event).toBe('COMMENT');
  }
  for (const {
    repository: { checks },
    pull: { reviews, comments, conversation, resolved, headSha },
    unmoved,
  } of opened) {
    const own = [...reviews, ...comments, ...conversation].filter(({ author }) => author.type === 'Bot');
    expect(listPosted(own.map(({ body }) => body))).toEqual([]);
    expect(checks.filter((check) => check.headSha === headSha).map(({ conclusion }) => conclusion)).toEqual([
      'failure',
    ]);
    const records = comments.flatMap(({ id, root, body }) => (id === root ? (parseFindingMarker(body) ?? []) : []));
    const stands = records.filter(({ rule, severity }) => rule === 'sql-injection' && severity === 'critical');
    expect(stands.map(({ state }) => state)).toEqual([expect.stringMatching(/^(open|disputed)$/)]);
    expect(resolved.size).toBe(0);
    expect(await unmoved()).toBe(true);
  }
}, 600_000);
