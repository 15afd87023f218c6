import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../log.ts';
import { answer } from './answer.ts';
import { parseDelivery } from './parse-delivery.ts';
import { isTooLarge, type ReadBody } from './read-body.ts';
import { createSignatureCheck } from './verify-signature.ts';

export interface WebhookOptions {
  secret: string;
  /** Probot's middleware. */
  middleware: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** The names of the events that have a handler. */
  events: ReadonlySet<string>;
  readBody: ReadBody;
  onRefused: (reason: string) => void;
  onIgnored: () => void;
  /** Its signature is right, whatever becomes of it. */
  onSigned: (event: string) => void;
  log: Logger;
}

const REFUSALS = { 'too-large': 413, timeout: 408, broken: 400, busy: 503, signature: 401 } as const;

/** How long the rest of a refused body is read, and thrown away, so that the answer is seen. */
const DRAIN_MS = 1000;

/** One webhook: caps, signature and shape, before Probot sees anything of it. */
export async function takeWebhook(
  options: WebhookOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = async (status: number, reason: string): Promise<void> => {
    options.onRefused(reason);
    if (status !== 408) await drain(request);
    answer(response, status, reason, { connection: 'close', ...(status === 503 && { 'retry-after': '10' }) });
  };
  if (request.method !== 'POST') return await refuse(405, 'method not allowed');
  if (isTooLarge(request)) return await refuse(413, 'too-large');
  const check = createSignatureCheck(options.secret, request.headers['x-hub-signature-256']);
  if (!check) return await refuse(401, 'signature');
  const body = await options.readBody(request, check);
  if (body.kind !== 'body') return await refuse(REFUSALS[body.kind], body.kind);
  options.onSigned(String(request.headers['x-github-event']).slice(0, 100));
  try {
    const delivery = parseDelivery(request.headers, body.bytes, options.events);
    if (delivery.kind === 'malformed') return await refuse(400, 'not JSON');
    if (delivery.kind === 'ignored') {
      options.onIgnored();
      options.log.info({ delivery: request.headers['x-github-delivery'], reason: delivery.reason }, 'ignored');
      return answer(response, 200, 'ignored');
    }
    // @octokit/webhooks takes bytes that were read already from here, and checks the signature once more.
    Object.assign(request, { body: {}, rawBody: body.bytes });
    await options.middleware(request, response);
    if (!response.headersSent) answer(response, 404, 'not found');
  } finally {
    body.release();
  }
}

function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, DRAIN_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.once('end', done).once('close', done).resume();
  });
}
