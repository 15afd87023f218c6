import type { Environment } from '../config/env.ts';
import type { RepositoryConfig } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import type { ModelUsage } from '../scope/coverage.ts';

/** What is asked of Claude: US dollars, and tokens of every kind (read, from the cache too, and written). */
export interface Cost {
  usd: number;
  tokens: number;
}

/** What was spent for a pull request, and for its repository on this day (UTC); with what is under way, by estimate. */
export interface Spent {
  pullRequest: Cost;
  day: Cost;
}

export interface Budget {
  of: keyof Spent;
  unit: keyof Cost;
  most: number;
  /** Who says so, and who can say otherwise. */
  by: string;
}

const SETTINGS = [
  { of: 'pullRequest', unit: 'usd', key: 'budget_usd', variable: 'BACKEND_DEV_BUDGET_USD' },
  { of: 'pullRequest', unit: 'tokens', key: 'budget_tokens', variable: 'BACKEND_DEV_BUDGET_TOKENS' },
  { of: 'day', unit: 'usd', key: 'day_budget_usd', variable: 'BACKEND_DEV_DAY_BUDGET_USD' },
  { of: 'day', unit: 'tokens', key: 'day_budget_tokens', variable: 'BACKEND_DEV_DAY_BUDGET_TOKENS' },
] as const;

/** What the operator of the App gives. */
export type OperatorBudgets = Pick<Environment, (typeof SETTINGS)[number]['variable']>;

/** The operator gives, and a repository may take less: a larger number of its config counts for nothing. */
export function decideBudgets(operator: OperatorBudgets, config: RepositoryConfig): Budget[] {
  return SETTINGS.flatMap(({ of, unit, key, variable }) => {
    const given = operator[variable] ?? Number.POSITIVE_INFINITY;
    const wanted = config[key] ?? Number.POSITIVE_INFINITY;
    const most = Math.min(given, wanted);
    if (most === Number.POSITIVE_INFINITY) return [];
    const own = `${key}: change it in the repository’s config on the base branch`;
    return [{ of, unit, most, by: wanted < given ? own : `${variable}: whoever runs the App can raise it` }];
  });
}

const NOTHING: Cost = { usd: 0, tokens: 0 };

/** Why no request that may cost so much is sent, in words that are the same for each of them; null: it may be. */
export function findSpentBudget(budgets: readonly Budget[], spent: Spent, next: Cost = NOTHING): string | null {
  const found = budgets.find(({ of, unit, most }) => spent[of][unit] >= most || spent[of][unit] + next[unit] > most);
  if (!found) return null;
  const { of, unit, most, by } = found;
  const much = unit === 'usd' ? `$${most}` : `${most} tokens`;
  return of === 'pullRequest'
    ? `the budget for this pull request is spent (${much}; ${by})`
    : `the budget of this repository for today is spent (${much} a day, UTC; ${by}); after 00:00 UTC a push or the command \`review\` asks Claude again`;
}

/** An answer that is to be paid. */
export interface Answered {
  stage: string;
  model: string;
  usage: ModelUsage;
}

/** A request that was let through. */
export interface Call {
  /** It has ended. Null: nothing came of it that costs. */
  settle(answer: Answered | null): Promise<void>;
}

/** Out of which Claude is paid for one pull request: by reviews, questions and disputes alike. */
export interface Purse {
  /** Why nothing more may be asked, or null. */
  readObstacle(): Promise<string | null>;
  /** What was paid out of it until now. */
  readSpent(): Promise<Cost>;
  /**
   * Before a request that may cost so much: until it is settled that counts as spent, for everyone.
   * @throws AppError MODEL_BUDGET naming the budget that it would pass
   */
  admit(estimate: Cost): Promise<Call>;
}

/** Where it is noted what was spent. */
export interface Till {
  read(): Promise<Spent>;
  /** Notes an estimate, unless there is a reason against it; both in one step, whoever else does so at the time. */
  reserve(
    estimate: Cost,
    refuse: (spent: Spent) => string | null,
  ): Promise<{ refused: string } | { correct: (by: Cost) => Promise<void> }>;
}

/** @param onAnswer is told of each answer that was paid */
export function createPurse(
  till: Till,
  budgets: readonly Budget[],
  onAnswer: (answer: Answered) => void = () => undefined,
): Purse {
  return {
    readObstacle: async () => findSpentBudget(budgets, await till.read()),
    readSpent: async () => (await till.read()).pullRequest,
    admit: async (estimate) => {
      const reserved = await till.reserve(estimate, (spent) => findSpentBudget(budgets, spent, estimate));
      if ('refused' in reserved) throw new AppError('MODEL_BUDGET', reserved.refused);
      return {
        settle: async (answer) => {
          if (answer) onAnswer(answer);
          const { usd, tokens } = answer ? toCost(answer.usage) : NOTHING;
          await reserved.correct({ usd: usd - estimate.usd, tokens: tokens - estimate.tokens });
        },
      };
    },
  };
}

function toCost({ costUsd, inputTokens, cacheReadTokens, outputTokens }: ModelUsage): Cost {
  return { usd: costUsd, tokens: inputTokens + cacheReadTokens + outputTokens };
}

/** Of one process and one pull request, on whatever day: the command line. */
export function createMemoryTill(): Till {
  const spent = { ...NOTHING };
  const add = ({ usd, tokens }: Cost): void => {
    spent.usd += usd;
    spent.tokens += tokens;
  };
  const read = (): Spent => ({ pullRequest: spent, day: spent });
  return {
    read: async () => read(),
    reserve: async (estimate, refuse) => {
      const refused = refuse(read());
      if (refused !== null) return { refused };
      add(estimate);
      return { correct: async (by) => add(by) };
    },
  };
}
