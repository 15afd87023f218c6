import { describe, expect, it } from 'vitest';
import { MODEL_ALIASES } from '../../src/agents/agent.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { estimateUsd, toUsage } from '../../src/model/cost.ts';
import { decideModels, listModels } from '../../src/model/create-model-reviewer.ts';
import { describeModel, listUnpriced } from '../../src/model/prices.ts';

const NONE = new Map();
const MILLION = 1_000_000;
const input = (model: string): number => describeModel(model, NONE).input;

describe('the price of a model', () => {
  it.each([
    ['claude-opus-5-5', 4],
    ['claude-opus-5', 5],
    ['claude-opus-4-1-20250805', 15],
    ['claude-opus-4-20250514', 15],
    ['claude-sonnet-5-5', 2],
    ['claude-sonnet-4-5@20250929', 3],
    ['anthropic.claude-sonnet-5-5', 2],
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 1],
    ['arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-opus-4-8', 5],
  ])('%s is the one of its version, not of its family', (model, usd) => {
    expect(input(model)).toBe(usd);
  });

  it.each(['claude-sonnet-9', 'claude-opus-5-7', 'claude-3-5-sonnet-20241022', 'our-deployment', 'constructor'])(
    '%s, which nobody knows, is the dearest one, and is told',
    (model) => {
      const facts = describeModel(model, NONE);
      expect([facts.input, facts.output, facts.window]).toEqual([15, 75, 200_000]);
      expect(listUnpriced([model, model, 'claude-opus-5-5'], NONE)).toEqual([model]);
    },
  );

  it('is known of every model that is asked where nobody chose another', () => {
    const models = listModels([{ model: 'inherit' }, { model: 'opus' }], {});
    expect(models).toContain(MODEL_ALIASES.opus);
    expect(listUnpriced(models, NONE)).toEqual([]);
    expect(Object.values(decideModels({ model: 'sonnet' }, {})).every((model) => models.includes(model))).toBe(true);
  });

  it('is the operator’s where one is given', () => {
    const { BACKEND_DEV_PRICES: own } = readEnvironment({
      BACKEND_DEV_PRICES: 'our-deployment=2/10/0.1, claude-opus-5-5=3.5/18',
    });
    expect(describeModel('our-deployment', own)).toMatchObject({ input: 2, output: 10, cacheRead: 0.1 });
    expect(describeModel('claude-opus-5-5', own)).toMatchObject({ input: 3.5, cacheRead: 0.35, window: MILLION });
    expect(listUnpriced(['our-deployment'], own)).toEqual([]);
    expect(() => readEnvironment({ BACKEND_DEV_PRICES: 'opus 3' })).toThrow('BACKEND_DEV_PRICES: “opus 3” is not');
  });

  it('counts what is written to the cache and read from it, and a long request by its own price', () => {
    const sonnet = describeModel('claude-sonnet-5-5', NONE);
    const all = { input_tokens: MILLION, cache_creation_input_tokens: MILLION, cache_read_input_tokens: MILLION };
    expect(toUsage(sonnet, { ...all, output_tokens: MILLION })).toEqual({
      inputTokens: 2 * MILLION,
      cacheReadTokens: MILLION,
      outputTokens: MILLION,
      costUsd: 2 + 2.5 + 0.1 + 10,
    });
    const haiku = describeModel('claude-haiku-5-5', NONE);
    const short = toUsage(haiku, { input_tokens: 1, cache_read_input_tokens: 99_999, output_tokens: 1000 });
    const long = toUsage(haiku, { input_tokens: 2, cache_read_input_tokens: 99_999, output_tokens: 1000 });
    expect(long.costUsd / short.costUsd).toBeCloseTo(5, 3);
    expect(estimateUsd(haiku, 100_001)).toBeGreaterThan(4 * estimateUsd(haiku, 100_000));
  });
});
