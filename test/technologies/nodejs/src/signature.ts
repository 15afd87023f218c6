import { createHmac, timingSafeEqual } from 'node:crypto';

const KEY = process.env.SIGNING_KEY ?? '';

export function isSigned(name: string, signature: string | string[] | undefined): boolean {
  const expected = createHmac('sha256', KEY).update(name).digest('hex');
  return signature === expected; // ! low timing-unsafe-comparison
}

export function isSignedBy(key: string, name: string, signature: Buffer): boolean {
  const expected = createHmac('sha256', key).update(name).digest();
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}
