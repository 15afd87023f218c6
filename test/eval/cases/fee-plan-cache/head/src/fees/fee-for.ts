import type { Db } from '../db.js';
import type { Wallet } from '../wallets/types.js';
import { loadFeePlan } from './plan-cache.js';
import type { FeePlan } from './repository.js';

export interface Fee {
  cents: number;
  plan: string | null;
}

/** Rounded up, as the contract with merchants says. */
export function feeOf(plan: FeePlan, amountCents: number): number {
  return Math.ceil((amountCents * plan.basis_points) / 10_000) + plan.fixed_cents;
}

/** The fee of one spending. A wallet without a plan pays none. */
export async function feeFor(db: Db, wallet: Wallet, amountCents: number): Promise<Fee> {
  const plan = await loadFeePlan(db, wallet.merchant_id, wallet.fee_plan);
  if (!plan) return { cents: 0, plan: null };
  return { cents: feeOf(plan, amountCents), plan: plan.code };
}
