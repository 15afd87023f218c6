import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { type OutgoingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCredentials, readEnvironment } from '../../../src/config/env.ts';
import { createSetupServer, type SetupOptions } from '../../../src/server/setup/setup-server.ts';
import { writeEnvFile } from '../../../src/server/setup/write-env-file.ts';
import { makeTempDir } from '../../support/temp.ts';

const { privateKey: PEM } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const APP = { appId: '7', pem: PEM, webhook_secret: '0123456789abcdef0123' };

interface Answer {
  status: number;
  text: string;
  headers: Record<string, unknown>;
}

async function open(host = '127.0.0.1', start: SetupOptions['start'] = async () => undefined) {
  const written: Record<string, string>[] = [];
  const codes: string[] = [];
  const { server, token } = createSetupServer({
    github: 'https://github.test',
    webhookPath: '/api/github/webhooks',
    convert: async (code) => {
      codes.push(code);
      return { id: 8, pem: PEM, webhook_secret: APP.webhook_secret, html_url: 'https://github.test/apps/mine' };
    },
    write: (values) => void written.push(values),
    start,
    log: pino({ level: 'silent' }),
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const call = (method: string, path: string, own: OutgoingHttpHeaders = {}, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { host: `localhost:${port}`, ...own };
      const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      });
      sent.on('error', reject).end(body);
    });
  const get = (path: string, own?: OutgoingHttpHeaders) => call('GET', path, own);
  const post = (own: OutgoingHttpHeaders = {}, body: unknown = APP) =>
    call('POST', '/probot/import', { 'content-type': 'application/json', ...own }, JSON.stringify(body));
  return { written, codes, port, token, call, get, post };
}

