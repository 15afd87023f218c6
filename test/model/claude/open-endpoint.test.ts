import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readEnvironment } from '../../../src/config/env.ts';
import { createClaude } from '../../../src/model/claude/create-claude.ts';
import { nameModel, openEndpoint } from '../../../src/model/claude/open-endpoint.ts';
import { decideModels, findNonceSecret } from '../../../src/model/create-model-reviewer.ts';
import { createMeter } from '../../../src/model/meter.ts';
import { probeModel } from '../../../src/model/probe-model.ts';
import { claudeStream } from '../../support/claude-stream.ts';
import { endpointOf } from '../../support/endpoint-at.ts';
import { openPurse } from '../../support/open-purse.ts';
import { makeTempDir } from '../../support/temp.ts';

const SSE = { 'content-type': 'text/event-stream' };
const ANSWER = claudeStream('{"findings":[]}');

interface Sent {
  url: string;
  headers: Record<string, string | undefined>;
  body: Record<string, unknown>;
}

/** Stands at an address, answers as it is told, and keeps what was sent. */
function standIn(origin: string, answers: [status: number, body: string | object, headers?: object][]): Sent[] {
  const sent: Sent[] = [];
  for (const [status, answer, headers = SSE] of answers) {
    nock(origin)
      .post(() => true)
      .reply(async (request: Request) => {
        const body = (await request.json()) as Sent['body'];
        sent.push({ url: request.url, headers: Object.fromEntries(request.headers), body });
        return [status, answer, headers as Record<string, string>];
      });
  }
  return sent;
}

/** Credentials of a person, as `gcloud auth application-default login` leaves them. */
function writeGoogleCredentials(): string {
  const file = join(makeTempDir(), 'google.json');
  const person = { type: 'authorized_user', client_id: 'id', client_secret: 'secret', refresh_token: 'refresh' };
  writeFileSync(file, JSON.stringify(person));
  return file;
}

const tokens = (): nock.Scope =>
  nock('https://oauth2.googleapis.com').post('/token').reply(200, { access_token: 'google-token', expires_in: 3600 });

const BEDROCK = { BACKEND_DEV_ENDPOINT: 'bedrock', AWS_REGION: 'eu-central-1' };
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalr', AWS_SESSION_TOKEN: 'session' };
const FOUNDRY = {
  BACKEND_DEV_ENDPOINT: 'foundry',
  ANTHROPIC_FOUNDRY_RESOURCE: 'acme',
  ANTHROPIC_FOUNDRY_API_KEY: 'azure-key',
};
const MANTLE = 'https://bedrock-mantle.eu-central-1.api.aws';
const AZURE = 'https://acme.services.ai.azure.com';
const GOOGLE = 'https://europe-west1-aiplatform.googleapis.com';
const vertex = (): Record<string, string> => ({
  BACKEND_DEV_ENDPOINT: 'vertex',
  ANTHROPIC_VERTEX_PROJECT_ID: 'acme-prod',
  CLOUD_ML_REGION: 'europe-west1',
  GOOGLE_APPLICATION_CREDENTIALS: writeGoogleCredentials(),
});

const waits: number[] = [];

/** One conversation with the model that reviews there. */
async function ask(env: Record<string, string>): Promise<unknown> {
  const claude = createClaude({ endpoint: endpointOf(env), sleep: async (ms) => void waits.push(ms) });
  return await claude.converse({
    model: decideModels({ model: 'sonnet' }, readEnvironment(env)).review,
    system: 'You review.',
    prompt: [{ text: 'files' }],
    schema: z.object({ findings: z.array(z.string()) }),
    account: createMeter(openPurse().purse).account('review'),
  });
}

const FOUND_NOTHING = { kind: 'answer', value: { findings: [] }, rounds: 1 };

beforeEach(() => {
  nock.disableNetConnect();
  waits.length = 0;
});
afterEach(() => {
  const pending = nock.pendingMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  expect(pending).toEqual([]);
});

