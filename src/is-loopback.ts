import { isIP } from 'node:net';

/** Whether a host name or address can only mean this machine. Source: RFC 6761 (localhost), RFC 5735 (127.0.0.0/8), RFC 4291 (::1). */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === 'localhost' || bare === '::1' || /^::ffff:(127\.|7f)/.test(bare);
}
