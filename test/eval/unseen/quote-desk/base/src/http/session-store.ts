import type { Redis } from 'ioredis';
import { type Buyer, buyerSchema } from './buyer.js';

export class SessionStore {
  constructor(private readonly redis: Redis) {}

  async find(token: string): Promise<Buyer | undefined> {
    const text = await this.redis.get(`session:${token}`);
    return text ? buyerSchema.parse(JSON.parse(text)) : undefined;
  }
}
