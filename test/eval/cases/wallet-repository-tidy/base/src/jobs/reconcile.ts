import { db } from '../db.js';

export interface Mismatch {
  wallet_id: string;
  balance_cents: number;
  sum_cents: string;
}

/** Wallets whose balance is not the sum of their entries. */
export async function findMismatches(): Promise<Mismatch[]> {
  return db('wallets as w')
    .leftJoin('entries as e', 'e.wallet_id', 'w.id')
    .groupBy('w.id')
    .havingRaw('w.balance_cents <> coalesce(sum(e.amount_cents), 0)')
    .select('w.id as wallet_id', 'w.balance_cents', db.raw('coalesce(sum(e.amount_cents), 0) as sum_cents'))
    .limit(500);
}
