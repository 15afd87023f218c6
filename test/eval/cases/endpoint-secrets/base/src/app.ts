import express, { type ErrorRequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import { ZodError } from 'zod';
import { authenticate } from './auth/authenticate.js';
import { HttpError } from './errors.js';
import { labelRoutes } from './labels/routes.js';
import { logger } from './logger.js';
import { rateRoutes } from './rates/routes.js';
import { shipmentRoutes } from './shipments/routes.js';
import { webhookRoutes } from './webhooks/routes.js';

const onError: ErrorRequestHandler = (error, req, res, _next) => {
  if (error instanceof HttpError) {
    res.status(error.status).json({ code: error.code, message: error.message });
    return;
  }
  if (error instanceof ZodError) {
    res.status(400).json({ code: 'invalid', issues: error.issues });
    return;
  }
  req.log.error({ err: error }, 'unhandled error');
  res.status(500).json({ code: 'internal', message: 'Something went wrong' });
};

export function createApp() {
  const app = express();
  app.use(pinoHttp({ logger }));
  app.use(express.json({ limit: '256kb' }));
  app.get('/healthz', (_req, res) => {
    res.json({ ok: true });
  });

  app.use('/v1', authenticate);
  app.use('/v1/shipments', shipmentRoutes);
  app.use('/v1/labels', labelRoutes);
  app.use('/v1/rate-cards', rateRoutes);
  app.use('/v1/webhooks', webhookRoutes);

  app.use(onError);
  return app;
}
