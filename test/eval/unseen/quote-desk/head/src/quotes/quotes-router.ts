import { Router } from 'express';
import { z } from 'zod';
import type { Buyer } from '../http/buyer.js';
import { linesSchema } from '../pricing/prices-router.js';
import type { PriceSource, UnitPrice } from '../pricing/types.js';
import type { QuoteRepository } from './quote-repository.js';

export function quotesRouter(prices: PriceSource, quotes: QuoteRepository): Router {
  const router = Router();

  router.post('/', async (req, res, next) => {
    try {
      const buyer = res.locals.buyer as Buyer;
      if (!buyer.mayOrder) return void res.status(403).json({ error: 'forbidden' });
      const { lines } = z.object({ lines: linesSchema }).parse(req.body);

      const priced: UnitPrice[] = [];
      for (const line of lines) {
        const price = await prices.priceFor(buyer, line);
        if (!price) return void res.status(422).json({ error: 'not_sold', sku: line.sku });
        priced.push(price);
      }
      const id = await quotes.create(buyer.accountId, buyer.userId, priced);
      res.status(201).json({ id, prices: priced });
    } catch (error) {
      next(error);
    }
  });
  return router;
}