describe('on the loopback address', () => {
  it('leads whoever sits there to GitHub, and takes the App that GitHub hands back', async () => {
    const { get, written, codes } = await open();
    expect(await get('/')).toMatchObject({ status: 302, headers: { location: '/probot' } });
    const page = await get('/probot?address=https://review.acme.example&organisation=acme');
    expect(page.text).toContain('Register GitHub App');
    const action = /action="https:\/\/github\.test\/organizations\/acme\/settings\/apps\/new\?state=([\w-]+)"/.exec(
      page.text,
    );
    const manifest = JSON.parse(
      (/name="manifest" value="([^"]+)"/.exec(page.text)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    );
    expect(manifest).toMatchObject({
      default_permissions: { checks: 'write' },
      hook_attributes: { url: 'https://review.acme.example/api/github/webhooks', active: true },
      redirect_url: expect.stringMatching(/^http:\/\/localhost:\d+\/probot\/setup$/),
    });
    const done = await get(`/probot/setup?code=abc&state=${action?.[1]}`);
    expect(done).toMatchObject({ status: 303, headers: { location: '/setup' } });
    expect(codes).toEqual(['abc']);
    expect(written).toMatchObject([{ APP_ID: '8', WEBHOOK_SECRET: APP.webhook_secret }]);
  });

  it('takes an App that is registered already, once, as a form or as JSON', async () => {
    const { call, post, written } = await open();
    const body = new URLSearchParams(APP).toString();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await call('POST', '/probot/import', form, body)).status).toBe(303);
    expect(written).toHaveLength(1);
    expect((await post()).status).toBe(409);
    expect(written).toHaveLength(1);
  });

  it('says that the App starts, or why it does not, until the App answers on the same server', async () => {
    let fail: (error: Error) => void = () => undefined;
    const { get, post } = await open('127.0.0.1', () => new Promise((_, reject) => (fail = reject)));
    expect(await get('/setup')).toMatchObject({ status: 302, headers: { location: '/probot' } });
    await post();
    const starting = await get('/setup');
    expect(starting).toMatchObject({ status: 200, text: expect.stringContaining('the App is starting') });
    expect(starting.text).toContain('<meta http-equiv="refresh" content="2;url=/setup">');
    expect(await get('/probot')).toMatchObject({ status: 302, headers: { location: '/setup' } });
    fail(new Error('the <database> is in use'));
    await new Promise(setImmediate);
    const failed = await get('/setup');
    expect(failed).toMatchObject({ status: 500, text: expect.stringContaining('the &lt;database&gt; is in use') });
    expect(failed.text).not.toContain('http-equiv');
  });

  it('goes on as the App for whoever registered it, by a token of its own', async () => {
    const given: string[] = [];
    const { post, token, get } = await open('0.0.0.0', async (values, server, session) => {
      given.push(values.APP_ID ?? '', session, String(server.listening));
    });
    const known = { cookie: `backend-dev-setup=${token}` };
    const done = await post(known);
    const [app, session = '', listening] = given;
    expect([app, listening]).toEqual(['7', 'true']);
    expect(session).not.toBe(token);
    expect(done.headers['set-cookie']).toEqual([`backend-dev-setup=${session}; HttpOnly; SameSite=Lax; Path=/`]);
    expect((await get('/setup', { cookie: `backend-dev-setup=${session}` })).status).toBe(200);
  });

  it.each<[string, OutgoingHttpHeaders]>([
    ['a form of another site', { origin: 'https://evil.example' }],
    ['a form of another port of this machine', { origin: 'http://localhost:1' }],
    ['a form of a frame without an origin', { origin: 'null' }],
    ['a form of another site, from a browser that says so', { 'sec-fetch-site': 'cross-site' }],
    ['a form of another name of the same site', { 'sec-fetch-site': 'same-site' }],
    ['a name that was bound anew to this machine', { host: 'evil.example' }],
    ['one that looks like it', { host: 'localhost.evil.example' }],
    ['one that begins like it', { host: '127.0.0.1.evil.example:3000' }],
    ['somebody behind a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['somebody behind another proxy', { forwarded: 'for=203.0.113.7' }],
    ['somebody behind a tunnel', { 'cf-connecting-ip': '203.0.113.7' }],
    ['a wrong cookie', { host: 'evil.example', cookie: 'backend-dev-setup=x' }],
  ])('refuses %s', async (_, headers) => {
    const { post, get, written } = await open();
    expect([401, 403]).toContain((await post(headers)).status);
    if (headers.origin === undefined && headers['sec-fetch-site'] === undefined)
      expect([401, 403]).toContain((await get('/probot', headers)).status);
    expect(written).toEqual([]);
  });

  it.each([
    ['no state', '/probot/setup?code=abc'],
    ['a state that was guessed', '/probot/setup?code=abc&state=x'],
    ['two states', '/probot/setup?code=abc&state=x&state=y'],
  ])('takes nobody else’s App: %s', async (_, path) => {
    const { get, codes } = await open();
    await get('/probot');
    expect((await get(path)).status).toBe(403);
    expect(codes).toEqual([]);
  });

  it('refuses a request without a usable address', async () => {
    const { get } = await open();
    expect((await get('/probot', { host: 'local host' })).status).toBe(400);
    expect((await get('/probot', { host: '"><script>' })).status).toBe(400);
  });

  it('shows what was typed as text', async () => {
    const { get } = await open();
    const page = await get('/probot?organisation=%22%3E%3Cscript%3E&address=https://a.example/%22%3E%3Cscript%3E');
    expect(page.text).not.toContain('<script>');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each([
    [{ ...APP, appId: '7\nX=1' }],
    [{ ...APP, webhook_secret: 'short' }],
    [{ ...APP, webhook_secret: '0123456789abcdef"\nNODE_OPTIONS=--import=/tmp/x' }],
    [{ ...APP, pem: `${PEM}"\nNODE_OPTIONS="--import=/tmp/x` }],
    [{ ...APP, pem: 'x' }],
    [{ ...APP, pem: null }],
    [null],
    [[]],
    ['x'.repeat(70_000)],
  ])('writes nothing that is not an App’s: %#', async (body) => {
    const { post, written } = await open();
    expect((await post({}, body)).status).toBe(400);
    expect(written).toEqual([]);
  });
});

describe('on every address', () => {
  it('asks everyone for the token, also from this machine, on every path', async () => {
    const { get, post, written } = await open('0.0.0.0');
    for (const path of ['/', '/probot', '/probot/import', '/probot/success', '/probot/setup?code=a', '/healthz', '/x'])
      expect([path, (await get(path)).status]).toEqual([path, 401]);
    expect((await get('/probot?token=')).status).toBe(401);
    expect((await get('/probot?token=x')).status).toBe(401);
    expect((await post()).status).toBe(401);
    expect(written).toEqual([]);
  });

  it('takes the token once from the address, then from the cookie; a form of another site has neither', async () => {
    const { get, post, token, written } = await open('0.0.0.0');
    const first = await get(`/probot?token=${token}&organisation=acme`, { host: 'review.acme.example' });
    expect(first).toMatchObject({ status: 303, headers: { location: '/probot?organisation=acme' } });
    const [cookie = ''] = (first.headers['set-cookie'] as string[]) ?? [];
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    const known = { host: 'review.acme.example', cookie: `other=1; ${cookie.split(';')[0]}` };
    expect((await get('/probot', known)).text).toContain('http://review.acme.example/api/github/webhooks');
    expect((await post({ ...known, origin: 'https://evil.example' })).status).toBe(403);
    expect(written).toEqual([]);
    expect((await post({ ...known, origin: 'http://review.acme.example' })).status).toBe(303);
    expect(written).toHaveLength(1);
  });
});

it('keeps the other lines of .env, lets only its owner read it, and the next start reads it', () => {
  const dir = makeTempDir();
  const path = join(dir, '.env');
  writeFileSync(path, 'PORT=4000\nAPP_ID=1\n export PRIVATE_KEY = x\n# APP_ID of production\n', { mode: 0o644 });
  writeEnvFile(path, {
    APP_ID: '8',
    PRIVATE_KEY: PEM.trim().replaceAll('\n', '\\n'),
    WEBHOOK_SECRET: APP.webhook_secret,
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const text = readFileSync(path, 'utf8');
  expect(text.split('\n').slice(0, 3)).toEqual(['PORT=4000', '# APP_ID of production', 'APP_ID="8"']);
  const values = Object.fromEntries(
    [...text.matchAll(/^(\w+)="(.*)"$/gm)].map(([, name, value]) => [name ?? '', value]),
  );
  expect(readCredentials(readEnvironment(values))).toMatchObject({ appId: 8, webhookSecret: APP.webhook_secret });
});
