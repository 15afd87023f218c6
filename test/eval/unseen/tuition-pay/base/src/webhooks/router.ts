import express, { Router } from 'express';
import type { AppDeps } from '../app.js';
import { handleEvent } from './handle-event.js';
import { parseV1 } from './legacy/parse-v1.js';
import { parseEvent, type ProviderEvent } from './parse-event.js';
import { verifySignature } from './verify-signature.js';

export function lumapayRouter({ config, pool, log }: AppDeps): Router {
  const router = Router();

  router.post('/lumapay', express.raw({ type: '*/*', limit: '128kb' }), async (req, res, next) => {
    try {
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      if (!verifySignature(body, req.get('lumapay-signature') ?? '', config.lumapaySecret)) {
        return void res.status(401).end();
      }

      let event: ProviderEvent | undefined;
      if (req.get('lumapay-version') === '1') {
        if (!config.acceptV1) {
          log.warn('payload of version 1 refused');
          return void res.status(410).end();
        }
        event = parseV1(body);
      } else {
        event = parseEvent(body);
      }
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
