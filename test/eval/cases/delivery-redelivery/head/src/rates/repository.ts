import { pool, type Queryable } from '../db.js';

export interface RateCard {
  id: string;
  account_id: string;
  name: string;
  active: boolean;
}

export interface RateLine {
  country: string;
  maxGrams: number;
  priceCents: number;
}

export async function listRateCards(accountId: string): Promise<RateCard[]> {
  const { rows } = await pool.query<RateCard>('select * from rate_cards where account_id = $1 order by name limit 100', [
    accountId,
  ]);
  return rows;
}

export async function findRateCard(db: Queryable, accountId: string, id: string): Promise<RateCard | undefined> {
  const { rows } = await db.query<RateCard>('select * from rate_cards where id = $1 and account_id = $2', [
    id,
    accountId,
  ]);
  return rows[0];
}

export async function insertRateCard(db: Queryable, accountId: string, name: string): Promise<RateCard> {
  const { rows } = await db.query<RateCard>('insert into rate_cards (account_id, name) values ($1, $2) returning *', [
    accountId,
    name,
  ]);
  return rows[0] as RateCard;
}

export async function insertLines(db: Queryable, cardId: string, lines: RateLine[]): Promise<void> {
  await db.query(
    `insert into rate_card_lines (rate_card_id, country, max_grams, price_cents)
     select $1, * from unnest($2::text[], $3::int[], $4::int[])`,
    [cardId, lines.map((l) => l.country), lines.map((l) => l.maxGrams), lines.map((l) => l.priceCents)],
  );
}
