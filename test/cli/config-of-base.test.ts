import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { openMcp } from '../support/open-mcp.ts';
import { FLAWED } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { makeRepository } from '../support/temp.ts';

const MAIN = fileURLToPath(urlOfProgram('cli/main'));
const PATH = process.env.PATH ?? '';
const CONFIG = '.github/backend-dev.yml';
const PYTHON = 'import requests\nrequests.get(url)\n';
const CHANGE = { ...FLAWED.change, 'app/a.py': PYTHON, 'old/b.py': PYTHON };

function run(cwd: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function listFindings(stdout: string): string[] {
  const { findings } = JSON.parse(stdout) as { findings: { path: string; ruleId: string; severity: string }[] };
  return findings.map(({ path, ruleId, severity }) => `${path} ${ruleId} ${severity}`).sort();
}

const RULES = `paths: { exclude: ["old/**"] }
rules:
  sql-injection: { severity: medium, reason: an internal tool }
`;

it('review: the config of the base counts, as in a pull request; the change of it is only told', async () => {
  const cwd = await makeRepository({ ...FLAWED.base, [CONFIG]: RULES }, CHANGE);
  writeFileSync(join(cwd, CONFIG), 'comment_at: critical\n');
  writeFileSync(join(cwd, '.gitattributes'), '* linguist-generated linguist-vendored -diff\n');
  const { status, stdout, stderr } = run(cwd, ['review', '--format', 'json', '--fail-on', 'high']);
  expect(listFindings(stdout)).toEqual([
    'app/a.py missing-request-timeout medium',
    'src/orders.ts sql-injection medium',
  ]);
  expect(status).toBe(0);
  expect(stderr).toContain('This change alters `.github/backend-dev.yml`');
  const { coverage } = JSON.parse(stdout) as { coverage: { files: { path: string; reasonCode: string | null }[] } };
  expect(coverage.files.find(({ path }) => path === 'old/b.py')?.reasonCode).toBe('LEFT_OUT');
  const text = run(cwd, ['review']).stdout;
  expect(text).toMatch(/^Config: \.github\/backend-dev\.yml of the base, [0-9a-f]{7}$/m);

  const { call } = await openMcp(cwd);
  const told = await call('review');
  expect((told.structured.findings as { severity: string }[]).map(({ severity }) => severity)).toEqual([
    'medium',
    'medium',
  ]);
  expect(told.text).toContain('Config: .github/backend-dev.yml of the base');
});

it('review: a config that is only in the working tree does not count, and one line says when it does', async () => {
  const cwd = await makeRepository(FLAWED.base, FLAWED.change);
  mkdirSync(join(cwd, '.github'));
  writeFileSync(join(cwd, CONFIG), 'rules: { sql-injection: { severity: off, reason: because } }\n');
  const { status, stdout, stderr } = run(cwd, ['review', '--format', 'json', '--fail-on', 'high']);
  expect(stderr).toBe('.github/backend-dev.yml is not in the base yet, so it has no effect on this review.\n');
  expect(listFindings(stdout)).toEqual(['src/orders.ts sql-injection critical']);
  expect(status).toBe(1);
});

it('review: an agent that the config names and that there is not, and a broken config, are told', async () => {
  const cwd = await makeRepository({ ...FLAWED.base, [CONFIG]: 'agent: nobody\n' }, FLAWED.change);
  expect(run(cwd, ['review']).stderr).toContain('`nobody`');
  const unknown = 'rules: { sql-injektion: { severity: off, reason: because } }\n';
  const misspelt = await makeRepository({ ...FLAWED.base, [CONFIG]: unknown }, FLAWED.change);
  for (const command of ['review', 'scan'])
    expect(run(misspelt, [command]).stderr).toMatch(
      /backend-dev\.yml` names a rule that there is not: sql-injektion: no such rule\. Like it: .*sql-injection/,
    );
  const broken = await makeRepository({ ...FLAWED.base, [CONFIG]: 'paths: 3\n' }, FLAWED.change);
  const { stdout, stderr } = run(broken, ['review', '--format', 'json']);
  expect(stderr).toContain('The config is broken');
  expect(listFindings(stdout)).toHaveLength(1);
});

it('scan: the config of the last commit, by paths of the repository; what is named is looked at in any case', async () => {
  const cwd = await makeRepository({ ...CHANGE, [CONFIG]: RULES });
  expect(listFindings(run(cwd, ['scan', '--format', 'json']).stdout)).toEqual([
    'app/a.py missing-request-timeout medium',
    'src/orders.ts sql-injection medium',
  ]);
  const old = join(cwd, 'old');
  expect(listFindings(run(old, ['scan', '--format', 'json']).stdout)).toEqual([]);
  expect(listFindings(run(old, ['scan', 'b.py', '--format', 'json']).stdout)).toHaveLength(1);
});

it('a proxy that this Node cannot be told of is an error only where the network is used', async () => {
  const cwd = await makeRepository(FLAWED.base, FLAWED.change);
  const old = 'import http from "node:http"; delete http.setGlobalProxyFromEnv;';
  const env = {
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(old)}`,
  };
  expect(run(cwd, ['review', '--format', 'json'], env)).toMatchObject({ status: 0, stderr: '' });
  expect(run(cwd, ['scan', '--format', 'json'], env)).toMatchObject({ status: 0, stderr: '' });
  for (const [args, more] of [
    [['review'], { ANTHROPIC_API_KEY: 'no-key' }],
    [['review', 'https://github.com/o/r/pull/1'], { GITHUB_TOKEN: 'no-token' }],
  ] as const) {
    const { status, stderr } = run(cwd, [...args], { ...env, ...more });
    expect(status).toBe(2);
    expect(stderr).toContain('NODE_USE_ENV_PROXY=1');
  }
  expect(run(cwd, ['review', '--no-model'], { ...env, ANTHROPIC_API_KEY: 'no-key' }).status).toBe(0);
});

it('review: Claude is told the guidance and the language of the config, and asked no more than its budget gives', async () => {
  const { url, sent } = await startModel(() => ({ status: 400, text: 'no' }));
  const env = { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: url };
  const look = async (more: string): Promise<string> => {
    const config = `language: Italian\nguidance: [{ paths: ["src/**"], text: Amounts are integers in cents. }]\n${more}`;
    const cwd = await makeRepository({ ...FLAWED.base, [CONFIG]: config }, FLAWED.change);
    // A child that waits would keep this process from answering it.
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, 'review'], {
      cwd,
      env: { PATH, ...env },
    }).catch((error: { stdout: string }) => error);
    return stdout;
  };
  await look('');
  expect(sent.some((body) => body.includes('Italian') && body.includes('Amounts are integers in cents.'))).toBe(true);
  const asked = sent.length;
  expect(await look('budget_tokens: 1\n')).toContain('budget_tokens');
  expect(sent).toHaveLength(asked);
});
