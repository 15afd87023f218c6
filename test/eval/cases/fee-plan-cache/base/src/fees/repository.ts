import type { Db } from '../db.js';

export interface FeePlan {
  id: string;
  merchant_id: string;
  code: string;
  basis_points: number;
  fixed_cents: number;
}

export async function findFeePlan(db: Db, merchantId: string, code: string): Promise<FeePlan | undefined> {
  return db<FeePlan>('fee_plans').where({ merchant_id: merchantId, code }).first();
}

export async function listFeePlans(db: Db, merchantId: string): Promise<FeePlan[]> {
  return db<FeePlan>('fee_plans').where({ merchant_id: merchantId }).orderBy('code').limit(100);
}

export async function saveFeePlan(db: Db, plan: Omit<FeePlan, 'id'>): Promise<FeePlan> {
  const rows = await db<FeePlan>('fee_plans')
    .insert(plan)
    .onConflict(['merchant_id', 'code'])
    .merge(['basis_points', 'fixed_cents'])
    .returning('*');
  return rows[0] as FeePlan;
}
