import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CachedPrices } from '../src/pricing/cached-prices.js';

const buyer = { userId: 'u1', accountId: 'a1', region: 'dach', currency: 'EUR', mayOrder: true } as const;
const line = { sku: 'M8-20', quantity: 10 };
const price = { ...line, unitCents: 100, currency: 'EUR' };

describe('CachedPrices', () => {
  const stored = new Map<string, string>();
  const redis = {
    get: vi.fn(async (key: string) => stored.get(key) ?? null),
    set: vi.fn(async (key: string, value: string) => {
      stored.set(key, value);
      return 'OK';
    }),
  };
  const log = { warn: vi.fn() };
  const priceFor = vi.fn();
  const prices = new CachedPrices({ priceFor }, redis as never, log, 60);

  beforeEach(() => {
    stored.clear();
    vi.clearAllMocks();
    priceFor.mockResolvedValue(price);
  });

  it('asks the source once', async () => {
    expect(await prices.priceFor(buyer, line)).toEqual(price);
    expect(await prices.priceFor(buyer, line)).toEqual(price);
    expect(priceFor).toHaveBeenCalledTimes(1);
    expect(redis.set.mock.calls[0]?.slice(2)).toEqual(['EX', 60]);
  });

  it('shares one running request', async () => {
    await Promise.all([prices.priceFor(buyer, line), prices.priceFor(buyer, line)]);
    expect(priceFor).toHaveBeenCalledTimes(1);
  });

  it('keeps quantities and currencies apart', async () => {
    await prices.priceFor(buyer, line);
    await prices.priceFor(buyer, { ...line, quantity: 100 });
    await prices.priceFor({ ...buyer, currency: 'CHF' }, line);
    expect(priceFor).toHaveBeenCalledTimes(3);
  });

  it('remembers that an article is not sold', async () => {
    priceFor.mockResolvedValue(undefined);
    expect(await prices.priceFor(buyer, line)).toBeUndefined();
    expect(await prices.priceFor(buyer, line)).toBeUndefined();
    expect(priceFor).toHaveBeenCalledTimes(1);
  });

  it('goes on without Redis', async () => {
    redis.get.mockRejectedValueOnce(new Error('down'));
    redis.set.mockRejectedValueOnce(new Error('down'));
    expect(await prices.priceFor(buyer, line)).toEqual(price);
    expect(log.warn).toHaveBeenCalledTimes(2);
  });

  it('ignores an entry it does not understand', async () => {
    redis.get.mockResolvedValueOnce('{"price":{"sku":1}}');
    expect(await prices.priceFor(buyer, line)).toEqual(price);
  });
});
