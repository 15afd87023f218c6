import type { Pool } from 'pg';

export interface Tier {
  minQuantity: number;
  unitCents: number;
}

export class PriceRepository {
  constructor(private readonly pool: Pool) {}

  async listTiers(sku: string, region: string, currency: string): Promise<Tier[]> {
    const { rows } = await this.pool.query<Tier>(
      `select min_quantity as "minQuantity", unit_cents as "unitCents"
       from price_tiers
       where sku = $1 and region = $2 and currency = $3
       order by min_quantity desc`,
      [sku, region, currency],
    );
    return rows;
  }

  /** Agreed reduction in basis points, or 0. */
  async rebate(accountId: string, sku: string): Promise<number> {
    const { rows } = await this.pool.query<{ basisPoints: number }>(
      `select r.basis_points as "basisPoints"
       from rebates r join articles a on a.product_group = r.product_group
       where r.account_id = $1 and a.sku = $2
         and now() between r.valid_from and r.valid_to
       order by r.basis_points desc
       limit 1`,
      [accountId, sku],
    );
    return rows[0]?.basisPoints ?? 0;
  }
}
