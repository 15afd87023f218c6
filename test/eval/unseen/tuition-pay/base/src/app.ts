import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { familiesRouter } from './families/router.js';
import { lumapayRouter } from './webhooks/router.js';

export interface AppDeps {
  config: Config;
  pool: Pool;
  log: Logger;
}

export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use('/webhooks', lumapayRouter(deps));
  app.use('/families', familiesRouter(deps));

  const onError: ErrorRequestHandler = (err, _req, res, _next) => {
    deps.log.error({ err }, 'request failed');
    res.status(500).json({ error: 'internal' });
  };
  app.use(onError);
  return app;
}
