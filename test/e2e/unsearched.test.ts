import { expect, it, onTestFinished } from 'vitest';
import { createAnalysisPool } from '../../src/analysis/process/pool.ts';
import { claudeToolStream } from '../support/claude-stream.ts';
import { FLAWED, startStack, waitFor, waitForCheck } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { makeRepository } from '../support/temp.ts';

const TOKEN = ['ghp_', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');
const BESIDE = 'const beside = "eyJ-what-stands-beside-it";';

it('a text whose search was cut off by its time goes nowhere: not to Claude, by no tool, into no comment; the review names it and is not green', async () => {
  const reads = [
    { name: 'Read', input: { path: 'src/bait.ts' } },
    { name: 'Grep', input: { text: 'stands-beside' } },
    { name: 'Grep', input: { text: 'ghp' } },
  ];
  const model = await startModel((body) => {
    const { tools = [] } = JSON.parse(body) as { tools?: unknown[] };
    if (tools.length > 0 && !body.includes('"tool_result"')) return { stream: claudeToolStream(reads) };
    return { status: 200, text: JSON.stringify({ findings: [], verdicts: [], answer: body.slice(-6000) }) };
  });
  // The search for so many takes several times as long as a process has here.
  const pool = createAnalysisPool({ limitMs: 250 });
  onTestFinished(() => pool.close());
  const { sandbox } = await startStack(
    'postgres',
    { ANTHROPIC_API_KEY: 'sk-ant-canary', ANTHROPIC_BASE_URL: model.url },
    { pool },
  );
  const bait = `${BESIDE}\n${'eyJ-'.repeat(20)}\n${`const t = '${TOKEN}';\n`.repeat(18_000)}`;
  const change = { 'src/bait.ts': bait, 'src/else.ts': 'export const e = 1;\n' };
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Bait' });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitForCheck(repository, pull);
  expect(pull.reviews[0]?.body).toMatch(/`src\/bait\.ts`: .*stopped after 0\.25 s/);
  expect(repository.checks.at(-1)?.conclusion).toBe('neutral');
  await sandbox.comment(repository, pull, 'dana', '/backend-dev ask what stands there?');
  await waitFor('the answer', () => pull.conversation.some((one) => one.author.type === 'Bot'));
  expect(model.sent.some((body) => body.includes('could not be searched for credentials'))).toBe(true);
  const outside = [...model.sent, JSON.stringify([pull.reviews, pull.comments, pull.conversation, repository.checks])];
  for (const text of outside) {
    expect(text.includes(TOKEN.slice(4, 12))).toBe(false);
    expect(text.includes('what-stands-beside-it')).toBe(false);
  }
});
