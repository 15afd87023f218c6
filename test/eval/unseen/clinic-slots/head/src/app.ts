import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Pool } from 'pg';
import { ZodError } from 'zod';
import { HttpError } from './http/http-error.js';
import type { TokenReader } from './http/token.js';
import { patientsRouter } from './patients/router.js';
import { freeSlotsRouter } from './slots/free-router.js';
import { slotsRouter } from './slots/router.js';

export interface AppDeps {
  pool: Pool;
  readToken: TokenReader;
}

export function createApp(deps: AppDeps): Express {
  const app = express();
  app.use(express.json({ limit: '32kb' }));
  app.use('/free-slots', freeSlotsRouter(deps));
  app.use('/slots', slotsRouter(deps));
  app.use('/patients', patientsRouter(deps));
  app.use(onError);
  return app;
}

const onError: ErrorRequestHandler = (err, _req, res, _next) => {
  if (err instanceof ZodError) return void res.status(400).json({ error: 'invalid_request' });
  if (err instanceof HttpError) return void res.status(err.status).json({ error: err.code });
  console.error(err);
  res.status(500).json({ error: 'internal' });
};
