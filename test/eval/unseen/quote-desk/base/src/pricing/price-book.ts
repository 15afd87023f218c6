import type { Buyer } from '../http/buyer.js';
import type { PriceRepository } from './price-repository.js';
import type { Line, PriceSource, UnitPrice } from './types.js';

export class PriceBook implements PriceSource {
  constructor(private readonly repository: PriceRepository) {}

  async priceFor(buyer: Buyer, line: Line): Promise<UnitPrice | undefined> {
    const tiers = await this.repository.listTiers(line.sku, buyer.region, buyer.currency);
    const tier = tiers.find((candidate) => candidate.minQuantity <= line.quantity);
    if (!tier) return undefined;

    const rebate = await this.repository.rebate(buyer.accountId, line.sku);
    return {
      sku: line.sku,
      quantity: line.quantity,
      unitCents: Math.round((tier.unitCents * (10_000 - rebate)) / 10_000),
      currency: buyer.currency,
    };
  }
}
