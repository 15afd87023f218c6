import { pool } from '../db.js';
import { logger } from '../logger.js';
import { deliver } from './deliver.js';

interface Endpoint {
  id: string;
  url: string;
  secret: string;
}

/** Tells every endpoint of the account. A merchant's endpoint that fails never fails the request. */
export async function emit(accountId: string, event: string, data: object): Promise<void> {
  const { rows } = await pool.query<Endpoint>(
    'select id, url, secret from webhook_endpoints where account_id = $1 and disabled_at is null limit 20',
    [accountId],
  );
  void Promise.allSettled(rows.map((endpoint) => deliver(endpoint, event, data))).then((results) => {
    for (const result of results) if (result.status === 'rejected') logger.warn({ err: result.reason }, 'delivery');
  });
}
