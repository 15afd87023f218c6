import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/env.ts';
import { DEFAULT_CONFIG, parseRepositoryConfig } from '../../src/config/repository-config.ts';
import { createMemoryTill, createPurse, decideBudgets, findSpentBudget } from '../../src/pipeline/purse.ts';
import { NO_USAGE } from '../../src/scope/coverage.ts';

const config = (text: string) => parseRepositoryConfig(text).config;
const operator = (own: Record<string, string> = {}) => readEnvironment(own);
const most = (own: Record<string, string>, text: string) =>
  Object.fromEntries(decideBudgets(operator(own), config(text)).map((one) => [`${one.of} ${one.unit}`, one.most]));

describe('the budgets of a pull request', () => {
  it('are the operator’s, which a repository may lower and not raise', () => {
    expect(most({}, '')).toEqual({ 'pullRequest usd': 5, 'day usd': 100 });
    expect(most({}, 'budget_usd: 1000\nday_budget_usd: 100000')).toEqual({ 'pullRequest usd': 5, 'day usd': 100 });
    const all = 'budget_usd: 1\nbudget_tokens: 1000\nday_budget_usd: 2\nday_budget_tokens: 9000';
    expect(most({ BACKEND_DEV_BUDGET_TOKENS: '500', BACKEND_DEV_DAY_BUDGET_TOKENS: '10000' }, all)).toEqual({
      'pullRequest usd': 1,
      'pullRequest tokens': 500,
      'day usd': 2,
      'day tokens': 9000,
    });
  });

  const far = { usd: 4, tokens: 900 };
  it.each([
    ['the pull request’s', {}, 'budget_usd: 4', /this pull request is spent \(\$4; budget_usd: change it in the repo/],
    [
      'the operator’s',
      { BACKEND_DEV_BUDGET_USD: '4' },
      '',
      /pull request is spent \(\$4; BACKEND_DEV_BUDGET_USD: whoever/,
    ],
    ['its tokens', {}, 'budget_tokens: 900', /pull request is spent \(900 tokens; budget_tokens: /],
    [
      'the day’s',
      { BACKEND_DEV_DAY_BUDGET_USD: '4' },
      '',
      /repository for today is spent \(\$4 a day, UTC; .*00:00 UTC/,
    ],
    ['its tokens', {}, 'day_budget_tokens: 100', /repository for today is spent \(100 tokens a day, UTC; day_budget_t/],
    ['none at all', {}, 'budget_usd: 0', /pull request is spent \(\$0; /],
  ] as [string, Record<string, string>, string, RegExp][])('say which is spent: %s', (_, own, text, says) => {
    const budgets = decideBudgets(operator(own), config(text));
    expect(findSpentBudget(budgets, { pullRequest: far, day: far })).toMatch(says);
    expect(findSpentBudget(decideBudgets(operator(), DEFAULT_CONFIG), { pullRequest: far, day: far })).toBeNull();
  });

  it('count what is under way by its estimate, and then by what it cost', async () => {
    const till = createMemoryTill();
    const told: string[] = [];
    const purse = createPurse(till, decideBudgets(operator(), config('budget_usd: 1')), ({ stage }) =>
      told.push(stage),
    );
    const [one, two] = [await purse.admit({ usd: 0.4, tokens: 4 }), await purse.admit({ usd: 0.4, tokens: 4 })];
    await expect(purse.admit({ usd: 0.4, tokens: 4 })).rejects.toMatchObject({ code: 'MODEL_BUDGET' });
    expect(await purse.readObstacle()).toBeNull();
    await one.settle({
      stage: 'review',
      model: 'm',
      usage: { ...NO_USAGE, inputTokens: 3, outputTokens: 2, costUsd: 0.7 },
    });
    await two.settle(null);
    expect((await till.read()).pullRequest).toEqual({ usd: expect.closeTo(0.7), tokens: 5 });
    expect(told).toEqual(['review']);
  });
});
