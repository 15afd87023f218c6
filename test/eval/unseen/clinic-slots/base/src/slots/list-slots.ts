import type { Pool } from 'pg';

export interface SlotRow {
  id: string;
  room: string;
  startsAt: Date;
  state: 'free' | 'booked';
  patientId: string | null;
}

export async function listSlots(pool: Pool, clinicId: string, day: string): Promise<SlotRow[]> {
  const { rows } = await pool.query<SlotRow>(
    `select id, room, starts_at as "startsAt", state, patient_id as "patientId"
     from slots
     where clinic_id = $1 and starts_at >= $2::date and starts_at < $2::date + 1
     order by starts_at, room`,
    [clinicId, day],
  );
  return rows;
}
