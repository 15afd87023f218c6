import { Router } from 'express';
import type { AppDeps } from '../app.js';
import { requireRole } from './require-role.js';
import { requireSession } from './require-session.js';

/** A router whose routes are all for staff. A route may ask for more. */
export function staffRouter({ readToken }: Pick<AppDeps, 'readToken'>): Router {
  const router = Router();
  router.use(requireSession(readToken), requireRole('staff'));
  return router;
}
