import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { SHORT_LIVED } from '../support/build.ts';
import { startStack, waitFor } from '../support/stack.ts';
import { makeTempDir } from '../support/temp.ts';

it('refuses what GitHub did not send, before it is parsed', async () => {
  const { sandbox, url } = await startStack('pglite');
  const hook = `${url}/api/github/webhooks`;
  const post = async (body: string, headers: Record<string, string> = {}): Promise<number> => {
    const response = await fetch(hook, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'x-github-event': 'ping', 'x-github-delivery': 'g', ...headers },
    });
    await response.text();
    return response.status;
  };
  const sign = (body: string): Record<string, string> => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', sandbox.webhookSecret).update(body).digest('hex')}`,
  });
  const sha1 = { 'x-hub-signature': `sha1=${createHmac('sha1', sandbox.webhookSecret).update('{}').digest('hex')}` };
  expect(await post('{}')).toBe(401);
  expect(await post('{}', sha1)).toBe(401);
  expect(await post('{}', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` })).toBe(401);
  expect(await post('{"a":', sign('{"a":'))).toBe(400);
  expect(await post('{}', sign('{}'))).toBe(200);
  expect(await post('{"zen":null}', { ...sign('{"zen":null}'), 'x-github-event': 'made_up_event' })).toBe(200);
  expect(
    await post('{"action":"opened","pull_request":null}', {
      ...sign('{"action":"opened","pull_request":null}'),
      'x-github-event': 'pull_request',
    }),
  ).toBe(200);
  const announced = await new Promise<number>((resolve, reject) => {
    const sent = request(
      hook,
      { method: 'POST', headers: { 'content-length': String(200 * 1024 * 1024) } },
      (response) => resolve(response.statusCode ?? 0),
    );
    sent.on('error', reject);
    sent.flushHeaders();
  });
  expect(announced).toBe(413);
});

it('takes odd deliveries that are signed for what they are: nothing to do', async () => {
  const { sandbox, url } = await startStack('pglite');
  const post = async (body: string, own: Record<string, string | undefined>): Promise<number> => {
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': 'g',
      'x-hub-signature-256': `sha256=${createHmac('sha256', sandbox.webhookSecret).update(body).digest('hex')}`,
      ...own,
    };
    const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(`${url}/api/github/webhooks`, { method: 'POST', body, headers: given });
    await response.text();
    return response.status;
  };
  const origin = { installation: { id: 99 }, repository: { id: 1, name: 'shop', owner: { login: 'acme' } } };
  for (const body of ['null', '[]', '7', '{"action":{"toString":1}}', '{"installation":null}', '{"installation":"x"}'])
    expect([body, await post(body, {})]).toEqual([body, 200]);
  for (const event of [undefined, '__proto__', 'constructor', 'toString', 'hasOwnProperty', '*', 'error', 'push'])
    expect([event, await post('{"action":"opened"}', { 'x-github-event': event })]).toEqual([event, 200]);
  expect(await post('{}', { 'x-github-delivery': undefined })).toBe(200);
  for (const pull of [null, {}, { number: null }, { number: 2 ** 40, head: { ref: 'x' } }, { number: 1, head: null }])
    expect(await post(JSON.stringify({ ...origin, action: 'opened', pull_request: pull }), {})).toBe(200);
  // Nothing of this needs GitHub, and nothing is let through without a signature.
  expect(await post('null', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` })).toBe(401);
  expect(sandbox.requests).toEqual([]);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

it('tells an operator how it is, and others whether it works', async () => {
  const token = 'a-token-of-the-operator';
  const { url, service } = await startStack('postgres', { METRICS_PORT: '0', METRICS_TOKEN: token });
  const get = async (from: string, headers: Record<string, string> = {}) => {
    const response = await fetch(from, { headers });
    return { status: response.status, text: await response.text() };
  };
  const known = { authorization: `Bearer ${token}` };
  expect(await get(`${url}/healthz`)).toEqual({ status: 200, text: 'ok\n' });
  expect(await get(`${url}/readyz`)).toEqual({ status: 200, text: 'ready\n' });
  expect((await get(`${url}/metrics`, known)).status).toBe(404);
  expect((await get(`${url}/nothing`)).status).toBe(404);
  const own = `http://127.0.0.1:${service.metricsPort}`;
  expect((await get(`${own}/metrics`)).status).toBe(401);
  expect((await get(`${own}/metrics`, known)).text).toContain('backend_dev_queue_jobs 0');
  expect((await fetch(`${own}/api/github/webhooks`, { method: 'POST', body: '{}' })).status).toBe(405);
});

it.each([
  ['localhost', 200, true],
  ['0.0.0.0', 401, false],
])('leads to registering the App on a machine without credentials: HOST %s', async (host, status, open) => {
  const cwd = makeTempDir();
  const child = spawn(process.execPath, [...SHORT_LIVED, fileURLToPath(urlOfProgram('main'))], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOST: host, PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  await waitFor('the token in the log', () => log.includes('?token='));
  const [, port, token] = /:(\d+)\/probot\?token=([\w-]{32})/.exec(log) ?? [];
  const page = await fetch(`http://localhost:${port}/probot`);
  expect(page.status).toBe(status);
  expect((await page.text()).includes('Register GitHub App')).toBe(open);
  expect((await fetch(`http://localhost:${port}/probot?token=${token}`, { redirect: 'manual' })).status).toBe(303);
  expect(log.split(token ?? '')).toHaveLength(2);
});
