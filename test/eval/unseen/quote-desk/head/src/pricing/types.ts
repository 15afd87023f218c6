import type { Buyer } from '../http/buyer.js';

export interface Line {
  sku: string;
  quantity: number;
}

export interface UnitPrice {
  sku: string;
  quantity: number;
  unitCents: number;
  currency: string;
}

export interface PriceSource {
  /** Undefined when the article is not sold in the buyer's region. */
  priceFor(buyer: Buyer, line: Line): Promise<UnitPrice | undefined>;
}
