import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '../log.ts';
import { readBody } from './read-body.ts';
import { verifySignature } from './verify-signature.ts';

type Middleware = (request: IncomingMessage, response: ServerResponse) => unknown;

interface Options {
  webhookPath: string;
  webhookSecret: string;
  /** Probot's middleware; null in a process that takes no webhooks. */
  webhooks: Middleware | null;
  /** Why the process cannot work at the moment, or null. */
  notReady: () => Promise<string | null>;
  metrics: () => Promise<{ type: string; text: string }>;
  onRefused: (reason: string) => void;
  log: Logger;
}

const REFUSALS = { 'too-large': 413, timeout: 408, broken: 400 } as const;

/** The HTTP side: body cap and signature before Probot sees anything, and the operator's three pages. */
export function createHttpServer(options: Options): Server {
  const server = createServer((request, response) => {
    route(options, request, response).catch((error: unknown) => {
      options.log.error({ err: error }, 'request failed');
      if (!response.headersSent) answer(response, 500, 'internal error');
    });
  });
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  return server;
}

async function route(options: Options, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0];
  if (path === options.webhookPath) return takeWebhook(options, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'method not allowed');
  if (path === '/healthz') return answer(response, 200, 'ok');
  if (path === '/readyz') {
    const reason = await options.notReady();
    return answer(response, reason === null ? 200 : 503, reason ?? 'ready');
  }
  if (path === '/metrics') {
    const { type, text } = await options.metrics();
    return answer(response, 200, text, type);
  }
  return answer(response, 404, 'not found');
}

async function takeWebhook(options: Options, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number, reason: string): void => {
    options.onRefused(reason);
    // The rest of an oversized or slow body is not waited for.
    response.shouldKeepAlive = false;
    answer(response, status, reason);
    if (status === 413 || status === 408) request.destroy();
  };
  if (!options.webhooks) return refuse(404, 'this process takes no webhooks');
  if (request.method !== 'POST') return refuse(405, 'method not allowed');
  const body = await readBody(request);
  if (body.kind !== 'body') return refuse(REFUSALS[body.kind], body.kind);
  if (!verifySignature(options.webhookSecret, body.bytes, request.headers['x-hub-signature-256']))
    return refuse(401, 'signature');
  if (!isJson(body.bytes)) return refuse(400, 'not JSON');
  // @octokit/webhooks takes bytes that were read already from here, and checks the signature once more.
  Object.assign(request, { body: {}, rawBody: body.bytes });
  await options.webhooks(request, response);
  if (!response.headersSent) answer(response, 404, 'not found');
}

function isJson(bytes: Buffer): boolean {
  try {
    return typeof JSON.parse(bytes.toString('utf8')) === 'object';
  } catch {
    return false;
  }
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response
    .writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    .end(`${text}\n`);
}
