import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { requireBuyer } from './http/require-buyer.js';
import type { SessionStore } from './http/session-store.js';
import { pricesRouter } from './pricing/prices-router.js';
import type { PriceSource } from './pricing/types.js';
import type { QuoteRepository } from './quotes/quote-repository.js';
import { quotesRouter } from './quotes/quotes-router.js';

export interface AppDeps {
  log: Logger;
  prices: PriceSource;
  quotes: QuoteRepository;
  sessions: SessionStore;
}

export function createApp({ log, prices, quotes, sessions }: AppDeps): Express {
  const app = express();
  app.use(express.json({ limit: '64kb' }));
  app.use(requireBuyer(sessions));
  app.use('/prices', pricesRouter(prices));
  app.use('/quotes', quotesRouter(prices, quotes));

  const onError: ErrorRequestHandler = (err, _req, res, _next) => {
    if (err instanceof ZodError) return void res.status(400).json({ error: 'invalid_request' });
    log.error({ err }, 'request failed');
    res.status(500).json({ error: 'internal' });
  };
  app.use(onError);
  return app;
}
