import { pool } from '../db.js';

export interface StoredDelivery {
  id: string;
  endpoint_id: string;
  event: string;
  payload: object;
  status: number | null;
  error: string | null;
  response_excerpt: string | null;
  created_at: Date;
}

/** What no endpoint has taken in the last hour, for the job that tries again. */
export async function listFailed(limit: number): Promise<StoredDelivery[]> {
  const { rows } = await pool.query<StoredDelivery>(
    `select * from webhook_deliveries
      where (status is null or status >= 500) and created_at > now() - interval '1 hour' order by id limit $1`,
    [limit],
  );
  return rows;
}

export async function findDelivery(id: string): Promise<StoredDelivery | undefined> {
  const { rows } = await pool.query<StoredDelivery>('select * from webhook_deliveries where id = $1', [id]);
  return rows[0];
}
