import { createHmac, timingSafeEqual } from 'node:crypto';

/** GitHub's X-Hub-Signature-256 over the raw bytes, in constant time. The older sha1 header is never looked at. */
export function verifySignature(secret: string, bytes: Uint8Array, header: string | string[] | undefined): boolean {
  if (typeof header !== 'string' || !/^sha256=[0-9a-f]{64}$/.test(header)) return false;
  const wanted = createHmac('sha256', secret).update(bytes).digest();
  return timingSafeEqual(wanted, Buffer.from(header.slice(7), 'hex'));
}
