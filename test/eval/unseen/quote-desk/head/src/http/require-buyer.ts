import type { RequestHandler } from 'express';
import type { SessionStore } from './session-store.js';

export function requireBuyer(sessions: SessionStore): RequestHandler {
  return async (req, res, next) => {
    try {
      const token = /^Bearer ([A-Za-z0-9_-]{32,128})$/.exec(req.get('authorization') ?? '')?.[1];
      const buyer = token ? await sessions.find(token) : undefined;
      if (!buyer) return void res.status(401).json({ error: 'unauthorised' });
      res.locals.buyer = buyer;
      next();
    } catch (error) {
      next(error);
    }
  };
}
