import { Router } from 'express';
import { z } from 'zod';
import type { Buyer } from '../http/buyer.js';
import type { PriceSource } from './types.js';

export const linesSchema = z
  .array(
    z.object({
      sku: z.string().regex(/^[A-Z0-9-]{3,24}$/),
      quantity: z.number().int().min(1).max(100_000),
    }),
  )
  .min(1)
  .max(100);

export function pricesRouter(prices: PriceSource): Router {
  const router = Router();

  router.post('/', async (req, res, next) => {
    try {
      const buyer = res.locals.buyer as Buyer;
      const { lines } = z.object({ lines: linesSchema }).parse(req.body);
      const found = [];
      for (const line of lines) {
        const price = await prices.priceFor(buyer, line);
        if (price) found.push(price);
      }
      res.json({ prices: found });
    } catch (error) {
      next(error);
    }
  });
  return router;
}
