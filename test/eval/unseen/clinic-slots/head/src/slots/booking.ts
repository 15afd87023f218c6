import type { Pool } from 'pg';
import { conflict, notFound } from '../http/http-error.js';
import type { Session } from '../http/token.js';

export async function bookSlot(pool: Pool, session: Session, slotId: string, patientId: string): Promise<void> {
  const { rows } = await pool.query<{ taken: boolean; slotKnown: boolean; patientKnown: boolean }>(
    `with patient as (
       select id from patients where id = $3 and clinic_id = $2
     ), taken as (
       update slots
       set state = 'booked', patient_id = patient.id, booked_at = now()
       from patient
       where slots.id = $1 and slots.clinic_id = $2
         and slots.state = 'free' and slots.starts_at > now()
       returning slots.id
     ), event as (
       insert into slot_events (slot_id, kind, actor) select id, 'booked', $4::text from taken
     )
     select exists (select from taken) as taken,
            exists (select from patient) as "patientKnown",
            exists (select from slots where id = $1 and clinic_id = $2) as "slotKnown"`,
    [slotId, session.clinicId, patientId, session.userId],
  );
  const outcome = rows[0];
  if (outcome?.taken) return;
  if (!outcome?.patientKnown || !outcome.slotKnown) throw notFound();
  throw conflict('not_free');
}

export async function cancelBooking(pool: Pool, session: Session, slotId: string): Promise<void> {
  const { rows } = await pool.query<{ freed: boolean; slotKnown: boolean }>(
    `with freed as (
       update slots
       set state = 'free', patient_id = null, booked_at = null
       where id = $1 and clinic_id = $2 and state = 'booked'
       returning id
     ), event as (
       insert into slot_events (slot_id, kind, actor) select id, 'cancelled', $3::text from freed
     )
     select exists (select from freed) as freed,
            exists (select from slots where id = $1 and clinic_id = $2) as "slotKnown"`,
    [slotId, session.clinicId, session.userId],
  );
  const outcome = rows[0];
  if (outcome?.freed) return;
  throw outcome?.slotKnown ? conflict('not_booked') : notFound();
}
