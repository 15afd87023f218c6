import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Buyer } from '../http/buyer.js';
import type { Line, PriceSource, UnitPrice } from './types.js';

const entrySchema = z.object({
  price: z
    .object({
      sku: z.string(),
      quantity: z.number().int(),
      unitCents: z.number().int(),
      currency: z.string(),
    })
    .nullable(),
});

type Entry = z.infer<typeof entrySchema>;

/** Keeps prices in Redis for some seconds. Without Redis it asks the source each time. */
export class CachedPrices implements PriceSource {
  readonly #running = new Map<string, Promise<UnitPrice | undefined>>();

  constructor(
    private readonly source: PriceSource,
    private readonly redis: Pick<Redis, 'get' | 'set'>,
    private readonly log: Pick<Logger, 'warn'>,
    private readonly ttlSeconds: number,
  ) {}

  async priceFor(buyer: Buyer, line: Line): Promise<UnitPrice | undefined> {
    const key = cacheKey(buyer, line);
    const entry = await this.#read(key);
    if (entry) return entry.price ?? undefined;

    const running = this.#running.get(key);
    if (running) return running;

    const load = this.#load(key, buyer, line).finally(() => this.#running.delete(key));
    this.#running.set(key, load);
    return load;
  }

  async #load(key: string, buyer: Buyer, line: Line): Promise<UnitPrice | undefined> {
    const price = await this.source.priceFor(buyer, line);
    await this.#write(key, { price: price ?? null });
    return price;
  }

  async #read(key: string): Promise<Entry | undefined> {
    try {
      const text = await this.redis.get(key);
      return text ? entrySchema.parse(JSON.parse(text)) : undefined;
    } catch (err) {
      this.log.warn({ err, key }, 'price cache cannot be read');
      return undefined;
    }
  }

  async #write(key: string, entry: Entry): Promise<void> {
    try {
      await this.redis.set(key, JSON.stringify(entry), 'EX', this.ttlSeconds);
    } catch (err) {
      this.log.warn({ err, key }, 'price cache cannot be written');
    }
  }
}

function cacheKey(buyer: Buyer, line: Line): string {
  return ['price:1', buyer.region, buyer.currency, line.sku, line.quantity].join(':');
}
