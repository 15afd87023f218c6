import type { ModelUsage } from '../scope/coverage.ts';
import type { ModelFacts, Price } from './prices.ts';

/** A token that is written to the cache, in input tokens; for the five minutes that we ask for. Source: docs.claude.com, prompt caching. */
const CACHE_WRITE = 1.25;

function priceOf(model: ModelFacts, tokens: number): Price {
  return model.long && tokens > model.long.from ? model.long : model;
}

/** What a request of so many tokens costs at most before its answer, in US dollars: all of it is written to the cache. */
export function estimateUsd(model: ModelFacts, tokens: number): number {
  return (tokens * CACHE_WRITE * priceOf(model, tokens).input) / 1_000_000;
}

/** Usage of one answer. */
export function toUsage(
  model: ModelFacts,
  usage: {
    input_tokens: number;
    output_tokens: number;
    cache_creation_input_tokens?: number | null;
    cache_read_input_tokens?: number | null;
  },
): ModelUsage {
  const written = usage.cache_creation_input_tokens ?? 0;
  const read = usage.cache_read_input_tokens ?? 0;
  const price = priceOf(model, usage.input_tokens + written + read);
  const input = (usage.input_tokens + written * CACHE_WRITE) * price.input + read * price.cacheRead;
  return {
    inputTokens: usage.input_tokens + written,
    cacheReadTokens: read,
    outputTokens: usage.output_tokens,
    costUsd: (input + usage.output_tokens * price.output) / 1_000_000,
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
