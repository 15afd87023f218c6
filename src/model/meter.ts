import type { Purse } from '../pipeline/purse.ts';
import { type ModelUsage, NO_USAGE, type StageUsage } from '../scope/coverage.ts';
import type { Account } from './claude/claude.ts';
import { addUsage } from './cost.ts';

/** What one review costs, by stage and model. */
export interface Meter {
  account(stage: string): Account;
  total(): ModelUsage;
  stages(): StageUsage[];
}

/** @param purse out of which each answer is paid, the moment it came */
export function createMeter(purse: Purse): Meter {
  const byStage = new Map<string, StageUsage>();
  let total = NO_USAGE;
  // What an answer costs is known when it is there: until then it is taken for as dear as the dearest before it.
  let dearest = NO_USAGE;
  const note = (stage: string, model: string, usage: ModelUsage): void => {
    total = addUsage(total, usage);
    if (usage.costUsd > dearest.costUsd) dearest = usage;
    const key = JSON.stringify([stage, model]);
    const before = byStage.get(key) ?? { stage, model, requests: 0, usage: NO_USAGE };
    byStage.set(key, { stage, model, requests: before.requests + 1, usage: addUsage(before.usage, usage) });
  };
  return {
    account: (stage) => ({
      admit: async ({ usd, tokens }) => {
        const { costUsd, inputTokens, cacheReadTokens, outputTokens } = dearest;
        const call = await purse.admit({
          usd: Math.max(usd, costUsd),
          tokens: Math.max(tokens, inputTokens + cacheReadTokens + outputTokens),
        });
        return {
          settle: async (answer) => {
            if (answer) note(stage, answer.model, answer.usage);
            await call.settle(answer && { stage, ...answer });
          },
        };
      },
    }),
    total: () => total,
    stages: () => [...byStage.values()],
  };
}
