import { expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '../../src/config/env.ts';
import { runGit } from '../../src/git/run-git.ts';
import { startApp } from '../../src/sandbox/start-app.ts';
import type { SandboxPullRequest, SandboxUser } from '../../src/sandbox/state.ts';
import { answerReview, CANDIDATE } from '../support/claude-answers.ts';
import { QUICK, startStack, WATCHED, waitFor, waitForCheck, waitForQuiet } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { makePostgresDatabase, makeRepository, makeTempDir, pushTree, type Tree } from '../support/temp.ts';

const list = (name: string): string =>
  `router.get('/${name}', async (req, res) => {\n  res.json(await (await fetch('https://${name}.example')).json());\n});\n`;
const WES: SandboxUser = { login: 'wes', id: 60, type: 'User' };
const EVE: SandboxUser = { login: 'eve', id: 61, type: 'User' };

/** What Claude alone sees, and somebody else then tries to disprove. */
const FOUND = {
  ...CANDIDATE,
  path: 'src/judged.ts',
  line: 2,
  quote: 'return db.all(',
  title: 'The export holds every row',
  principle: 'principles/graceful-degradation',
  cwe: ['CWE-1088'],
};
const JUDGED = { 'src/judged.ts': 'export function dump(db) {\n  return db.all("select * from orders");\n}\n' };

it('learns what people settle, proposes a config once, silences nothing, and knows it after the database is lost', async () => {
  const model = await startModel((body) => answerReview(body.includes('src/judged.ts') ? [FOUND] : [])(body));
  const env = { ANTHROPIC_API_KEY: 'sk-ant-canary', ANTHROPIC_BASE_URL: model.url };
  const { sandbox, service } = await startStack('postgres', env);
  const dir = await makeRepository({ 'README.md': 'shop\n' });
  const repository = sandbox.addRepository('acme', 'shop', dir);
  repository.collaborators.set('wes', 'write');
  repository.collaborators.set('eve', 'triage');
  const open = async (head: string, tree: Tree): Promise<SandboxPullRequest> => {
    await runGit(dir, ['checkout', '--quiet', '-b', head, 'main']);
    await pushTree(dir, tree);
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head, title: head });
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitForCheck(repository, pull);
    await waitForQuiet(sandbox);
    return pull;
  };
  const threadOf = (pull: SandboxPullRequest, path: string) => pull.comments.find((one) => one.path === path)?.id ?? 0;
  const ignore = async (pull: SandboxPullRequest, path: string, reason: string): Promise<void> => {
    const root = threadOf(pull, path);
    await sandbox.commentInline(repository, pull, 'wes', { root, body: `/backend-dev ignore ${reason}` });
    await waitFor(`${path} to be ignored`, () =>
      pull.comments.some((one) => one.id === root && one.body.includes('"state":"ignored"')),
    );
    await waitForQuiet(sandbox);
  };
  const refuted = (): string => model.sent.findLast((body) => body.includes('# Task: disprove one claim')) ?? '';
  const proposal = '**Dismissed again and again:** `missing-request-timeout`';

  const files = ['a', 'b', 'c'].map((name) => [`src/${name}.ts`, list(name)]);
  const first = await open('first', Object.fromEntries(files));
  expect(first.comments).toHaveLength(3);
  await ignore(first, 'src/a.ts', 'Admin lists are short here.');
  // One is closed by somebody who may, one by somebody who may not; then it is merged as it is.
  first.resolved.set(threadOf(first, 'src/b.ts'), WES);
  first.resolved.set(threadOf(first, 'src/c.ts'), EVE);
  Object.assign(first, { state: 'closed', merged: true });
  await sandbox.sendPullRequest(repository, first, 'closed');
  await waitForQuiet(sandbox);

  const second = await open('second', { 'src/d.ts': list('d'), ...JUDGED });
  expect(refuted()).toContain('Admin lists are short here.');
  expect(refuted()).toContain('thread closed, and merged as it was');
  expect(refuted()).not.toMatch(/src\/c\.ts|"wes"/);
  expect(second.reviews[0]?.body).not.toContain(proposal);
  await ignore(second, 'src/d.ts', 'Short as well.');
  expect(second.reviews[0]?.body).toContain(`${proposal} (An outgoing call has no time limit), at 3 places of 2`);
  expect(second.reviews[0]?.body).toContain(
    '  missing-request-timeout:\n    severity: "off"\n    reason: "Short as well."',
  );

  // It is said once, and nothing is silent.
  const third = await open('third', { 'src/e.ts': list('e') });
  expect(third.reviews[0]?.body).not.toContain(proposal);
  expect(third.comments.map((one) => one.path)).toEqual(['src/e.ts']);

  await service.stop();
  const where = { DATABASE_URL: await makePostgresDatabase(), DATA_DIR: makeTempDir() };
  const other = await startApp(sandbox, readEnvironment({ LOG_LEVEL: 'fatal', ...WATCHED, ...where, ...env }), {
    limits: QUICK,
  });
  onTestFinished(() => other.stop());
  await open('fourth', { 'src/f.ts': list('f') });
  const fifth = await open('fifth', { 'src/g.ts': list('g'), ...JUDGED });
  for (const said of ['Admin lists are short here.', 'Short as well.', 'thread closed'])
    expect(refuted()).toContain(said);
  expect(refuted()).not.toContain('src/c.ts');
  expect(fifth.reviews[0]?.body).not.toContain(proposal);
  expect(fifth.comments).toHaveLength(2);
}, 240_000);
