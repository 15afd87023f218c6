import { describe, expect, it } from 'vitest';
import { legacyKey } from '../src/webhooks/legacy/legacy-key.js';
import { parseV1 } from '../src/webhooks/legacy/parse-v1.js';

const form = (notification: string) =>
  Buffer.from(
    new URLSearchParams({
      notification,
      event: 'PAID',
      ts: '1767607200',
      payment: 'pay_9',
      custom: '6f0d5b1e-37a1-4a0e-9a37-2a6f1f3f1c55',
      amount: '120.50',
      fee: '1.20',
    }).toString(),
  );

describe('payloads of version 1', () => {
  it('turns decimal text into cents', () => {
    expect(parseV1(form('n1'))).toMatchObject({ amountCents: 12_050, feeCents: 120, type: 'payment.settled' });
  });

  it('has one key for two deliveries', () => {
    const [first, second] = [parseV1(form('n1')), parseV1(form('n2'))];
    if (!first || !second) throw new Error('not parsed');
    expect(legacyKey(first)).toBe(legacyKey(second));
  });
});
