import { pool, type Queryable } from '../db.js';

export interface RateCard {
  id: string;
  account_id: string;
  name: string;
  active: boolean;
  archived_at: Date | null;
}

export interface RateLine {
  country: string;
  maxGrams: number;
  priceCents: number;
}

export async function listRateCards(accountId: string): Promise<RateCard[]> {
  const { rows } = await pool.query<RateCard>(
    'select * from rate_cards where account_id = $1 and archived_at is null order by name limit 100',
    [accountId],
  );
  return rows;
}

export async function findRateCard(db: Queryable, accountId: string, id: string): Promise<RateCard | undefined> {
  const { rows } = await db.query<RateCard>(
    'select * from rate_cards where id = $1 and account_id = $2 and archived_at is null',
    [id, accountId],
  );
  return rows[0];
}

export async function lockRateCard(tx: Queryable, accountId: string, id: string): Promise<RateCard | undefined> {
  const { rows } = await tx.query<RateCard>(
    'select * from rate_cards where id = $1 and account_id = $2 and archived_at is null for update',
    [id, accountId],
  );
  return rows[0];
}

export async function insertRateCard(db: Queryable, accountId: string, name: string): Promise<RateCard> {
  const { rows } = await db.query<RateCard>('insert into rate_cards (account_id, name) values ($1, $2) returning *', [
    accountId,
    name,
  ]);
  return rows[0] as RateCard;
}

export async function listLines(db: Queryable, cardId: string): Promise<RateLine[]> {
  const { rows } = await db.query<RateLine>(
    `select country, max_grams as "maxGrams", price_cents as "priceCents"
       from rate_card_lines where rate_card_id = $1 order by country, max_grams`,
    [cardId],
  );
  return rows;
}

export async function insertLines(db: Queryable, cardId: string, lines: RateLine[]): Promise<void> {
  await db.query(
    `insert into rate_card_lines (rate_card_id, country, max_grams, price_cents)
     select $1, * from unnest($2::text[], $3::int[], $4::int[])`,
    [cardId, lines.map((l) => l.country), lines.map((l) => l.maxGrams), lines.map((l) => l.priceCents)],
  );
}

export async function replaceLines(tx: Queryable, cardId: string, lines: RateLine[]): Promise<void> {
  await tx.query('delete from rate_card_lines where rate_card_id = $1', [cardId]);
  await insertLines(tx, cardId, lines);
}

/** Switches the account to this card. The account's row is locked, so two switches wait for each other. */
export async function activate(tx: Queryable, accountId: string, cardId: string): Promise<void> {
  await tx.query('select 1 from accounts where id = $1 for no key update', [accountId]);
  await tx.query('update rate_cards set active = false where account_id = $1 and active', [accountId]);
  await tx.query('update rate_cards set active = true where id = $1 and account_id = $2', [cardId, accountId]);
}

export async function archive(tx: Queryable, cardId: string): Promise<void> {
  await tx.query('update rate_cards set archived_at = now() where id = $1', [cardId]);
}

export async function recordChange(tx: Queryable, cardId: string, kind: string, userId: string): Promise<void> {
  await tx.query('insert into rate_card_changes (rate_card_id, kind, user_id) values ($1, $2, $3)', [
    cardId,
    kind,
    userId,
  ]);
}
