import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { SHORT_LIVED } from '../support/build.ts';
import { checkAnswer } from '../support/openapi.ts';
import { FLAWED, startStack, WATCHED, waitFor, waitForCheck } from '../support/stack.ts';
import { makeDataDir, makeRepository, makeTempDir } from '../support/temp.ts';

interface Page {
  status: number;
  text: string;
  headers: Headers;
}

/** A browser without JavaScript: it keeps one cookie, follows nothing by itself, and reads again where a kept connection ended. */
function createBrowser(url: string) {
  let cookie = '';
  return async (path: string, own: RequestInit & { headers?: Record<string, string> } = {}): Promise<Page> => {
    const request = { redirect: 'manual' as const, ...own, headers: { ...(cookie && { cookie }), ...own.headers } };
    const send = (): Promise<Response> => fetch(new URL(path, url), request);
    const response = await (own.method === undefined ? send().catch(send) : send());
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
}

/** What each step of the page says: `webhook: waiting`. */
function readSteps({ text }: Page): string[] {
  return [...text.matchAll(/<li class="(\w+)[^"]*" id="([\w-]+)">/g)].map(([, status, name]) => `${name}: ${status}`);
}

async function startUnregistered(sandbox: Sandbox, own: Record<string, string> = {}) {
  const cwd = makeTempDir();
  const child = spawn(process.execPath, [...SHORT_LIVED, fileURLToPath(urlOfProgram('main'))], {
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: makeDataDir(),
      GHE_HOST: sandbox.host,
      GHE_PROTOCOL: 'http',
      ...own,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const out = { log: '' };
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    out.log += chunk;
  });
  await waitFor('the page', () => out.log.includes('/probot?token='), 120_000);
  const [, port = ''] = /:(\d+)\/probot\?token=/.exec(out.log) ?? [];
  return { url: `http://127.0.0.1:${port}`, cwd, out };
}

it('leads from nothing to the first review in one process, and says at each step what is next', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { url, cwd, out } = await startUnregistered(sandbox);
  const browse = createBrowser(url);

  const form = await browse('/probot');
  const [, action = ''] = /<form method="post" action="([^"]+)">/.exec(form.text) ?? [];
  const [, manifest = ''] = /name="manifest" value="([^"]+)"/.exec(form.text) ?? [];
  // What stands before this server: GitHub reaches it by its own address here.
  const sent = JSON.parse(manifest.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Record<string, unknown>;
  const hook = { url: `${url}/api/github/webhooks`, active: true };
  const registered = await fetch(action, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ manifest: JSON.stringify({ ...sent, hook_attributes: hook }) }),
  });
  await waitFor('the ping of the registration', () => sandbox.state.hook.deliveries.length === 1);
  // The secret is not known here yet.
  expect(sandbox.state.hook.deliveries[0]?.code).not.toBe(200);

  const done = await browse(registered.headers.get('location') ?? '');
  expect([done.status, done.headers.get('location')]).toEqual([303, '/setup']);
  expect(readFileSync(join(cwd, '.env'), 'utf8')).toContain(sandbox.webhookSecret);
  let page = done;
  await waitFor(
    'the App, and the ping that it asked for again',
    async () => {
      page = await browse('/setup');
      return readSteps(page).includes('webhook: ok');
    },
    120_000,
  );
  expect(readSteps(page)).toEqual([
    'github-app: ok',
    'webhook: ok',
    'permissions: ok',
    'database: ok',
    'model: off',
    'installed-on: waiting',
    'pull-request: waiting',
  ]);
  expect(page.text).toContain('Next: <a href="#installed-on">Installed on</a>');
  expect(page.text).toContain(`href="${sandbox.url}/apps/backend-dev/installations/new"`);
  expect(page.text).toMatch(/<meta http-equiv="refresh" content="\d+;url=\/setup">/);

  sandbox.state.account = 'acme';
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
  expect(await sandbox.sendPullRequest(repository, pull, 'opened')).toBeLessThan(300);
  await waitForCheck(repository, pull, 120_000);
  await waitFor('all steps', async () => {
    page = await browse('/setup');
    return readSteps(page).every((step) => /ok|off/.test(step));
  });
  expect(page.text).toContain('acme (1 repository)');
  expect(page.text).toContain('All is done');
  expect(page.text).not.toContain('http-equiv="refresh"');
  for (const secret of [sandbox.webhookSecret, 'PRIVATE KEY', ...sandbox.state.tokens.keys()]) {
    expect(page.text).not.toContain(secret);
    expect(out.log).not.toContain(secret);
  }
  // By GitHub's description the account of an installation is a user and an enterprise at once; GitHub's answers are not so.
  const described = sandbox.requests.filter(({ template }) => !['/graphql', '/app/installations'].includes(template));
  expect(described.map(checkAnswer).filter((wrong) => wrong !== null)).toEqual([]);
});

