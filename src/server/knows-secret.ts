import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a text is the secret: in constant time, of equal length whatever was given. */
export function knowsSecret(secret: string, given: string | null | undefined): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}
