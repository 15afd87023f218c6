import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignatureCheck {
  /** The next bytes of the body, as they arrive. */
  update(bytes: Uint8Array): void;
  /** Whether all of them together are what was signed. To be asked once. */
  isValid(): boolean;
}

/**
 * GitHub's X-Hub-Signature-256 over the raw bytes, in constant time. The older sha1 header is never looked at.
 * @returns null for a header that cannot be a signature: its body need not be read
 */
export function createSignatureCheck(secret: string, header: string | string[] | undefined): SignatureCheck | null {
  if (typeof header !== 'string' || !/^sha256=[0-9a-f]{64}$/.test(header)) return null;
  const given = Buffer.from(header.slice('sha256='.length), 'hex');
  const hmac = createHmac('sha256', secret);
  return {
    update: (bytes) => {
      hmac.update(bytes);
    },
    isValid: () => timingSafeEqual(hmac.digest(), given),
  };
}
