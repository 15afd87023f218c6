import express, { Router } from 'express';
import type { AppDeps } from '../app.js';
import { handleEvent } from './handle-event.js';
import { parseEvent } from './parse-event.js';
import { verifySignature } from './verify-signature.js';

export function lumapayRouter({ config, pool, log }: AppDeps): Router {
  const router = Router();

  router.post('/lumapay', express.raw({ type: '*/*', limit: '128kb' }), async (req, res, next) => {
    try {
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      if (!verifySignature(body, req.get('lumapay-signature') ?? '', config.lumapaySecret)) {
        return void res.status(401).end();
      }

      const event = parseEvent(body);
      if (!event) return void res.status(400).end();

      await handleEvent(pool, event);
      log.info({ eventId: event.id, type: event.type }, 'webhook handled');
      res.status(204).end();
    } catch (error) {
      next(error);
    }
  });
  return router;
}
