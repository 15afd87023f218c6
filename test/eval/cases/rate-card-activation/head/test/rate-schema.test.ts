import { describe, expect, it } from 'vitest';
import { linesSchema } from '../src/rates/schema.js';

const line = { country: 'DE', maxGrams: 2_000, priceCents: 499 };

describe('linesSchema', () => {
  it('takes steps that differ', () => {
    expect(linesSchema.safeParse([line, { ...line, maxGrams: 5_000 }]).success).toBe(true);
  });

  it('refuses the same step twice', () => {
    const result = linesSchema.safeParse([line, { ...line, priceCents: 599 }]);
    expect(result.error?.issues[0]?.message).toBe('DE up to 2000 g twice');
  });
});
