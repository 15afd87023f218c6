import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import { describeError } from '../../errors.ts';
import { isLoopback } from '../../is-loopback.ts';
import type { Logger } from '../../log.ts';
import { knowsSecret } from '../knows-secret.ts';
import { decideSetup, isLocal, readAddress, remember } from './guard.ts';
import { makeManifest } from './manifest.ts';
import { ImportedApp, RegisteredApp, toEnvironment } from './parse-credentials.ts';
import { renderImport, renderSetup, renderStarting } from './render-pages.ts';
import { listHeaders } from './render-shell.ts';

export interface SetupOptions {
  /** GitHub's own address, as `https://github.com`. */
  github: string;
  webhookPath: string;
  /** Exchanges GitHub's code for the App that was registered. @throws AppError */
  convert: (code: string) => Promise<unknown>;
  /** Keeps what the next start reads. */
  write: (values: Record<string, string>) => void;
  /** Goes on as the App, on the same server: from then on that one answers. `session` lets in whoever registered it. */
  start: (values: Record<string, string>, server: Server, session: string) => Promise<void>;
  log: Logger;
}

const FORM_BYTES = 64 * 1024;
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
  const token = makeToken();
  const session: Session = {
    state: makeToken(),
    next: makeToken(),
    done: false,
    problem: null,
  };
  const common = listHeaders(options.github);
  const server = createServer((request, response) => {
    serve({ ...options, server, token, session }, request)
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
  /** What lets in at the App. */
  next: string;
  done: boolean;
  /** Why the App did not start. */
  problem: string | null;
}

type Context = SetupOptions & { server: Server; token: string; session: Session };

async function serve(context: Context, request: IncomingMessage): Promise<Answer> {
  const url = readAddress(request);
  if (!url) return { status: 400, body: 'a request without a usable address\n' };
  const method = request.method ?? 'GET';
  const keys = { session: context.session.done ? context.session.next : context.token, others: [context.token] };
  // Bound to more than this machine, the token is asked of everyone, also from here.
  const verdict = decideSetup({ method, url, headers: request.headers }, keys, isLocal(context.server));
  if (verdict.kind === 'refuse') {
    context.log.warn({ reason: verdict.reason, from: request.socket.remoteAddress }, 'set-up: refused');
    return { status: verdict.status, body: `${verdict.reason}\n`, headers: { 'content-type': 'text/plain' } };
  }
  if (verdict.kind === 'remember' && (method === 'GET' || method === 'HEAD')) {
    url.searchParams.delete('token');
    return { status: 303, body: '', headers: remember(keys.session, `${url.pathname}${url.search}`) };
  }
  return await route(context, method, url, request);
}

async function route(context: Context, method: string, url: URL, request: IncomingMessage): Promise<Answer> {
  const { session, log } = context;
  const at = `${method} ${url.pathname}`;
  if (session.done) {
    if (at === 'GET /setup')
      return { status: session.problem === null ? 200 : 500, body: renderStarting(session.problem) };
    if (method === 'GET') return { status: 302, body: '', headers: { location: '/setup' } };
    return { status: 409, body: renderStarting(session.problem) };
  }
  if (at === 'GET /' || at === 'GET /setup') return { status: 302, body: '', headers: { location: '/probot' } };
  if (at === 'GET /probot') return { status: 200, body: showSetup(context, url) };
  if (at === 'GET /probot/import') return { status: 200, body: renderImport() };
  if (at === 'POST /probot/import') {
    const given = ImportedApp.safeParse(await readForm(request));
    if (!given.success) {
      const [issue] = given.error.issues;
      return { status: 400, body: renderImport(`${issue?.path.join('.')}: ${issue?.message}`) };
    }
    return finish(context, toEnvironment(given.data));
  }
  if (at === 'GET /probot/setup') {
    const code = url.searchParams.get('code') ?? '';
    if (!knowsSecret(session.state, url.searchParams.get('state')) || !/^[\w-]{1,200}$/.test(code))
      return { status: 403, body: 'not the answer to the form of this page\n' };
    // Once, whatever comes of it.
    session.state = makeToken();
    const app = RegisteredApp.parse(await context.convert(code));
    log.info({ app: app.html_url }, 'registered');
    return finish(context, toEnvironment({ appId: String(app.id), pem: app.pem, webhook_secret: app.webhook_secret }));
  }
  return { status: 404, body: 'not found\n' };
}

/** What was written is what the next start reads as well. Whoever registered the App is who sees how it goes on. */
function finish({ write, start, server, session, log }: Context, values: Record<string, string>): Answer {
  write(values);
  session.done = true;
  log.info('the credentials are in .env: going on as the App');
  start(values, server, session.next).catch((error: unknown) => {
    log.error({ err: error }, 'the App did not start');
    session.problem = describeError(error);
  });
  return { status: 303, body: '', headers: remember(session.next, '/setup') };
}

function makeToken(): string {
  return randomBytes(24).toString('base64url');
}

function showSetup({ github, webhookPath, session }: Context, url: URL): string {
  const own = url.searchParams.get('address') ?? '';
  const given = URL.canParse(own) ? new URL(own) : url;
  const address = /^https?:$/.test(given.protocol) && !isLoopback(given.hostname) ? given.origin : null;
  const organisation = (url.searchParams.get('organisation') ?? '').slice(0, 100);
  const manifest = makeManifest({ address, webhookPath, returnTo: `${url.origin}/probot/setup` });
  return renderSetup({ github, organisation, address, manifest, state: session.state });
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
