import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const WEBHOOKS = 'https://hooks.slack.com/services/';
const WEBHOOK = /^T[A-Z0-9]{7,}\/B[A-Z0-9]{7,}\/[A-Za-z0-9]{20,}/;

/**
 * Whether its provider cannot have given this out. GitHub: the last six characters of a token are the checksum of those before, in
 * base 62. Slack: a webhook's address has the ids of a team and an app, and 24 characters. Others are never called forged.
 * Sources: github.blog, "Behind GitHub's new authentication token formats"; docs.slack.dev, "Sending messages using incoming webhooks".
 */
export function isForged(value: string): boolean {
  if (value.startsWith(WEBHOOKS)) return !WEBHOOK.test(value.slice(WEBHOOKS.length));
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
