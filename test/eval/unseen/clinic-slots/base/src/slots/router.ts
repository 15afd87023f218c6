import { Router } from 'express';
import { z } from 'zod';
import type { AppDeps } from '../app.js';
import { notFound } from '../http/http-error.js';
import { requireRole } from '../http/require-role.js';
import { requireSession, sessionOf } from '../http/require-session.js';
import { bookSlot, cancelBooking } from './booking.js';
import { listSlots } from './list-slots.js';

const idParams = z.object({ id: z.string().uuid() });
const listQuery = z.object({ day: z.string().date() });
const newSlot = z.object({ room: z.string().min(1).max(20), startsAt: z.string().datetime() });
const bookingBody = z.object({ patientId: z.string().uuid() });

export function slotsRouter({ pool, readToken }: AppDeps): Router {
  const router = Router();
  const session = requireSession(readToken);

  router.get('/', session, requireRole('staff'), async (req, res) => {
    const { day } = listQuery.parse(req.query);
    res.json({ slots: await listSlots(pool, sessionOf(res).clinicId, day) });
  });

  router.post('/', session, requireRole('admin'), async (req, res) => {
    const { room, startsAt } = newSlot.parse(req.body);
    const { rows } = await pool.query<{ id: string }>(
      `insert into slots (clinic_id, room, starts_at) values ($1, $2, $3)
       on conflict (clinic_id, room, starts_at) do nothing
       returning id`,
      [sessionOf(res).clinicId, room, startsAt],
    );
    if (!rows[0]) return void res.status(409).json({ error: 'slot_exists' });
    res.status(201).json(rows[0]);
  });

  router.delete('/:id', session, requireRole('admin'), async (req, res) => {
    const { id } = idParams.parse(req.params);
    const result = await pool.query(`delete from slots where id = $1 and clinic_id = $2 and state = 'free'`, [
      id,
      sessionOf(res).clinicId,
    ]);
    if (result.rowCount === 0) throw notFound();
    res.status(204).end();
  });

  router.post('/:id/booking', session, requireRole('staff'), async (req, res) => {
    const { id } = idParams.parse(req.params);
    const { patientId } = bookingBody.parse(req.body);
    await bookSlot(pool, sessionOf(res), id, patientId);
    res.status(204).end();
  });

  router.delete('/:id/booking', session, requireRole('staff'), async (req, res) => {
    const { id } = idParams.parse(req.params);
    await cancelBooking(pool, sessionOf(res), id);
    res.status(204).end();
  });
  return router;
}
