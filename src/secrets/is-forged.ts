import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Whether GitHub cannot have given out this token: its last six characters are the checksum of those before, in base 62.
 * Tokens of other forms are never called forged. Source: github.blog, "Behind GitHub's new authentication token formats".
 */
export function isForged(value: string): boolean {
  const parts = /^gh[pousr]_([A-Za-z0-9]{30})([A-Za-z0-9]{6})$/.exec(value);
  if (parts === null)
    return value.startsWith('github_pat_') && !/^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}$/.test(value);
  let rest = crc32(parts[1] ?? '');
  let sum = '';
  while (rest > 0) {
    sum = (DIGITS[rest % 62] ?? '') + sum;
    rest = Math.floor(rest / 62);
  }
  return sum.padStart(6, '0') !== parts[2];
}
