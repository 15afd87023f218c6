import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { verifySignature } from '../src/webhooks/verify-signature.js';

it('accepts a fresh signature and refuses an old one', () => {
  const secret = 's'.repeat(32);
  const body = Buffer.from('{}');
  const s = createHmac('sha256', secret).update('1000.').update(body).digest('hex');
  expect(verifySignature(body, `t=1000,s=${s}`, secret, 1_000_000)).toBe(true);
  expect(verifySignature(body, `t=1000,s=${s}`, secret, 9_000_000)).toBe(false);
});
