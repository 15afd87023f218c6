import { fieldTaint, isTextWithout } from './field-taint.ts';
import { isSaid, mergeTaints } from './merge-taints.ts';
import { oneOf, textsOf } from './one-of.ts';
import { holdsSame, isSame } from './same-parts.ts';
import { hasUnknownFields } from './unknown-fields.ts';
import type { Closure, Hole, Piece, Place, Taint, Value } from './value.ts';
import { weigh } from './weigh.ts';

const MOST_TEXT = 4000;
const MOST_ENTRIES = 64;

/** All fields, also those that are seldom set: what is always of one form is read faster. */
const NOTHING = {
  pieces: [],
  built: null,
  name: null,
  functions: [],
  of: null,
  namespace: null,
  entries: null,
  keys: undefined,
  open: undefined,
  constant: undefined,
  otherwise: undefined,
  length: undefined,
  shape: undefined,
  type: null,
} as const;

export const EMPTY: Value = { ...NOTHING };
/** Nothing is known of it, and nobody outside decides it as far as we see. */
export const UNKNOWN: Value = { ...NOTHING, pieces: [hole('…', [])] };

export function hole(name: string, taints: readonly Taint[], fixed = false, place: Place | null = null): Hole {
  return { kind: 'hole', name, taints, fixed, place, texts: undefined };
}

export function textValue(text: string): Value {
  return { ...NOTHING, pieces: text === '' ? [] : [{ kind: 'text', text: clipText(text) }] };
}

export function constantValue(constant: number | boolean | null): Value {
  return { ...NOTHING, pieces: [hole(String(constant), [], true)], constant };
}

export function plainValue(name: string): Value {
  return { ...NOTHING, pieces: [hole(name, [], true)] };
}

export function namedValue(name: string): Value {
  return { ...NOTHING, pieces: [hole(name, [])], name };
}

export function opaqueValue(name: string, taints: readonly Taint[] = []): Value {
  return { ...NOTHING, pieces: [hole(name, taints)] };
}

/** A regular expression that stands in the program. */
export function patternValue(source: string, flags: string): Value {
  const entries = new Map([
    ['source', textValue(source)],
    ['flags', textValue(flags)],
  ]);
  return { ...NOTHING, pieces: [hole('/…/', [])], name: 'RegExp', entries };
}

export function containerValue(entries: ReadonlyMap<string, Value>): Value {
  return { ...NOTHING, pieces: [hole('{…}', [])], entries: clipEntries(entries) };
}

export function listValue(items: readonly Value[]): Value {
  return containerValue(new Map(items.map((item, index) => [String(index), item])));
}

/** What models say of what a request asks for, as it was written. */
export const ADDRESS = 'the address of the request';

/** Everything that others decide about it, its fields included. */
export function taintsOf(value: Value): readonly Taint[] {
  if (!value.entries) return taintsOfPieces(value.pieces);
  const known = TAINTS.get(value);
  if (known) return known;
  const all = collectTaints(value, DEEPEST);
  TAINTS.set(value, all);
  return all;
}

/** Of values with fields: they are asked again and again, and never change. */
const TAINTS = new WeakMap<Value, readonly Taint[]>();
/** Fields of fields, so far down. */
export const DEEPEST = 3;

function collectTaints(value: Value, depth: number): readonly Taint[] {
  let all = taintsOfPieces(value.pieces);
  if (!value.entries || depth === 0) return all;
  for (const one of value.entries.values()) all = all.concat(collectTaints(one, depth - 1));
  return mergeTaints(all);
}

function taintsOfPieces(pieces: readonly Piece[]): readonly Taint[] {
  let all: readonly Taint[] = [];
  for (const piece of pieces) if (piece.kind === 'hole' && piece.taints.length > 0) all = all.concat(piece.taints);
  return mergeTaints(all);
}

/** Sources that the operator decides, and no stranger. */
export const OF_OPERATOR = new Set(['argument', 'environment']);

/** What strangers decide about it. */
export function strangersOf(value: Value): readonly Taint[] {
  return taintsOf(value).filter(({ kind }) => !OF_OPERATOR.has(kind));
}

