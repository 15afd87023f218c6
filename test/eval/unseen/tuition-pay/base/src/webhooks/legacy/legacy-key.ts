import { createHash } from 'node:crypto';
import type { ProviderEvent } from '../parse-event.js';

/** Version 1 gave each delivery a new id, so the key is made of what stays the same. */
export function legacyKey(event: ProviderEvent): string {
  const text = [event.type, event.paymentId, event.amountCents, event.occurredAt.toISOString()].join('|');
  return `v1:${createHash('sha256').update(text).digest('hex')}`;
}
