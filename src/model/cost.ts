import type { ModelUsage } from '../review/coverage.ts';

/**
 * US dollars a million tokens, by family. Source: Anthropic's list prices as remembered in November 2026; check them before
 * billing anyone: claude.com/pricing.
 */
const PRICES: [RegExp, { input: number; output: number }][] = [
  [/opus/, { input: 5, output: 25 }],
  [/haiku/, { input: 1, output: 5 }],
  [/./, { input: 3, output: 15 }],
];

function priceOf(model: string): { input: number; output: number } {
  return PRICES.find(([pattern]) => pattern.test(model))?.[1] ?? { input: 3, output: 15 };
}

/** What a request of so many tokens costs at most before its answer, in US dollars: nothing of it is in the cache. */
export function estimateUsd(model: string, tokens: number): number {
  return (tokens * priceOf(model).input) / 1_000_000;
}

/** Usage of one answer. Cache writes cost 1.25 and cache reads 0.1 of an input token. Source: docs.claude.com, prompt caching. */
export function toUsage(
  model: string,
  usage: {
    input_tokens: number;
    output_tokens: number;
    cache_creation_input_tokens?: number | null;
    cache_read_input_tokens?: number | null;
  },
): ModelUsage {
  const price = priceOf(model);
  const written = usage.cache_creation_input_tokens ?? 0;
  const read = usage.cache_read_input_tokens ?? 0;
  const input = usage.input_tokens + written * 1.25 + read * 0.1;
  return {
    inputTokens: usage.input_tokens + written,
    cacheReadTokens: read,
    outputTokens: usage.output_tokens,
    costUsd: (input * price.input + usage.output_tokens * price.output) / 1_000_000,
  };
}

export function addUsage(a: ModelUsage, b: ModelUsage): ModelUsage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costUsd: a.costUsd + b.costUsd,
  };
}
