import type { Pool } from 'pg';
import type { UnitPrice } from '../pricing/types.js';

export class QuoteRepository {
  constructor(private readonly pool: Pool) {}

  async create(accountId: string, userId: string, prices: readonly UnitPrice[]): Promise<string> {
    const { rows } = await this.pool.query<{ id: string }>(
      `insert into quotes (account_id, created_by, lines, valid_until)
       values ($1, $2, $3, now() + interval '14 days')
       returning id`,
      [accountId, userId, JSON.stringify(prices)],
    );
    const row = rows[0];
    if (!row) throw new Error('quote was not written');
    return row.id;
  }
}
