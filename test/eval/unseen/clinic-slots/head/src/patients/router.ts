import type { Router } from 'express';
import { z } from 'zod';
import type { AppDeps } from '../app.js';
import { sessionOf } from '../http/require-session.js';
import { staffRouter } from '../http/staff-router.js';

const idParams = z.object({ id: z.string().uuid() });

export function patientsRouter({ pool, readToken }: AppDeps): Router {
  const router = staffRouter({ readToken });

  router.get('/:id/bookings', async (req, res) => {
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