describe('asking Claude at each endpoint', () => {
  it('Anthropic, at another address', async () => {
    const sent = standIn('https://gateway.test', [[200, ANSWER]]);
    const env = { ANTHROPIC_API_KEY: 'sk-ant-k', ANTHROPIC_BASE_URL: 'https://gateway.test/claude' };
    expect(await ask(env)).toEqual(FOUND_NOTHING);
    expect(sent[0]).toMatchObject({
      url: 'https://gateway.test/claude/v1/messages',
      headers: { authorization: 'Bearer sk-ant-k' },
      body: { model: 'claude-sonnet-5-5', output_config: { format: { type: 'json_schema' } } },
    });
  });

  it('Amazon Bedrock signs the request with the keys', async () => {
    const sent = standIn(MANTLE, [[200, ANSWER]]);
    expect(await ask({ ...BEDROCK, ...KEYS, ANTHROPIC_API_KEY: 'sk-ant-k' })).toEqual(FOUND_NOTHING);
    expect(sent[0]).toMatchObject({
      url: `${MANTLE}/anthropic/v1/messages`,
      headers: {
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock-mantle\/aws4_request, /,
        ),
        'x-amz-security-token': 'session',
      },
      body: { model: 'anthropic.claude-sonnet-5-5', stream: true },
    });
    expect(JSON.stringify(sent)).not.toContain('sk-ant-k');
  });

  it('Amazon Bedrock takes a key of its own', async () => {
    const sent = standIn(MANTLE, [[200, ANSWER]]);
    await ask({ ...BEDROCK, AWS_BEARER_TOKEN_BEDROCK: 'bedrock-key' });
    expect(sent[0]?.headers.authorization).toBe('Bearer bedrock-key');
  });

  it('Google Vertex AI: the model stands in the path, and a token of Google’s in the header', async () => {
    tokens();
    const sent = standIn(GOOGLE, [[200, ANSWER]]);
    expect(await ask({ ...vertex(), ANTHROPIC_API_KEY: 'sk-ant-k' })).toEqual(FOUND_NOTHING);
    expect(sent[0]).toMatchObject({
      url: `${GOOGLE}/v1/projects/acme-prod/locations/europe-west1/publishers/anthropic/models/claude-sonnet-5-5:streamRawPredict`,
      headers: { authorization: 'Bearer google-token' },
      body: { anthropic_version: expect.any(String), stream: true },
    });
    expect(sent[0]?.body.model).toBeUndefined();
    expect(JSON.stringify(sent)).not.toContain('sk-ant-k');
  });

  it('Google Vertex AI finds credentials that come later, and ends nothing where there are none', async () => {
    const file = join(makeTempDir(), 'later.json');
    const claude = createClaude({
      endpoint: endpointOf({ ...vertex(), GOOGLE_APPLICATION_CREDENTIALS: file }),
      sleep: async () => {
        tokens();
        const { privateKey } = generateKeyPairSync('rsa', {
          modulusLength: 2048,
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        });
        const robot = { type: 'service_account', client_email: 'robot@acme.test', private_key: privateKey };
        writeFileSync(file, JSON.stringify(robot));
      },
    });
    standIn(GOOGLE, [[200, ANSWER]]);
    const answer = await claude.converse({
      model: 'claude-sonnet-5-5',
      system: '',
      prompt: [{ text: 'files' }],
      schema: z.object({ findings: z.array(z.string()) }),
      account: createMeter(openPurse().purse).account('review'),
    });
    expect(answer).toEqual(FOUND_NOTHING);
    nock.cleanAll();
  });

  it('Microsoft Foundry', async () => {
    const sent = standIn(AZURE, [[200, ANSWER]]);
    expect(await ask({ ...FOUNDRY, ANTHROPIC_API_KEY: 'sk-ant-k' })).toEqual(FOUND_NOTHING);
    expect(sent[0]).toMatchObject({
      url: `${AZURE}/anthropic/v1/messages`,
      headers: { 'x-api-key': 'azure-key' },
      body: { model: 'claude-sonnet-5-5' },
    });
  });

  it('Microsoft Foundry by its address, whatever the resource is called', async () => {
    const sent = standIn('https://proxy.test', [[200, ANSWER]]);
    await ask({ ...FOUNDRY, ANTHROPIC_FOUNDRY_BASE_URL: 'https://proxy.test/anthropic' });
    expect(sent[0]?.url).toBe('https://proxy.test/anthropic/v1/messages');
  });

  it.each([
    { name: 'bedrock', origin: MANTLE, env: () => ({ ...BEDROCK, ...KEYS }) },
    { name: 'vertex', origin: GOOGLE, env: () => (tokens(), vertex()) },
    { name: 'foundry', origin: AZURE, env: () => FOUNDRY },
  ])('$name: a rate limit that does not say until when is waited for; a refusal is told', async ({ origin, env }) => {
    standIn(origin, [
      [429, { error: { message: 'Too many requests' } }, {}],
      [403, { error: { message: 'no access' } }, {}],
    ]);
    await expect(ask(env())).rejects.toMatchObject({
      code: 'MODEL_REJECTED',
      message: expect.stringContaining('no access'),
    });
    expect(waits).toHaveLength(1);
  });
});

describe('what an endpoint does not offer', () => {
  const refusal = {
    error: { type: 'invalid_request_error', message: 'output_config: Extra inputs are not permitted' },
  };

  it('tells the schema in words where structured answers are refused, and from then on', async () => {
    const fenced = claudeStream('```json\n{"findings":["a"]}\n```');
    const sent = standIn(AZURE, [
      [400, refusal, {}],
      [200, fenced],
    ]);
    expect(await ask(FOUNDRY)).toMatchObject({ value: { findings: ['a'] } });
    expect(sent.map(({ body }) => 'output_config' in body)).toEqual([true, false]);
    expect(JSON.stringify(sent[1]?.body.system)).toContain('JSON Schema');
    expect(waits).toEqual([]);
  });

  it('does not ask for ever', async () => {
    standIn(AZURE, [
      [400, refusal, {}],
      [400, refusal, {}],
    ]);
    await expect(ask(FOUNDRY)).rejects.toMatchObject({ code: 'MODEL_REJECTED' });
  });
});

