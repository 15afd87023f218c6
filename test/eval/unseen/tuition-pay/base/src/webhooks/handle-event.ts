import type { Pool } from 'pg';
import { inTransaction } from '../db/in-transaction.js';
import { postEntry } from '../ledger/post-entry.js';
import { legacyKey } from './legacy/legacy-key.js';
import { saveReceipt } from './legacy/receipts.js';
import type { ProviderEvent } from './parse-event.js';

export async function handleEvent(pool: Pool, event: ProviderEvent): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const key = event.apiVersion === 1 ? legacyKey(event) : event.id;
    const saved = await saveReceipt(tx, key, event.apiVersion);
    if (!saved) return;

    const base = { familyId: event.familyId, providerRef: event.paymentId, bookedAt: event.occurredAt };
    switch (event.type) {
      case 'payment.settled':
        await postEntry(tx, { ...base, kind: 'payment', amountCents: event.amountCents });
        if (event.feeCents > 0) {
          await postEntry(tx, { ...base, kind: 'fee', amountCents: -event.feeCents });
        }
        break;
      case 'payment.refunded':
        await postEntry(tx, { ...base, kind: 'refund', amountCents: -event.amountCents });
        break;
      case 'payment.charged_back':
        await postEntry(tx, { ...base, kind: 'chargeback', amountCents: -event.amountCents });
        break;
    }
  });
}
