import { Router } from 'express';
import { z } from 'zod';
import type { AppDeps } from '../app.js';

const params = z.object({ clinicId: z.string().uuid() });

export function freeSlotsRouter({ pool }: AppDeps): Router {
  const router = Router();

  router.get('/:clinicId', async (req, res) => {
    const { clinicId } = params.parse(req.params);
    const { rows } = await pool.query(
      `select id, starts_at as "startsAt" from slots
       where clinic_id = $1 and state = 'free' and starts_at > now()
       order by starts_at limit 200`,
      [clinicId],
    );
    res.json({ slots: rows });
  });
  return router;
}
