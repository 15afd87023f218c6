import { createHmac } from 'node:crypto';
import { pool } from '../db.js';
import { assertPublicUrl } from '../http/public-url.js';

export interface Delivery {
  status: number | null;
  error: string | null;
  excerpt: string | null;
}

export function sign(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Sends one event to one endpoint and records what came back, so that the merchant can look at it. */
export async function deliver(
  endpoint: { id: string; url: string; secret: string },
  event: string,
  data: object,
): Promise<Delivery> {
  const body = JSON.stringify({ event, data, sentAt: new Date().toISOString() });
  const delivery: Delivery = { status: null, error: null, excerpt: null };
  try {
    await assertPublicUrl(endpoint.url);
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'waybill/1',
        'x-waybill-signature': sign(endpoint.secret, body),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    });
    delivery.status = response.status;
    delivery.excerpt = (await response.text()).slice(0, 1_000);
  } catch (error) {
    delivery.error = (error as Error).message;
  }
  await pool.query(
    'insert into webhook_deliveries (endpoint_id, event, status, error, response_excerpt) values ($1, $2, $3, $4, $5)',
    [endpoint.id, event, delivery.status, delivery.error, delivery.excerpt],
  );
  return delivery;
}
