import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../db/in-transaction.js';
import { conflict, notFound } from '../http/http-error.js';
import type { Session } from '../http/token.js';

export async function bookSlot(pool: Pool, session: Session, slotId: string, patientId: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const patient = await tx.query('select 1 from patients where id = $1 and clinic_id = $2', [
      patientId,
      session.clinicId,
    ]);
    if (patient.rowCount === 0) throw notFound();

    const { rows } = await tx.query<{ state: string; past: boolean }>(
      'select state, starts_at <= now() as past from slots where id = $1 and clinic_id = $2 for update',
      [slotId, session.clinicId],
    );
    const slot = rows[0];
    if (!slot) throw notFound();
    if (slot.state !== 'free' || slot.past) throw conflict('not_free');

    await tx.query(`update slots set state = 'booked', patient_id = $2, booked_at = now() where id = $1`, [
      slotId,
      patientId,
    ]);
    await addEvent(tx, slotId, 'booked', session);
  });
}

export async function cancelBooking(pool: Pool, session: Session, slotId: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ state: string }>(
      'select state from slots where id = $1 and clinic_id = $2 for update',
      [slotId, session.clinicId],
    );
    const slot = rows[0];
    if (!slot) throw notFound();
    if (slot.state !== 'booked') throw conflict('not_booked');

    await tx.query(`update slots set state = 'free', patient_id = null, booked_at = null where id = $1`, [slotId]);
    await addEvent(tx, slotId, 'cancelled', session);
  });
}

async function addEvent(tx: PoolClient, slotId: string, kind: string, session: Session): Promise<void> {
  await tx.query('insert into slot_events (slot_id, kind, actor) values ($1, $2, $3)', [slotId, kind, session.userId]);
}
