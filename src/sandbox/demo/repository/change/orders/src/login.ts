import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { log } from './log.js';

const derive = promisify(scrypt);

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = (await derive(password, salt, 32)) as Buffer;
  return `${salt.toString('hex')}:${hash.toString('hex')}`;
}

export async function checkPassword(password: string, stored: string): Promise<boolean> {
  const [salt = '', hash = ''] = stored.split(':');
  const actual = (await derive(password, Buffer.from(salt, 'hex'), 32)) as Buffer;
  return timingSafeEqual(actual, Buffer.from(hash, 'hex'));
}

export function hashLegacy(password: string): string {
  return createHash('sha1').update(password).digest('hex');
}

export function startReset(email: string): string {
  const resetToken = Math.random().toString(36).slice(2);
  log.info(`password reset for ${email}: ${resetToken}`);
  return resetToken;
}
