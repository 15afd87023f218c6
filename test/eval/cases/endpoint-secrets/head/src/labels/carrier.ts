import { randomUUID } from 'node:crypto';
import { config } from '../config.js';
import { HttpError } from '../errors.js';
import type { Shipment } from '../shipments/repository.js';

export interface Label {
  id: string;
  trackingNumber: string;
  pdfUrl: string;
  costCents: number;
}

async function call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
  const response = await fetch(new URL(path, config.CARRIER_BASE_URL), {
    method,
    headers: {
      authorization: `Bearer ${config.CARRIER_API_KEY}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(8_000),
  });
  if (!response.ok) throw new HttpError(502, 'carrier', `The carrier answered ${response.status}`);
  return (await response.json()) as T;
}

/** Buys a label. The carrier charges our account at once; a label that is not used must be voided. */
export function buyLabel(shipment: Shipment, carrier: string): Promise<Label> {
  return call<Label>('POST', '/v2/labels', {
    carrier,
    to: shipment.recipient,
    weight: shipment.weight_grams,
    reference: shipment.reference,
  });
}

export function voidLabel(labelId: string): Promise<{ refunded: boolean }> {
  return call('DELETE', `/v2/labels/${encodeURIComponent(labelId)}`);
}

export function quote(shipment: Shipment): Promise<{ carrier: string; costCents: number }[]> {
  return call('POST', '/v2/quotes', { to: shipment.recipient, weight: shipment.weight_grams });
}

export function track(trackingNumber: string): Promise<{ status: string; at: string }> {
  return call('GET', `/v2/tracking/${encodeURIComponent(trackingNumber)}`);
}
