import { Router } from 'express';
import { z } from 'zod';
import type { AppDeps } from '../app.js';
import { requireRole } from '../http/require-role.js';
import { requireSession, sessionOf } from '../http/require-session.js';

const idParams = z.object({ id: z.string().uuid() });

export function patientsRouter({ pool, readToken }: AppDeps): Router {
  const router = Router();
  const session = requireSession(readToken);

  router.get('/:id/bookings', session, requireRole('staff'), async (req, res) => {
    const { id } = idParams.parse(req.params);
    const { rows } = await pool.query(
      `select id, room, starts_at as "startsAt" from slots
       where patient_id = $1 and clinic_id = $2
       order by starts_at desc limit 100`,
      [id, sessionOf(res).clinicId],
    );
    res.json({ bookings: rows });
  });
  return router;
}
