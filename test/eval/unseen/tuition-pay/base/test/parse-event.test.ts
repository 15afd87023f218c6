import { describe, expect, it } from 'vitest';
import { parseEvent } from '../src/webhooks/parse-event.js';

const good = {
  id: 'evt_1',
  type: 'payment.settled',
  occurred_at: '2026-01-05T10:00:00Z',
  data: {
    payment_id: 'pay_1',
    reference: '6f0d5b1e-37a1-4a0e-9a37-2a6f1f3f1c55',
    amount_cents: 12_000,
  },
};

describe('parseEvent', () => {
  it('reads a settled payment', () => {
    expect(parseEvent(Buffer.from(JSON.stringify(good)))).toMatchObject({ id: 'evt_1', amountCents: 12_000, feeCents: 0 });
  });

  it('refuses what is not JSON', () => {
    expect(parseEvent(Buffer.from('a=b'))).toBeUndefined();
  });
});