export function clipText(text: string): string {
  return text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT / 2)} ${text.slice(-MOST_TEXT / 2)}`;
}

function clipEntries(entries: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  if (entries.size <= MOST_ENTRIES) return entries;
  const all = [...entries];
  const rest = joinValues(all.slice(MOST_ENTRIES - 1).map(([, value]) => value));
  return new Map([...all.slice(0, MOST_ENTRIES - 1), ['*', rest]]);
}

/** One of several: what may be the case in any of them is the case. */
export function joinValues(values: readonly Value[]): Value {
  const [first, ...rest] = values;
  if (!first) return EMPTY;
  return rest.reduce(joinTwo, first);
}

/** Two of the same stay the very same, so that what is joined of them later is seen to be one at once. */
export function joinTwo(a: Value, b: Value): Value {
  return a === b ? a : joinAt(a, b, null);
}

function joinAt(a: Value, b: Value, inner: Inner | null): Value {
  const [worse, other] = weigh(b) > weigh(a) ? [b, a] : [a, b];
  const open =
    a.open || b.open || (a.entries ? hasUnknownFields(b) : b.entries && hasUnknownFields(a)) ? true : undefined;
  const keys = a.keys && b.keys ? joinTwo(a.keys, b.keys) : undefined;
  const joined: Value = {
    ...NOTHING,
    pieces: joinPieces(worse, other),
    built: worse.built ?? other.built,
    name: joinNames(a.name, b.name),
    functions: joinFunctions(a.functions, b.functions),
    of: a.of ?? b.of,
    namespace: a.namespace ?? b.namespace,
    entries: joinEntries(a, b, inner),
    open,
    keys,
    constant: a.constant === b.constant ? a.constant : undefined,
    type: a.type ?? b.type,
  };
  return isSame(joined, a) ? a : isSame(joined, b) ? b : joined;
}

/** Bytes that are zero on one of the ways only (Go's `make([]byte, 12)`) are not. */
export const BLANK = 'make()';

/** What a generator gives. */
export const YIELDED = '#yielded';

function joinNames(a: string | null, b: string | null): string | null {
  return a !== b && (a === BLANK || b === BLANK) ? null : (a ?? b);
}

/** The text of the worse one; what the other is tainted by goes on its last hole, so that nothing is lost. */
function joinPieces(worse: Value, other: Value): readonly Piece[] {
  const missing = taintsOfPieces(other.pieces);
  const isConstant = (value: Value): boolean => value.pieces.every((piece) => piece.kind === 'text');
  // Two constants: one of a fixed list.
  if (isConstant(worse) && isConstant(other)) {
    const same = textOf(worse) === textOf(other);
    return same ? worse.pieces : [oneOf([textOf(worse), textOf(other)])];
  }
  const [some, more] = [textsOf(worse), textsOf(other)];
  if (some.length > 0 && more.length > 0) return [oneOf([...some, ...more])];
  if (missing.length === 0) return worse.pieces;
  const at = worse.pieces.findLastIndex((piece) => piece.kind === 'hole');
  const last = worse.pieces[at];
  if (last?.kind === 'hole' && missing.every((one) => isSaid(last.taints, one))) return worse.pieces;
  return worse.pieces.map((piece, index) =>
    index === at && piece.kind === 'hole' ? { ...piece, taints: mergeTaints([...piece.taints, ...missing]) } : piece,
  );
}

function joinFunctions(a: readonly Closure[], b: readonly Closure[]): readonly Closure[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  return [...new Map([...a, ...b].map((one) => [one.key, one])).values()].slice(0, 6);
}

function joinEntries(a: Value, b: Value, inner: Inner | null): Value['entries'] {
  if (a.entries === b.entries) return a.entries;
  const within = inner ?? { depth: 0, known: new Map() };
  const joined = new Map<string, Value>();
  for (const key of new Set([...(a.entries?.keys() ?? []), ...(b.entries?.keys() ?? [])])) {
    const [one, other] = [a.entries?.get(key) ?? restOf(a, key), b.entries?.get(key) ?? restOf(b, key)];
    const known = one && other ? joinInner(one, other, within) : (one ?? other);
    if (known) joined.set(key, known);
  }
  return holdsSame(joined, a.entries ?? b.entries) ? (a.entries ?? b.entries) : clipEntries(joined);
}

/** Fields of fields that are joined one by one; below, all that is in them is told as one. */
const MOST_INNER = 6;

/** Of one join: how far down it is, and what it has joined, by the two. */
interface Inner {
  depth: number;
  known: Map<Value, Map<Value, Value>>;
}

/**
 * What holds what it was put into (`task.pool = pool; pool.last = task`) is one step deeper after each round, and all ways in it lead
 * to the same few objects. Each two are joined once, and so stay shared, and no deeper than somebody may ask.
 */
function joinInner(a: Value, b: Value, { depth, known }: Inner): Value {
  if (a === b) return a;
  if (!a.entries && !b.entries) return joinTwo(a, b);
  const before = known.get(a)?.get(b);
  if (before) return before;
  const joined =
    depth < MOST_INNER ? joinAt(a, b, { depth: depth + 1, known }) : joinTwo(withoutFields(a), withoutFields(b));
  const ofA = known.get(a) ?? new Map<Value, Value>();
  known.set(a, ofA.set(b, joined));
  return joined;
}

function withoutFields(value: Value): Value {
  return value.entries ? { ...flatValue(value), entries: null } : value;
}

/** A field of what others send, which nothing here has set: `if (query.to === '') query.to = '/'`. */
function restOf({ pieces }: Value, name: string): Value | null {
  const [first] = pieces;
  if (first?.kind !== 'hole' || first.taints.length === 0 || !/^[A-Za-z_]\w*$/.test(name)) return null;
  return opaqueValue(
    `${first.name}.${name}`,
    first.taints.flatMap((taint) => (isTextWithout(taint, name, ADDRESS) ? [] : [fieldTaint(taint, name)])),
  );
}

/** The text, or null where not all of it is constant. */
export function constantText(value: Value): string | null {
  if (value.entries || value.functions.length > 0) return null;
  return value.pieces.some((piece) => piece.kind === 'hole') ? null : textOf(value);
}

/** Its text with "\0" in place of each hole. */
export function textOf(value: Value): string {
  return value.pieces.map((piece) => (piece.kind === 'text' ? piece.text : '\0')).join('');
}

export function isFixed(value: Value): boolean {
  return value.pieces.every((piece) => piece.kind === 'text' || piece.fixed);
}

/** Of an object or list all that others decide, as one hole. */
export function flatValue(value: Value): Value {
  return value.entries ? { ...value, pieces: [hole('{…}', taintsOf(value))] } : value;
}
