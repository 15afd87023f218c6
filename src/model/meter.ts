import { AppError } from '../errors.ts';
import { BUDGET_SPENT, type ModelUsage, NO_USAGE, type StageUsage } from '../review/coverage.ts';
import type { Account } from './claude/claude.ts';
import { addUsage } from './cost.ts';

/** What one review costs, by stage. */
export interface Meter {
  account(stage: string): Account;
  total(): ModelUsage;
  stages(): StageUsage[];
}

/**
 * @param spend is told what each answer cost, in US dollars, the moment it came
 * @param budgetUsd what the whole review may cost
 */
export function createMeter(spend: (usd: number) => Promise<void>, budgetUsd: number): Meter {
  const byStage = new Map<string, StageUsage>();
  let total = NO_USAGE;
  let underWay = 0;
  // What an answer costs is known when it is there: until then it is taken for as dear as the dearest before it.
  let dearest = 0;
  return {
    account: (stage) => ({
      admit: (estimate) => {
        const estimateUsd = Math.max(estimate, dearest);
        if (total.costUsd + underWay + estimateUsd > budgetUsd) throw new AppError('MODEL_BUDGET', BUDGET_SPENT);
        underWay += estimateUsd;
        return () => {
          underWay -= estimateUsd;
        };
      },
      charge: async (usage) => {
        total = addUsage(total, usage);
        dearest = Math.max(dearest, usage.costUsd);
        const before = byStage.get(stage) ?? { stage, requests: 0, usage: NO_USAGE };
        byStage.set(stage, { stage, requests: before.requests + 1, usage: addUsage(before.usage, usage) });
        await spend(usage.costUsd);
      },
    }),
    total: () => total,
    stages: () => [...byStage.values()],
  };
}
