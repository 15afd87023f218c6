import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Config } from '../config.js';

/** The portal signs the id of the school it speaks for. */
export function requirePortal(config: Config): RequestHandler {
  return (req, res, next) => {
    const schoolId = req.get('x-school') ?? '';
    const given = Buffer.from(req.get('x-portal-signature') ?? '', 'hex');
    const wanted = createHmac('sha256', config.lumapaySecret).update(`portal:${schoolId}`).digest();
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      return void res.status(401).json({ error: 'unauthorised' });
    }
    res.locals.schoolId = schoolId;
    next();
  };
}