it('says on the page why the App does not start with what was registered', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { url } = await startUnregistered(sandbox, { WEBHOOK_SECRET: 'another-secret-of-old' });
  const browse = createBrowser(url);
  const app = { appId: '4242', pem: sandbox.privateKey, webhook_secret: sandbox.webhookSecret };
  const done = await browse('/probot/import', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url },
    body: new URLSearchParams(app).toString(),
  });
  expect(done.status).toBe(303);
  let page = done;
  await waitFor('the reason', async () => (page = await browse('/setup')).status === 500);
  expect(page.text).toContain('WEBHOOK_SECRET is set in the environment and hides what is in .env');
});

it('tells operators alone, strangers nothing, and shows hostile names as text', async () => {
  const session = 'a-session-for-the-tests';
  const { sandbox, service, url } = await startStack('pglite', { METRICS_PORT: '0' }, { session });
  const main = createBrowser(url);
  for (const path of ['/setup', '/setup/redeliver', '/setup?token=x', '/setup?token='])
    expect([path, (await main(path)).status]).toEqual([path, 401]);
  for (const path of ['/', '/probot', '/probot/setup?code=a'])
    expect([path, (await main(path)).status]).toEqual([path, 404]);
  expect((await main('/setup', { method: 'POST' })).status).toBe(401);
  sandbox.state.account = '"><script>alert(1)</script>\u202e\u001b[2J';
  sandbox.setWebhook('http://127.0.0.1:1/');
  await sandbox.ping();
  const entry = await main(`/setup?token=${session}`);
  expect([entry.status, entry.headers.get('location')]).toEqual([303, '/setup']);
  expect(entry.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
  const page = await main('/setup');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
  );
  for (const raw of ['<script', '\u202e', '\u001b']) expect(page.text).not.toContain(raw);
  expect(page.text).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u{202E}\\u{1B}[2J');
  expect(page.text).toMatch(/GitHub sent ping at [\d: UTC-]+ and got failed to connect to host/);
  expect((await main('/setup?still')).text).not.toContain('http-equiv="refresh"');

  // METRICS_TOKEN is a key of the operators' listener, and of that alone.
  const bearer = { authorization: `Bearer ${WATCHED.METRICS_TOKEN}` };
  expect((await createBrowser(url)('/setup', { headers: bearer })).status).toBe(401);
  const operators = `http://127.0.0.1:${service.metricsPort}`;
  expect((await createBrowser(operators)('/setup')).status).toBe(401);
  expect((await createBrowser(operators)('/setup', { headers: bearer })).status).toBe(200);

  // The way back: the address is mended, and GitHub asked for its last webhook.
  const foreign = { method: 'POST', headers: { origin: 'https://evil.example' } };
  expect((await main('/setup/redeliver', foreign)).status).toBe(403);
  sandbox.setWebhook(`${url}/api/github/webhooks`);
  const asked = await main('/setup/redeliver', { method: 'POST' });
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/setup?asked=again']);
  await waitFor('the webhook', async () => readSteps(await main('/setup')).includes('webhook: ok'));
});

it('lets in whoever sits at the machine only where nothing else is led to', async () => {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => resolve(free));
    });
  });
  const { url } = await startStack('pglite', { METRICS_PORT: String(port), METRICS_TOKEN: '' });
  // A proxy on this machine leads strangers to the webhook's listener, and calls it localhost.
  expect((await createBrowser(url)('/setup')).status).toBe(404);
  const here = createBrowser(`http://127.0.0.1:${port}`);
  expect((await here('/setup')).status).toBe(200);
  expect((await here('/setup', { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(401);
});
