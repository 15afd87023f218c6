import { redis } from './redis.js';

/** Reads through Redis. When Redis is away, `load` answers: the cache is never needed for a right answer. */
export async function cached<T>(key: string, seconds: number, load: () => Promise<T>): Promise<T> {
  const hit = await redis.get(`purse:${key}`).catch(() => null);
  if (hit !== null) return JSON.parse(hit) as T;
  const value = await load();
  await redis.set(`purse:${key}`, JSON.stringify(value), 'EX', seconds).catch(() => undefined);
  return value;
}

export async function forget(...keys: string[]): Promise<void> {
  if (keys.length > 0) await redis.del(...keys.map((key) => `purse:${key}`)).catch(() => undefined);
}
