import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkModel } from '../../src/cli/doctor.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { startModel } from '../support/start-model.ts';
import { makeTempDir } from '../support/temp.ts';

function run(entry: string, args: string[], env: Record<string, string>): Promise<{ code: unknown; output: string }> {
  const file = fileURLToPath(new URL(`../../src/${entry}`, import.meta.url));
  const options = { cwd: makeTempDir(), env: { PATH: process.env.PATH ?? '', ...env } };
  return new Promise((resolve) =>
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    ),
  );
}

const check = (env: Record<string, string>): Promise<string> => checkModel(readEnvironment(env));

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
  const { code, output } = await run('cli/main.ts', ['doctor'], {
    DATABASE_URL_FILE: file,
    METRICS_TOKEN: 'token-of-the-metrics',
  });
  expect(output).toMatch(`secrets      METRICS_TOKEN from the environment; DATABASE_URL from the file ${file}`);
  expect(output).toMatch(/FAIL +database/);
  expect(output).not.toMatch(/pw-of-the-database|token-of-the-metrics/);
  expect(code).toBe(2);
});

it.each([
  ['main.ts', []],
  ['cli/main.ts', ['doctor']],
])('a secret’s file that is missing ends %s with 2 and the code', async (entry, args) => {
  const { code, output } = await run(entry, args, { APP_ID: '1', PRIVATE_KEY_FILE: '/run/none/private-key' });
  expect(output).toContain('SECRET_FILE_UNREADABLE: PRIVATE_KEY_FILE');
  expect(code).toBe(2);
});
