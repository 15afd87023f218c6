import type { SgNode } from '@ast-grep/napi';
import type { Step } from '../../findings/finding.ts';

/**
 * How much is known of a piece of text: `safe` cannot carry syntax; `foreign` comes from what this file does not show, so
 * nothing is said of it; `helper` is what callers in other files give a function that is not public; `unknown` is what callers
 * of a public function, or whoever starts the program, decide; `tainted` comes from a request.
 */
export type Level = 'safe' | 'foreign' | 'helper' | 'unknown' | 'tainted';

export interface Hole {
  kind: 'hole';
  level: Level;
  name: string;
  trace: readonly Step[];
  /** The expression that first pasted it into a text, and where in it the value stands. */
  builtIn: SgNode | null;
  place: SgNode | null;
}

export type Part = { kind: 'text'; text: string } | Hole;

/** An abstract string: constant pieces and holes in order. `items` are the elements when it is a list. */
export interface Value {
  parts: readonly Part[];
  items: readonly Value[] | null;
  /** Assembled by concatenation, interpolation or formatting. */
  built: boolean;
}

export const EMPTY: Value = { parts: [], items: null, built: false };

/** Enough to see what kind of text it is and what stands before a value; a text that doubles itself must end somewhere. */
const MAX_TEXT = 20_000;
const MAX_PARTS = 200;
const MAX_ITEMS = 200;

export function textValue(text: string): Value {
  return { parts: [{ kind: 'text', text: clipText(text) }], items: null, built: false };
}

export function holeValue(level: Level, name: string, trace: readonly Step[] = []): Value {
  return {
    parts: [{ kind: 'hole', level, name, trace, builtIn: null, place: null }],
    items: null,
    built: false,
  };
}

export function listValue(items: readonly Value[]): Value {
  const flat = items.flatMap((item) => item.items ?? [item]).slice(0, MAX_ITEMS);
  return { parts: flat.flatMap((item) => item.parts).slice(0, MAX_PARTS), items: flat, built: false };
}

/** Values one after the other, as text; `at` is the expression that puts them together. */
export function concatValues(values: readonly { value: Value; place: SgNode | null }[], at: SgNode): Value {
  const parts: Part[] = [];
  for (const { value, place } of values) {
    for (const part of value.parts) {
      const last = parts.at(-1);
      if (part.kind === 'text' && last?.kind === 'text')
        parts[parts.length - 1] = { kind: 'text', text: clipText(last.text + part.text) };
      else if (part.kind === 'hole' && part.builtIn === null) parts.push({ ...part, builtIn: at, place });
      else parts.push(part);
    }
  }
  const built = parts.length > 1 || values.some(({ value }) => value.built);
  return { parts: clipParts(parts), items: null, built };
}

export function joinValues(items: readonly Value[], separator: Value, at: SgNode): Value {
  const spaced = items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
  return concatValues(
    spaced.map((value) => ({ value, place: null })),
    at,
  );
}

/** Past the limit only holes that are new are kept: a text that repeats itself says nothing more. */
function clipParts(parts: Part[]): Part[] {
  if (parts.length <= MAX_PARTS) return parts;
  const kept = parts.slice(0, MAX_PARTS);
  const seen = new Set(kept.map((part) => (part.kind === 'hole' ? `${part.level} ${part.name}` : '')));
  for (const part of parts.slice(MAX_PARTS)) {
    if (part.kind !== 'hole' || kept.length >= 2 * MAX_PARTS) continue;
    const key = `${part.level} ${part.name}`;
    if (!seen.has(key)) kept.push(part);
    seen.add(key);
  }
  return kept;
}

function clipText(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT / 2)} ${text.slice(-MAX_TEXT / 2)}`;
}

const LEVELS = ['safe', 'foreign', 'helper', 'unknown', 'tainted'] as const;
const RANK: Record<Level, number> = { safe: 1, foreign: 2, helper: 3, unknown: 4, tainted: 5 };

function weigh(value: Value): number {
  const own = value.parts.reduce((most, part) => Math.max(most, part.kind === 'hole' ? RANK[part.level] : 0), 0);
  const worst = (value.items ?? []).reduce((most, item) => Math.max(most, weigh(item)), own);
  return worst + (value.built ? 0.5 : 0);
}

/** The more dangerous of several possible values. */
export function worstValue(values: readonly Value[]): Value {
  return values.reduce((worst, value) => (weigh(value) > weigh(worst) ? value : worst), values[0] ?? EMPTY);
}

export function levelOf(value: Value): Level {
  return LEVELS[Math.floor(weigh(value)) - 1] ?? 'safe';
}

/** The path of its most dangerous hole. */
export function traceOf(value: Value): readonly Step[] {
  const level = levelOf(value);
  return value.parts.find((part): part is Hole => part.kind === 'hole' && part.level === level)?.trace ?? [];
}

/** The same value with every hole at most as dangerous as `level`. */
export function capLevel(value: Value, level: Level): Value {
  const parts = value.parts.map((part) =>
    part.kind === 'hole' && RANK[part.level] > RANK[level] ? { ...part, level } : part,
  );
  return { ...value, parts, items: value.items?.map((item) => capLevel(item, level)) ?? null };
}

/** A value that merely got another name is spoken of by that name. */
export function renameHoles(value: Value, name: string): Value {
  if (value.parts.length !== 1) return value;
  return { ...value, parts: value.parts.map((part) => (part.kind === 'hole' ? { ...part, name } : part)) };
}

export function elementOf(list: Value, name: string): Value {
  if (list.items && list.items.length > 0) return worstValue(list.items);
  if (list.parts.every((part) => part.kind === 'text') && list.parts.length > 0) return holeValue('safe', name);
  return renameHoles(list, name);
}

export function addStep(value: Value, step: Step): Value {
  const extend = (part: Part): Part =>
    part.kind === 'hole' && part.trace.length < 12 && part.trace.at(-1)?.line !== step.line
      ? { ...part, trace: [...part.trace, step] }
      : part;
  return { ...value, parts: value.parts.map(extend), items: value.items?.map((item) => addStep(item, step)) ?? null };
}
