import { Redis } from 'ioredis';

const redis = new Redis('redis://:tr4wl-Kestrel-92-Umbra@cache.internal:6379/0'); // ! critical secret-in-source

export async function signOut(user: number): Promise<void> {
  const keys = await redis.keys(`session:${user}:*`); // ! medium redis-keys-scan
  if (keys.length > 0) await redis.del(...keys);
}

export async function countSessions(user: number): Promise<number> {
  let count = 0;
  for await (const keys of redis.scanStream({ match: `session:${user}:*` })) count += keys.length;
  return count;
}

export async function beginSignIn(user: number): Promise<boolean> {
  return (await redis.setnx(`lock:sign-in:${user}`, '1')) === 1; // ! medium redis-lock-without-expiry
}
