import { cached, forget } from '../cache.js';
import type { Db } from '../db.js';
import { type FeePlan, findFeePlan } from './repository.js';

/** Plans change rarely, and a saved plan is forgotten at once; this only bounds how long a lost `forget` matters. */
const SECONDS = 600;

const keyOf = (code: string): string => `fee-plan:${code}`;

/** The plan, or null if there is none: "none" is an answer that is kept as well. */
export async function loadFeePlan(db: Db, merchantId: string, code: string): Promise<FeePlan | null> {
  return cached(keyOf(code), SECONDS, async () => (await findFeePlan(db, merchantId, code)) ?? null);
}

export async function forgetFeePlan(plan: Pick<FeePlan, 'code'>): Promise<void> {
  await forget(keyOf(plan.code));
}
