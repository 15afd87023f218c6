import { expect, it } from 'vitest';
import { PriceBook } from '../src/pricing/price-book.js';

const buyer = { userId: 'u1', accountId: 'a1', region: 'dach', currency: 'EUR', mayOrder: true } as const;

it('takes the highest tier that the quantity reaches', async () => {
  const book = new PriceBook({
    listTiers: async () => [
      { minQuantity: 100, unitCents: 80 },
      { minQuantity: 1, unitCents: 100 },
    ],
    rebate: async () => 0,
  } as never);
  expect((await book.priceFor(buyer, { sku: 'M8-20', quantity: 99 }))?.unitCents).toBe(100);
  expect((await book.priceFor(buyer, { sku: 'M8-20', quantity: 100 }))?.unitCents).toBe(80);
});
