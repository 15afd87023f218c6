import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import { describeError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { knowsSecret } from '../knows-secret.ts';
import { decideSetup, isLoopback, SETUP_COOKIE } from './guard.ts';
import { makeManifest } from './manifest.ts';
import { ImportedApp, RegisteredApp, toEnvironment } from './parse-credentials.ts';
import { renderDone, renderImport, renderSetup } from './render-pages.ts';

export interface SetupOptions {
  /** GitHub's own address, as `https://github.com`. */
  github: string;
  webhookPath: string;
  /** Exchanges GitHub's code for the App that was registered. @throws AppError */
  convert: (code: string) => Promise<unknown>;
  /** Keeps what the next start reads. */
  write: (values: Record<string, string>) => void;
  log: Logger;
}

const FORM_BYTES = 64 * 1024;
const listHeaders = (github: string): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // The address may hold a token or a code.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${github}; base-uri 'none'; frame-ancestors 'none'`,
});

interface Answer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/**
 * The page on a machine without credentials. It writes them once; whoever may not use it, learns nothing from it.
 * `token` lets in from elsewhere than this machine.
 */
export function createSetupServer(options: SetupOptions): { server: Server; token: string } {
  const token = randomBytes(24).toString('base64url');
  const session: Session = { state: randomBytes(24).toString('base64url'), done: false };
  const common = listHeaders(options.github);
  // Bound to more than this machine, the token is asked of everyone, also from here.
  const isLocal = (): boolean => {
    const bound = server.address();
    return typeof bound === 'object' && bound !== null && isLoopback(bound.address);
  };
  const server = createServer((request, response) => {
    serve({ ...options, token, session, isLocal }, request)
      .catch((error: unknown): Answer => {
        options.log.error({ err: error }, 'set-up');
        return { status: 502, body: renderImport(describeError(error)) };
      })
      .then(({ status, body, headers }) => response.writeHead(status, { ...common, ...headers }).end(body))
      .catch(() => response.destroy());
  });
  server.requestTimeout = 30_000;
  return { server, token };
}

interface Session {
  /** Only who was shown the page knows it: GitHub hands it back, so nobody else's App is taken. */
  state: string;
  done: boolean;
}

type Context = SetupOptions & { token: string; session: Session; isLocal: () => boolean };

async function serve(context: Context, request: IncomingMessage): Promise<Answer> {
  const url = readUrl(request);
  if (!url) return { status: 400, body: 'a request without a usable address\n' };
  const method = request.method ?? 'GET';
  const verdict = decideSetup({ method, url, headers: request.headers }, context.token, context.isLocal());
  if (verdict.kind === 'refuse') {
    context.log.warn({ reason: verdict.reason, from: request.socket.remoteAddress }, 'set-up: refused');
    return { status: verdict.status, body: `${verdict.reason}\n`, headers: { 'content-type': 'text/plain' } };
  }
  if (verdict.kind === 'remember' && (method === 'GET' || method === 'HEAD')) {
    url.searchParams.delete('token');
    const cookie = `${SETUP_COOKIE}=${context.token}; HttpOnly; SameSite=Lax; Path=/`;
    return { status: 303, body: '', headers: { location: `${url.pathname}${url.search}`, 'set-cookie': cookie } };
  }
  return await route(context, method, url, request);
}

async function route(context: Context, method: string, url: URL, request: IncomingMessage): Promise<Answer> {
  const { session, log } = context;
  const at = `${method} ${url.pathname}`;
  if (at === 'GET /') return { status: 302, body: '', headers: { location: '/probot' } };
  if (at === 'GET /probot/success' && session.done) return { status: 200, body: renderDone(null) };
  if (session.done) return { status: 409, body: renderDone(null) };
  if (at === 'GET /probot') return { status: 200, body: showSetup(context, url) };
  if (at === 'GET /probot/import') return { status: 200, body: renderImport() };
  if (at === 'POST /probot/import') {
    const given = ImportedApp.safeParse(await readForm(request));
    if (!given.success) {
      const [issue] = given.error.issues;
      return { status: 400, body: renderImport(`${issue?.path.join('.')}: ${issue?.message}`) };
    }
    finish(context, toEnvironment(given.data));
    return { status: 200, body: renderDone(null) };
  }
  if (at === 'GET /probot/setup') {
    const code = url.searchParams.get('code') ?? '';
    if (!knowsSecret(session.state, url.searchParams.get('state')) || !/^[\w-]{1,200}$/.test(code))
      return { status: 403, body: 'not the answer to the form of this page\n' };
    // Once, whatever comes of it.
    session.state = randomBytes(24).toString('base64url');
    const app = RegisteredApp.parse(await context.convert(code));
    finish(context, toEnvironment({ appId: String(app.id), pem: app.pem, webhook_secret: app.webhook_secret }));
    log.info({ app: app.html_url }, 'registered');
    return { status: 200, body: renderDone(`${app.html_url}/installations/new`) };
  }
  return { status: 404, body: 'not found\n' };
}

function finish({ write, session, log }: Context, values: Record<string, string>): void {
  write(values);
  session.done = true;
  log.info('the credentials are in .env: start again');
}

function showSetup({ github, webhookPath, session }: Context, url: URL): string {
  const own = url.searchParams.get('address') ?? '';
  const given = URL.canParse(own) ? new URL(own) : url;
  const address = /^https?:$/.test(given.protocol) && !isLoopback(given.hostname) ? given.origin : null;
  const organisation = (url.searchParams.get('organisation') ?? '').slice(0, 100);
  const manifest = makeManifest({ address, webhookPath, returnTo: `${url.origin}/probot/setup` });
  return renderSetup({ github, organisation, address, manifest, state: session.state });
}

/** The address as the browser sees it. */
function readUrl(request: IncomingMessage): URL | null {
  const host = request.headers.host ?? '';
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.test(host)) return null;
  const secure = request.headers['x-forwarded-proto'] === 'https';
  const text = `${secure ? 'https' : 'http'}://${host}${request.url ?? '/'}`;
  return request.url?.startsWith('/') && URL.canParse(text) ? new URL(text) : null;
}

async function readForm(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > FORM_BYTES) return null;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return { ...parseForm(text) };
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
