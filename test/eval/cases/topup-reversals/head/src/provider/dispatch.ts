import type { Knex } from 'knex';
import { db } from '../db.js';
import { settleTopup } from './settle-topup.js';
import { refundTopup, reverseTopup } from './take-back.js';

export interface ProviderEvent {
  id: string;
  type: string;
  data: { topup: string; amount: number };
}

type Handler = (trx: Knex.Transaction, event: ProviderEvent) => Promise<void>;

const HANDLERS: Record<string, Handler> = {
  'topup.refunded': refundTopup,
  'topup.reversed': reverseTopup,
  'topup.settled': settleTopup,
};

/**
 * Handles an event once. The row in provider_events and the handler's work commit together: a second delivery waits
 * for the first one's row, finds it, and does nothing.
 */
export async function dispatch(event: ProviderEvent): Promise<'done' | 'repeated' | 'ignored'> {
  const handler = Object.hasOwn(HANDLERS, event.type) ? HANDLERS[event.type] : undefined;
  if (!handler) return 'ignored';
  return db.transaction(async (trx) => {
    const inserted = await trx('provider_events')
      .insert({ event_id: event.id, type: event.type })
      .onConflict('event_id')
      .ignore()
      .returning('event_id');
    if (inserted.length === 0) return 'repeated';
    await handler(trx, event);
    return 'done';
  });
}
