import type { SgNode } from '@ast-grep/napi';
import type { Step } from '../../review/finding.ts';

/** How much is known of a piece of text: `safe` cannot carry syntax, `tainted` comes from a request. */
export type Level = 'safe' | 'unknown' | 'tainted';

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'hole'; level: Level; name: string; node: SgNode; trace: readonly Step[]; builtIn: SgNode | null };

/** An abstract string: constant pieces and holes in order. `items` are the elements when it is a list. */
export interface Value {
  parts: readonly Part[];
  items: readonly Value[] | null;
  /** Assembled by concatenation, interpolation or formatting. */
  built: boolean;
}

export const EMPTY: Value = { parts: [], items: null, built: false };

export function textValue(text: string): Value {
  return { parts: [{ kind: 'text', text }], items: null, built: false };
}

export function holeValue(level: Level, node: SgNode, name: string, trace: readonly Step[] = []): Value {
  return { parts: [{ kind: 'hole', level, name, node, trace, builtIn: null }], items: null, built: false };
}

const MAX_PARTS = 200;

/** Values one after the other, as text; `at` is the expression that puts them together. */
export function concatValues(values: readonly Value[], at: SgNode): Value {
  const parts = values.flatMap((value) => value.parts).slice(0, MAX_PARTS);
  const marked = parts.map((part) => (part.kind === 'hole' && part.builtIn === null ? { ...part, builtIn: at } : part));
  return { parts: marked, items: null, built: parts.length > 1 || values.some((value) => value.built) };
}

export function joinValues(items: readonly Value[], separator: Value, at: SgNode): Value {
  return concatValues(
    items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])),
    at,
  );
}

const RANK: Record<Level, number> = { safe: 1, unknown: 2, tainted: 3 };

function weigh(value: Value): number {
  const worst = value.parts.reduce((most, part) => Math.max(most, part.kind === 'hole' ? RANK[part.level] : 0), 0);
  const inItems = (value.items ?? []).reduce((most, item) => Math.max(most, weigh(item)), 0);
  return Math.max(worst, inItems) + (value.built ? 0.5 : 0);
}

/** The more dangerous of several possible values. */
export function worstValue(values: readonly Value[]): Value {
  return values.reduce((worst, value) => (weigh(value) > weigh(worst) ? value : worst), values[0] ?? EMPTY);
}

export function levelOf(value: Value): Level {
  const weight = Math.floor(weigh(value));
  return weight >= 3 ? 'tainted' : weight === 2 ? 'unknown' : 'safe';
}

/** The same value with every hole at most as dangerous as `level`. */
export function capLevel(value: Value, level: Level): Value {
  const parts = value.parts.map((part) =>
    part.kind === 'hole' && RANK[part.level] > RANK[level] ? { ...part, level } : part,
  );
  return { ...value, parts, items: value.items?.map((item) => capLevel(item, level)) ?? null };
}

export function addStep(value: Value, step: Step): Value {
  const extend = (part: Part): Part =>
    part.kind === 'hole' && part.trace.length < 12 && part.trace.at(-1)?.line !== step.line
      ? { ...part, trace: [...part.trace, step] }
      : part;
  return { ...value, parts: value.parts.map(extend), items: value.items?.map((item) => addStep(item, step)) ?? null };
}
