import { Redis } from 'ioredis';
import pg from 'pg';
import { pino } from 'pino';
import { z } from 'zod';
import { createApp } from './app.js';
import { SessionStore } from './http/session-store.js';
import { CachedPrices } from './pricing/cached-prices.js';
import { PriceBook } from './pricing/price-book.js';
import { PriceRepository } from './pricing/price-repository.js';
import { QuoteRepository } from './quotes/quote-repository.js';

const log = pino();
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20, statement_timeout: 5_000 });
const redis = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379');

const cacheSeconds = z.coerce.number().int().min(0).max(300).default(60).parse(process.env.PRICE_CACHE_SECONDS);
const book = new PriceBook(new PriceRepository(pool));
const app = createApp({
  log,
  listPrices: cacheSeconds > 0 ? new CachedPrices(book, redis, log, cacheSeconds) : book,
  quotePrices: book,
  quotes: new QuoteRepository(pool),
  sessions: new SessionStore(redis),
});

app.listen(Number(process.env.PORT ?? 8080), () => log.info('listening'));
