import type { Db } from '../db.js';
import type { Wallet } from '../wallets/types.js';
import { findFeePlan } from './repository.js';

/** The fee of one spending, in cents, rounded up. A wallet without a plan pays none. */
export async function feeFor(db: Db, wallet: Wallet, amountCents: number): Promise<number> {
  const plan = await findFeePlan(db, wallet.merchant_id, wallet.fee_plan);
  return plan ? Math.ceil((amountCents * plan.basis_points) / 10_000) + plan.fixed_cents : 0;
}
