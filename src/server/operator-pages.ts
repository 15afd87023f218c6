import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from './answer.ts';
import { knowsSecret } from './knows-secret.ts';
import { readBearer } from './setup/guard.ts';

export interface OperatorPages {
  /** Why the process cannot work at the moment, or null. */
  notReady: () => Promise<string | null>;
  metrics: () => Promise<{ type: string; text: string }>;
}

/** Whom a listener tells more than "up" and "ready". */
export interface Confidence {
  /** Anyone who reaches it: a listener of its own, on an address that the operator chose. */
  open: boolean;
  /** Who knows this. */
  token: string | null;
}

/**
 * `/healthz` and `/readyz` for whoever supervises the process: yes or no. What is wrong, and `/metrics`, only for operators.
 * @returns false for another path
 */
export async function serveOperator(
  { notReady, metrics }: OperatorPages,
  { open, token }: Confidence,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = (request.url ?? '/').split('?', 1)[0];
  const trusted = token === null ? open : knows(token, request);
  if (path === '/healthz') answer(response, 200, 'ok');
  else if (path === '/readyz') {
    const reason = await notReady();
    answer(response, reason === null ? 200 : 503, reason === null ? 'ready' : trusted ? reason : 'not ready');
  } else if (path === '/metrics' && trusted) {
    const { type, text } = await metrics();
    answer(response, 200, text, { 'content-type': type });
  } else if (path === '/metrics' && token !== null) {
    answer(response, 401, 'METRICS_TOKEN is needed', { 'www-authenticate': 'Bearer' });
  } else return false;
  return true;
}

function knows(token: string, { headers }: IncomingMessage): boolean {
  return knowsSecret(token, readBearer(headers.authorization));
}

/** Asks at most once in `ms`: a page that is called often must not keep the database or GitHub busy. */
export function createSparingProbe<T>(probe: () => Promise<T>, ms: number): () => Promise<T> {
  let last: { answer: Promise<T>; until: number } | null = null;
  return () => {
    if (!last || last.until <= performance.now()) last = { answer: probe(), until: performance.now() + ms };
    return last.answer;
  };
}
