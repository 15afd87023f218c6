import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_MS = 5 * 60_000;

/** Header: `t=<unix seconds>,s=<hex>`; the signed text is `<t>.<body>`. Each delivery is signed anew. */
export function verifySignature(body: Buffer, header: string, secret: string, now = Date.now()): boolean {
  const match = /^t=(\d{1,12}),s=([0-9a-f]{64})$/.exec(header);
  if (!match) return false;
  const [, time = '', hex = ''] = match;
  if (Math.abs(now - Number(time) * 1000) > TOLERANCE_MS) return false;
  const wanted = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  return timingSafeEqual(wanted, Buffer.from(hex, 'hex'));
}
