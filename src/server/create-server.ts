import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '../log.ts';
import { answer } from './answer.ts';
import { type Confidence, type OperatorPages, serveOperator } from './operator-pages.ts';
import type { StatusPage } from './setup/status-page.ts';
import { takeWebhook, type WebhookOptions } from './take-webhook.ts';

interface Options {
  pages: OperatorPages;
  confidence: Confidence;
  /** Null on a listener that takes no webhooks. */
  webhooks: ({ path: string } & WebhookOptions) | null;
  /** How far the set-up is; null: nobody is told here. */
  status: StatusPage | null;
  log: Logger;
}

/** One listener: webhooks, the operator's pages, or both. `server`: one that listens already, for something else until now. */
export function createHttpServer(options: Options, server: Server = createServer()): Server {
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    route(options, request, response).catch((error: unknown) => {
      options.log.error({ err: error }, 'request failed');
      if (!response.headersSent) answer(response, 500, 'internal error');
    });
  });
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  // A connection that cannot be accepted (no file descriptors left) is no reason to end.
  server.on('error', (error) => options.log.error({ err: error }, 'listener'));
  return server;
}

async function route(
  { pages, confidence, webhooks, status }: Options,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0];
  if (webhooks && path === webhooks.path) return takeWebhook(webhooks, request, response);
  if (await status?.(request, response)) return;
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'method not allowed');
  if (await serveOperator(pages, confidence, request, response)) return;
  return answer(response, 404, 'not found');
}
