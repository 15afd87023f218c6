import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { answerReview, CANDIDATE } from '../support/claude-answers.ts';
import { PLANTED } from '../support/planted-secrets.ts';
import { FLAWED } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { makeRepository, makeTempDir } from '../support/temp.ts';

const MAIN = fileURLToPath(urlOfProgram('cli/main'));

function run(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: makeTempDir(), env: { PATH: process.env.PATH ?? '', ...env }, maxBuffer: 1e8 };
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

const INVENTED = { ...CANDIDATE, title: 'Invented', quote: 'eval(request.body)' };
const REFUTED = { ...CANDIDATE, title: 'Orders are sorted twice', principle: 'apis/pagination-for-lists', cwe: [] };
const titles = (text: string): string[] =>
  (JSON.parse(text) as { findings: { title: string }[] }).findings.map(({ title }) => title).sort();

/** Says three things of which one is invented and one is disproved, and repeats a credential if it ever sees one. */
async function startReader(secret: string) {
  const answer = answerReview([CANDIDATE, INVENTED, REFUTED]);
  return await startModel((body) => {
    if (!body.includes(REFUTED.title)) {
      const seen = body.includes(secret) ? 'seen' : 'not seen';
      return answerReview([{ ...CANDIDATE, explanation: `It is ${secret}, ${seen}.` }, INVENTED, REFUTED])(body);
    }
    const quote = CANDIDATE.quote;
    const verdict = { id: 'claim', verdict: 'refuted', path: CANDIDATE.path, side: 'head', quote, fixFails: null };
    const verdicts = [{ ...verdict, reason: 'Line 3 sorts once.' }];
    return { ...answer(body), text: JSON.stringify({ findings: [], verdicts }) };
  });
}

it('review --record keeps what Claude answered, without credentials; --replay asks nobody and needs no key; --explain tells what became of each', async () => {
  const { line, secret } = PLANTED[0] ?? { line: '', secret: [] };
  const token = secret[0] ?? '';
  const repo = await makeRepository(FLAWED.base, {
    'src/orders.ts': `${FLAWED.change['src/orders.ts']}${line}\n`,
  });
  const model = await startReader(token);
  const recording = join(makeTempDir(), 'recording.json');
  const review = ['review', '--repo', repo, '--base', 'main', '--head', 'feature'];
  const key = { ANTHROPIC_API_KEY: 'sk-ant-canary', ANTHROPIC_BASE_URL: model.url };

  const recorded = await run([...review, '--record', recording, '--format', 'json'], key);
  expect([recorded.code, recorded.stderr]).toEqual([0, '']);
  expect(titles(recorded.stdout)).toContain(CANDIDATE.title);
  expect(titles(recorded.stdout)).not.toContain(REFUTED.title);
  const asked = model.sent.length;
  expect(asked).toBeGreaterThan(1);
  expect(readFileSync(recording, 'utf8')).not.toContain(token);
  expect(model.sent.join('')).not.toContain(token);

  const replayed = await run([...review, '--replay', recording, '--format', 'json']);
  expect([replayed.code, replayed.stderr]).toEqual([0, '']);
  expect(titles(replayed.stdout)).toEqual(titles(recorded.stdout));
  expect(model.sent).toHaveLength(asked);

  const { stdout } = await run([...review, '--replay', recording, '--explain']);
  expect(stdout).toMatch(/Stages:\n {2}nothing was asked\nWhat was said:/);
  expect(stdout).toContain('dropped (review, 1 vote): src/orders.ts:3 Invented. its quote is not in the file');
  expect(stdout).toContain('refuted (refute, 4 votes): src/orders.ts:3 Orders are sorted twice. Line 3 sorts once.');
  expect(stdout).toContain(`kept (refute, 4 votes): src/orders.ts:3 ${CANDIDATE.title}. No line checks it.`);
  expect(stdout).toContain('4 dropped: its quote is not in the file');

  // What was never asked cannot be answered: it is said, and nothing of it passes for reviewed.
  const more = `${FLAWED.change['src/orders.ts']}${line}\n// more\n`;
  const other = await makeRepository(FLAWED.base, { 'src/orders.ts': more });
  const unknown = await run(['review', '--repo', other, '--base', 'main', '--head', 'feature', '--replay', recording]);
  expect(unknown.code).toBe(3);
  expect(unknown.stdout).toContain('this was never asked when the recording was made, and nobody is asked now');
  expect(unknown.stderr).toMatch(
    /^review [^\n]+: not what was asked when it was recorded\n(?: {2}.*\n)* {2}code \d+ \+ .*\/\/ more/,
  );
});

it('review URL records and replays as well, and both at once, or a file that is no recording, is an error in words', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
  sandbox.state.tokens.set('ghp_person', { expires: Date.now() + 3_600_000, repositoryIds: null });
  const model = await startReader('nothing');
  const recording = join(makeTempDir(), 'recording.json');
  const env = { GHE_HOST: sandbox.host, GHE_PROTOCOL: 'http', GITHUB_TOKEN: 'ghp_person' };
  const review = ['review', `${sandbox.url}/acme/shop/pull/1`, '--format', 'json'];
  const key = { ANTHROPIC_API_KEY: 'sk-ant-canary', ANTHROPIC_BASE_URL: model.url };
  const recorded = await run([...review, '--record', recording], { ...env, ...key });
  const asked = model.sent.length;
  expect(recorded.code).toBe(0);
  const replayed = await run([...review, '--replay', recording], env);
  expect(titles(replayed.stdout)).toEqual(titles(recorded.stdout));
  expect(titles(replayed.stdout)).toContain(CANDIDATE.title);
  expect(model.sent).toHaveLength(asked);

  const both = await run([...review, '--record', recording, '--replay', recording], env);
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('give either --record or --replay, not both')]);
  const none = join(makeTempDir(), 'none.json');
  writeFileSync(none, '{"answers": 7}');
  const wrong = await run([...review, '--replay', none], env);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('it is no recording of this program')]);
});
