import { expect, it } from 'vitest';
import { checkModel } from '../../src/cli/doctor.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { startModel } from '../support/start-model.ts';

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