describe('whether a model can be used', () => {
  const probe = async (env: Record<string, string>): Promise<string> =>
    await probeModel(
      await endpointOf(env).connect(1000),
      decideModels({ model: 'sonnet' }, readEnvironment(env)).review,
    );

  it('counts tokens where there is no list of models, which is free', async () => {
    const sent = standIn(MANTLE, [[200, { input_tokens: 8 }, {}]]);
    expect(await probe({ ...BEDROCK, ...KEYS })).toBe('answers');
    expect(sent[0]?.url).toBe(`${MANTLE}/anthropic/v1/messages/count_tokens`);
  });

  it('sends the shortest message where tokens cannot be counted, and then knows', async () => {
    const message = { type: 'message', content: [], usage: {} };
    const json = { 'content-type': 'application/json' };
    const sent = standIn(AZURE, [
      [404, {}, json],
      [200, message, json],
    ]);
    expect(await probe(FOUNDRY)).toBe('answers');
    expect(sent[1]?.body).toMatchObject({ max_tokens: 1 });
    standIn(AZURE, [
      [404, {}, json],
      [404, { error: { message: 'DeploymentNotFound' } }, json],
    ]);
    await expect(probe(FOUNDRY)).rejects.toMatchObject({ status: 404 });
  });

  it('does not try further where the key is wrong', async () => {
    standIn(AZURE, [[401, {}, {}]]);
    await expect(probe(FOUNDRY)).rejects.toMatchObject({ status: 401 });
  });
});

describe('choosing an endpoint', () => {
  it.each([
    [{}, 'no ANTHROPIC_API_KEY is set', false],
    [
      { BACKEND_DEV_ENDPOINT: 'bedrock', ANTHROPIC_API_KEY: 'k' },
      'BACKEND_DEV_ENDPOINT is bedrock, which lacks AWS_REGION',
      true,
    ],
    [
      { ...BEDROCK, AWS_ACCESS_KEY_ID: 'a' },
      'BACKEND_DEV_ENDPOINT is bedrock, which lacks AWS_SECRET_ACCESS_KEY',
      true,
    ],
    [
      { ...BEDROCK, AWS_SECRET_ACCESS_KEY: 'a' },
      'BACKEND_DEV_ENDPOINT is bedrock, which lacks AWS_ACCESS_KEY_ID',
      true,
    ],
    [
      { BACKEND_DEV_ENDPOINT: 'vertex' },
      'BACKEND_DEV_ENDPOINT is vertex, which lacks ANTHROPIC_VERTEX_PROJECT_ID and CLOUD_ML_REGION',
      true,
    ],
    [
      { BACKEND_DEV_ENDPOINT: 'foundry' },
      'BACKEND_DEV_ENDPOINT is foundry, which lacks ANTHROPIC_FOUNDRY_API_KEY and ANTHROPIC_FOUNDRY_RESOURCE',
      true,
    ],
  ])('%j: %s', (env, off, isWanted) => {
    expect(openEndpoint(readEnvironment(env))).toEqual({ off, isWanted });
  });

  it('takes the region that AWS takes by default', () => {
    expect(endpointOf({ BACKEND_DEV_ENDPOINT: 'bedrock', AWS_DEFAULT_REGION: 'us-east-1' }).name).toBe(
      'Amazon Bedrock',
    );
  });

  it.each([
    ['bedrock', 'claude-opus-5-5', 'anthropic.claude-opus-5-5'],
    ['bedrock', 'anthropic.claude-opus-5-5', 'anthropic.claude-opus-5-5'],
    ['bedrock', 'eu.anthropic.claude-opus-5-5', 'eu.anthropic.claude-opus-5-5'],
    ['vertex', 'claude-opus-5-5', 'claude-opus-5-5'],
    ['vertex', 'claude-haiku-4-5@20251001', 'claude-haiku-4-5@20251001'],
    ['foundry', 'our-deployment', 'our-deployment'],
  ] as const)('%s knows %s as %s', (endpoint, id, named) => {
    expect(nameModel(endpoint, id)).toBe(named);
  });

  it('has a secret for the prompts’ delimiters that stays, whatever the credentials', () => {
    const server = { WEBHOOK_SECRET: 'w'.repeat(16) };
    expect(findNonceSecret(readEnvironment({ ...BEDROCK, ...server }))).toBe(server.WEBHOOK_SECRET);
    expect(findNonceSecret(readEnvironment(FOUNDRY))).toBe('azure-key');
    expect(findNonceSecret(readEnvironment({ ANTHROPIC_API_KEY: 'k' }))).toBe('k');
  });

  it('names the model of each stage as the endpoint knows it', () => {
    const env = readEnvironment({ ...BEDROCK, BACKEND_DEV_REFUTE_MODEL: 'opus' });
    expect(decideModels({ model: 'inherit' }, env)).toEqual({
      triage: 'anthropic.claude-haiku-5-5',
      review: 'anthropic.claude-sonnet-5-5',
      refute: 'anthropic.claude-opus-5-5',
    });
  });
});
