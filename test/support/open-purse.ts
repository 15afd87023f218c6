import { createMemoryTill, createPurse, type Purse } from '../../src/pipeline/purse.ts';

/** A purse for one test, and what was paid out of it, in US dollars. */
export function openPurse(mostUsd?: number): { purse: Purse; spentUsd: () => Promise<number> } {
  const till = createMemoryTill();
  const by = 'budget_usd';
  const budgets =
    mostUsd === undefined ? [] : [{ of: 'pullRequest' as const, unit: 'usd' as const, most: mostUsd, by }];
  return { purse: createPurse(till, budgets), spentUsd: async () => (await till.read()).pullRequest.usd };
}
