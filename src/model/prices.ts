/** US dollars a million tokens. */
export interface Price {
  input: number;
  output: number;
  cacheRead: number;
}

/** What is known of a model, besides its name. */
export interface ModelFacts extends Price {
  /** Of a request that is longer than `from` tokens, all of it. */
  long?: Price & { from: number };
  /** Tokens that a request and its answer may have together. */
  window: number;
  /** Whether it takes `output_config.effort`; it refuses a request with it otherwise. */
  effort: boolean;
}

/** When the prices were looked up. */
export const PRICES_OF = '2026-11-26';

const MILLION = 1_000_000;
const price = (input: number, output: number, cacheRead = input / 10): Price => ({ input, output, cacheRead });
const today = (prices: Price): ModelFacts => ({ ...prices, window: MILLION, effort: true });
const before = (prices: Price): ModelFacts => ({ ...prices, window: 200_000, effort: false });

/**
 * By family and version: a newer model has another price than an older one of the same name. These are Anthropic's list prices,
 * as its pages had them in the copies that could be read on PRICES_OF: platform.claude.com/docs/en/about-claude/pricing (all up
 * to Opus 5), and there the pages of the models, /docs/en/models/NAME/overview (Opus 5.5, Sonnet 5.5, Haiku 5.5), /docs/en/models/overview (Fable 5.2), with
 * windows there, and who takes effort in /docs/en/build-with-claude/effort. Told by others who had compared it with the pricing
 * page, and by no copy of Anthropic's: that Sonnet 5.5 reads its cache for $0.10 since 2026-10-07, Fable 5.2 for $0.20, and what
 * Haiku 5.5 costs from 100,000 tokens on. A write to the cache costs 1.25 of an input token everywhere.
 */
const MODELS: Readonly<Record<string, ModelFacts>> = {
  'fable-5-2': today(price(8, 40, 0.2)),
  'fable-5-1': today(price(10, 50, 0.25)),
  'fable-5': today(price(10, 50)),
  'opus-5-5': today(price(4, 20, 0.2)),
  'opus-5': today(price(5, 25)),
  'opus-4-8': today(price(5, 25)),
  'opus-4-7': today(price(5, 25)),
  'opus-4-6': today(price(5, 25)),
  'opus-4-5': { ...before(price(5, 25)), effort: true },
  'opus-4-1': before(price(15, 75)),
  'opus-4': before(price(15, 75)),
  'sonnet-5-5': today(price(2, 10, 0.1)),
  'sonnet-5': today(price(2, 10)),
  'sonnet-4-6': today(price(3, 15)),
  'sonnet-4-5': before(price(3, 15)),
  'sonnet-4': before(price(3, 15)),
  'haiku-5-5': { ...today(price(0.1, 0.5)), long: { ...price(0.5, 2.5), from: 100_000 } },
  'haiku-4-5': before(price(1, 5)),
};

const ALL = Object.values(MODELS);

/** Of a model that nobody knows: the dearest price, so that no budget is passed unseen, and the smallest window. */
const UNKNOWN: ModelFacts = {
  ...price(Math.max(...ALL.map((one) => one.input)), Math.max(...ALL.map((one) => one.output))),
  window: Math.min(...ALL.map((one) => one.window)),
  effort: true,
};

/** An id as any endpoint writes it: `claude-opus-5-5`, `anthropic.claude-opus-4-1-20250805-v1:0`, `claude-haiku-4-5@20251001`. */
const ID = /claude-([a-z]+)-(\d+)(?:-(\d{1,2})(?!\d))?/;

function find(model: string): ModelFacts | null {
  const [, family, major, minor] = ID.exec(model) ?? [];
  const name = [family, major, ...(minor === undefined ? [] : [minor])].join('-');
  return Object.hasOwn(MODELS, name) ? (MODELS[name] ?? null) : null;
}

/** Prices by model id that the operator agreed upon with a vendor. */
export type OwnPrices = ReadonlyMap<string, Price>;

/** What is known of a model; the operator's own price counts before the list. */
export function describeModel(model: string, own: OwnPrices): ModelFacts {
  const known = find(model) ?? UNKNOWN;
  const agreed = own.get(model);
  if (!agreed) return known;
  const { window, effort } = known;
  return { ...agreed, window, effort };
}

/** Models whose price nobody knows: they are counted at the dearest one. */
export function listUnpriced(models: readonly string[], own: OwnPrices): string[] {
  return [...new Set(models)].filter((model) => !own.has(model) && find(model) === null);
}
