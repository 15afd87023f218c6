import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { checkModel } from '../../src/status/check-model.ts';
import { startModel } from '../support/start-model.ts';
import { makeTempDir } from '../support/temp.ts';

function run(
  entry: string,
  args: string[],
  env: Record<string, string>,
  cwd = makeTempDir(),
): Promise<{ code: unknown; output: string }> {
  const file = fileURLToPath(urlOfProgram(entry));
  const options = { cwd, env: { PATH: process.env.PATH ?? '', ...env } };
  return new Promise((resolve) =>
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    ),
  );
}

const check = async (env: Record<string, string>): Promise<string> => (await checkModel(readEnvironment(env))).text;

it('no key is no failure; a chosen endpoint that lacks something is', async () => {
  expect(await check({})).toBe('off: no ANTHROPIC_API_KEY is set; deterministic analysers only');
  await expect(check({ BACKEND_DEV_ENDPOINT: 'vertex', CLOUD_ML_REGION: 'global' })).rejects.toThrow(
    'BACKEND_DEV_ENDPOINT is vertex, which lacks ANTHROPIC_VERTEX_PROJECT_ID',
  );
});

it('asks for the model of each stage, and names the variable of the one that the endpoint does not know', async () => {
  const { url } = await startModel((body) =>
    body.includes('haiku') ? { status: 404, text: 'DeploymentNotFound' } : { status: 200, text: '' },
  );
  const env = { BACKEND_DEV_ENDPOINT: 'foundry', ANTHROPIC_FOUNDRY_API_KEY: 'k', ANTHROPIC_FOUNDRY_BASE_URL: url };
  await expect(check(env)).rejects.toThrow(
    /^Microsoft Foundry, claude-haiku-5-5 \(another one: BACKEND_DEV_TRIAGE_MODEL\): .*DeploymentNotFound/,
  );
  expect(await check({ ...env, BACKEND_DEV_TRIAGE_MODEL: 'our-small-one' })).toBe(
    'Microsoft Foundry: claude-sonnet-5-5 (answers), our-small-one (answers; its price is unknown, BACKEND_DEV_PRICES tells it)',
  );
});

it('says where each secret came from, and shows none, not even when what it leads to does not answer', async () => {
  const file = join(makeTempDir(), 'database-url');
  writeFileSync(file, 'postgres://app:pw-of-the-database@127.0.0.1:1/app\n');
  const { code, output } = await run('cli/main', ['doctor'], {
    DATABASE_URL_FILE: file,
    METRICS_TOKEN: 'token-of-the-metrics',
  });
  expect(output).toMatch(`secrets       METRICS_TOKEN from the environment; DATABASE_URL from the file ${file}`);
  expect(output).toMatch(/FAIL +database/);
  expect(output).not.toMatch(/pw-of-the-database|token-of-the-metrics/);
  expect(code).toBe(2);
});

it('makes nothing where it is called, no database either', async () => {
  const cwd = makeTempDir();
  const { code, output } = await run('cli/main', ['doctor'], {}, cwd);
  expect(output).toMatch(/ok +database +embedded: the first start makes it in /);
  expect(readdirSync(cwd)).toEqual([]);
  expect(code).toBe(0);
});

it.each([
  ['main', []],
  ['cli/main', ['doctor']],
])('a secret’s file that is missing ends %s with 2 and the code', async (entry, args) => {
  const { code, output } = await run(entry, args, { APP_ID: '1', PRIVATE_KEY_FILE: '/run/none/private-key' });
  expect(output).toContain('SECRET_FILE_UNREADABLE: PRIVATE_KEY_FILE');
  expect(code).toBe(2);
});

/** Doctor beside an App of a sandbox. */
async function examine(own: Record<string, string>, sandbox: Awaited<ReturnType<typeof startSandbox>>) {
  const { code, output } = await run('cli/main', ['doctor', '--json'], {
    APP_ID: String(sandbox.state.appId),
    PRIVATE_KEY: sandbox.privateKey,
    WEBHOOK_SECRET: sandbox.webhookSecret,
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: 'http',
    ...own,
  });
  const report = JSON.parse(output) as {
    schemaVersion: number;
    status: string;
    checks: { name: string; status: string; text: string; todo: string | null; links: { url: string }[] }[];
  };
  const find = (name: string) => report.checks.find((one) => one.name === name);
  return { code, output, report, find };
}

it('tells as JSON what is done, what waits and what is wrong, with what to do, and no secret', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const data = makeTempDir();
  sandbox.state.account = null;
  const first = await examine({ DATA_DIR: data }, sandbox);
  expect(first.code).toBe(0);
  expect(first.report).toMatchObject({ schemaVersion: 1, status: 'waiting' });
  expect(first.report.checks.map((one) => `${one.name}: ${one.status}`)).toEqual([
    'node: ok',
    'git: ok',
    'secrets: ok',
    'network: ok',
    'agents: ok',
    'github app: ok',
    'webhook: waiting',
    'permissions: ok',
    'database: ok',
    'model: off',
    'installed on: waiting',
    'pull request: waiting',
  ]);
  expect(first.find('installed on')?.links.map(({ url }) => url)).toEqual([
    `${sandbox.url}/apps/backend-dev/installations/new`,
  ]);
  for (const secret of [sandbox.webhookSecret, sandbox.privateKey.split('\n')[2] ?? '-', 'PRIVATE KEY-----'])
    expect(first.output).not.toContain(secret);

  sandbox.state.account = 'a\u202e<script>\u001b[2J';
  sandbox.state.granted = { ...sandbox.state.permissions, checks: 'read' };
  sandbox.setWebhook('http://127.0.0.1:1/hook');
  await sandbox.ping();
  const second = await examine({ DATA_DIR: data }, sandbox);
  expect(second.code).toBe(2);
  expect(second.report.status).toBe('fail');
  expect(second.find('webhook')).toMatchObject({
    status: 'fail',
    text: expect.stringContaining('failed to connect to host'),
  });
  expect(second.find('permissions')?.text).toContain('has not granted permission checks: write');
  expect(second.find('installed on')).toMatchObject({
    status: 'waiting',
    text: 'a\\u{202E}<script>\\u{1B}[2J (0 repositories)',
  });
});
