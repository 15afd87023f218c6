import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { claudeToolStream } from '../support/claude-stream.ts';
import { FLAWED, startStack, waitFor, waitForCheck } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { makeRepository, makeTempDir } from '../support/temp.ts';

it('is fetched with a token that only reads, when Claude looks something up, and deleted with the installation', async () => {
  const model = await startModel((body) => {
    if (!body.includes('"tools"')) return { status: 200, text: JSON.stringify({ findings: [], verdicts: [] }) };
    if (body.includes('tool_result')) return { status: 200, text: JSON.stringify({ answer: 'In far/away.ts.' }) };
    const calls = ['head', 'base'].map((side) => ({ name: 'Grep', input: { text: 'farAway', side } }));
    return { stream: claudeToolStream(calls) };
  });
  const dataDir = makeTempDir();
  const { sandbox } = await startStack('postgres', {
    ANTHROPIC_API_KEY: 'sk-ant-canary',
    ANTHROPIC_BASE_URL: model.url,
    DATA_DIR: dataDir,
  });
  const dir = await makeRepository(
    { ...FLAWED.base, 'far/away.ts': 'export const farAway = 1;\n', 'gone.ts': 'farAway();\n' },
    { ...FLAWED.change, 'gone.ts': null },
  );
  const repository = sandbox.addRepository('acme', 'shop', dir);
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'x' });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitForCheck(repository, pull);
  repository.collaborators.set('tim', 'write');
  await sandbox.comment(repository, pull, 'tim', '/backend-dev ask where is farAway used?');
  await waitFor('an answer', () => pull.conversation.some(({ body }) => body.includes('far/away.ts')));
  const results = model.sent.findLast((body) => body.includes('tool_result')) ?? '';
  expect(results).toContain('far/away.ts:1 | export const farAway = 1;');
  expect(results).toContain('gone.ts:1 | farAway();');
  expect(sandbox.fetches.map(({ status }) => status)).toEqual([200, 200]);
  const narrowed = [...sandbox.state.tokens.values()].filter(({ permissions }) => permissions !== null);
  expect(narrowed.map(({ permissions, repositoryIds }) => [permissions, repositoryIds])).toEqual([
    [{ contents: 'read' }, [repository.id]],
  ]);
  const root = join(dataDir, 'repositories', 'process-1', '99');
  expect(readdirSync(root)).toEqual([String(repository.id)]);
  await sandbox.uninstall();
  await waitFor('the deletion', () => readdirSync(root).length === 0);
});

it('is not fetched without a model', async () => {
  const dataDir = makeTempDir();
  const { sandbox } = await startStack('postgres', { DATA_DIR: dataDir });
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'x' });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitForCheck(repository, pull);
  expect(sandbox.fetches).toEqual([]);
  expect(readdirSync(dataDir)).not.toContain('repositories');
});

it('is fetched without a model where a check goes: who relied on it stands in a file that the change does not touch', async () => {
  const { sandbox } = await startStack('postgres', { DATA_DIR: makeTempDir() });
  const safe = (check: string): string =>
    `const COLUMNS = ['id', 'total'];\nexport function column(name) {\n${check}  return String(name);\n}\n`;
  const orders = [
    "import { Router } from 'express';",
    "import { pool } from './db.js';",
    "import { column } from './safe.js';",
    'export const orders = Router();',
    "orders.get('/orders', async (req, res) => {",
    '  res.json(await pool.query(`select id from orders order by ${column(req.query.sort)}`));',
    '});',
    '',
  ];
  const dir = await makeRepository(
    {
      'src/db.js': "import { Pool } from 'pg';\nexport const pool = new Pool();\n",
      'src/safe.js': safe("  if (!COLUMNS.includes(name)) return 'id';\n"),
      'src/orders.js': orders.join('\n'),
    },
    { 'src/safe.js': safe('') },
  );
  const repository = sandbox.addRepository('acme', 'shop', dir);
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'x' });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitForCheck(repository, pull);
  expect(sandbox.fetches.map(({ status }) => status)).toEqual([200, 200]);
  expect(pull.comments.map(({ path, line, side }) => ({ path, line, side }))).toEqual([
    { path: 'src/safe.js', line: 3, side: 'LEFT' },
  ]);
  expect(pull.comments[0]?.body).toContain('line 6 of `src/orders.js` is wrong');
});

it('is fetched without a model where a folder’s name says less than who imports the file, or what lies beside it', async () => {
  const { sandbox } = await startStack('postgres', { DATA_DIR: makeTempDir() });
  const sum = 'export const run = (req, res) => res.json(eval(req.query.sum));\n';
  const dir = await makeRepository(
    {
      'src/app.js':
        "import { Router } from 'express';\nimport { run } from './testing/sum.js';\nRouter().get('/', run);\n",
      'third_party/known/LICENSE': 'MIT\n',
    },
    {
      'src/testing/sum.js': sum,
      'tests/sum.js': sum,
      'third_party/known/sum.js': sum,
      'third_party/new/sum.js': sum,
      // What the change says of itself counts for nothing.
      '.gitattributes': '* linguist-generated linguist-vendored\n',
    },
  );
  const repository = sandbox.addRepository('acme', 'shop', dir);
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'x' });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitForCheck(repository, pull);
  expect(pull.comments.map(({ path, line }) => ({ path, line }))).toEqual([
    { path: 'src/testing/sum.js', line: 1 },
    { path: 'third_party/new/sum.js', line: 1 },
  ]);
  expect(repository.checks.at(-1)?.title).toContain('2 of 2 backend files reviewed, 1 searched for credentials only');
});
