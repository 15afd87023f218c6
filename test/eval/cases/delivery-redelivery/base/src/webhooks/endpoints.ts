import { pool } from '../db.js';

export interface Endpoint {
  id: string;
  url: string;
  secret: string;
  disabled_at: Date | null;
}

/** An endpoint of this account. */
export async function findEndpoint(accountId: string, id: string): Promise<Endpoint | undefined> {
  const { rows } = await pool.query<Endpoint>(
    'select id, url, secret, disabled_at from webhook_endpoints where id = $1 and account_id = $2',
    [id, accountId],
  );
  return rows[0];
}

/** Any endpoint, for jobs. */
export async function readEndpoint(id: string): Promise<Endpoint | undefined> {
  const { rows } = await pool.query<Endpoint>('select id, url, secret, disabled_at from webhook_endpoints where id = $1', [
    id,
  ]);
  return rows[0];
}
