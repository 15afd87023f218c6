import { createHmac } from 'node:crypto';
import { pool } from '../db.js';
import { requestJson } from '../http/client.js';
import { assertPublicUrl } from '../http/public-url.js';

const TIMEOUT_MS = 8_000;
const EXCERPT_LENGTH = 1_000;

export interface Delivery {
  status: number | null;
  error: string | null;
  excerpt: string | null;
  durationMs: number;
}

export function sign(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

async function attempt(endpoint: { url: string; secret: string }, body: string): Promise<Omit<Delivery, 'durationMs'>> {
  try {
    await assertPublicUrl(endpoint.url);
    const { status, text } = await requestJson({
      url: endpoint.url,
      headers: { 'x-waybill-signature': sign(endpoint.secret, body) },
      body,
      timeoutMs: TIMEOUT_MS,
    });
    return { status, error: null, excerpt: text.slice(0, EXCERPT_LENGTH) };
  } catch (error) {
    return { status: null, error: (error as Error).message, excerpt: null };
  }
}

/** Sends one event to one endpoint and records what came back, so that the merchant can look at it. */
export async function deliver(
  endpoint: { id: string; url: string; secret: string },
  event: string,
  data: object,
): Promise<Delivery> {
  const body = JSON.stringify({ event, data, sentAt: new Date().toISOString() });
  const started = performance.now();
  const result = await attempt(endpoint, body);
  const delivery = { ...result, durationMs: Math.round(performance.now() - started) };
  await pool.query(
    `insert into webhook_deliveries (endpoint_id, event, status, error, response_excerpt, duration_ms)
     values ($1, $2, $3, $4, $5, $6)`,
    [endpoint.id, event, delivery.status, delivery.error, delivery.excerpt, delivery.durationMs],
  );
  return delivery;
}
