import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
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

it('tells an operator how it is', async () => {
  const { url } = await startStack('postgres');
  const get = async (path: string) => {
    const response = await fetch(url + path);
    return { status: response.status, text: await response.text() };
  };
  expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
  expect(await get('/readyz')).toEqual({ status: 200, text: 'ready\n' });
  expect((await get('/metrics')).text).toContain('backend_dev_queue_jobs 0');
  expect((await get('/nothing')).status).toBe(404);
});

it('leads to registering the App on a machine without credentials', async () => {
  const cwd = makeTempDir();
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../src/main.ts', import.meta.url))], {
    cwd,
    env: { PATH: process.env.PATH ?? '', PORT: '39127', NO_SMEE_SETUP: 'true' },
    stdio: 'ignore',
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await waitFor('the setup page', async () => {
    const response = await fetch('http://localhost:39127/probot').catch(() => null);
    return (await response?.text())?.includes('Register GitHub App') ?? false;
  });
});
