import { Router } from 'express';
import type { AppDeps } from '../app.js';
import { requirePortal } from './require-portal.js';

export function familiesRouter({ pool, config }: AppDeps): Router {
  const router = Router();
  router.use(requirePortal(config));

  router.get('/:id/balance', async (req, res, next) => {
    try {
      const { rows } = await pool.query<{ balance_cents: string }>(
        'select balance_cents from families where id::text = $1 and school_id::text = $2',
        [req.params.id, res.locals.schoolId],
      );
      if (!rows[0]) return void res.status(404).json({ error: 'not_found' });
      res.json({ balanceCents: Number(rows[0].balance_cents) });
    } catch (error) {
      next(error);
    }
  });
  return router;
}
