import type { FlowClass } from '../data/flow-class.ts';
import { fieldsOfKey } from '../values/field-taint.ts';
import { KEYS } from '../values/keys-of-object.ts';
import type { Hole, Taint, Value } from '../values/value.ts';
import { HOLE, skeletonOf } from '../values/value-key.ts';
import { EMPTY, flatValue, strangersOf } from '../values/values.ts';

/** Which holes of a value are dangerous where a class says so. */
export function createJudge(
  classes: readonly FlowClass[],
): (kind: string, value: Value, before?: string) => readonly Hole[] {
  const byKind = new Map(classes.map((one) => [one.kind, judgeOf(one)]));
  return (kind, value, before) => byKind.get(kind)?.(value, before) ?? [];
}

function judgeOf(one: FlowClass): (value: Value, before?: string) => readonly Hole[] {
  switch (one.dangerous) {
    case 'host':
      return (value) => holesOfHost(flatValue(value));
    case 'object':
      return (value) => holesOfObject(value);
    case 'keys':
      return (value) => holesOfKeys(value);
    case 'whole':
      return holesOfWhole;
    case 'text':
      return (value) => (value.entries ? [] : withoutWhole(holes(value)));
    case 'word': {
      const commands = one.commands.map((pattern) => new RegExp(`^(?:${pattern})$`));
      const isTaken = new RegExp(`(?:^| )(?:${one.unlessBehind ?? '(?!)'})$`);
      return (value, before = '') =>
        isTaken.test(before) || !commands.some((command) => command.test(before)) ? [] : firstHole(flatValue(value));
    }
    case 'anywhere':
      return (value) => holes(flatValue(value));
    case 'statement': {
      const looksLike = one.looksLike === undefined ? null : new RegExp(one.looksLike, 'i');
      const prose = one.prose === undefined ? null : new RegExp(one.prose, 'i');
      return (value) => {
        const flat = flatValue(value);
        const skeleton = skeletonOf(flat);
        if (looksLike && !looksLike.test(skeleton)) return [];
        return prose?.test(skeleton) ? [] : holes(flat);
      };
    }
  }
}

function holes({ pieces }: Value): Hole[] {
  return pieces.filter((piece) => piece.kind === 'hole');
}

/** What a text begins with decides whether it is an option: nothing that stands behind that does. */
function firstHole({ pieces: [first] }: Value): Hole[] {
  return first?.kind === 'hole' ? [first] : [];
}

function keepTaints(found: readonly Hole[], keep: (taint: Taint) => boolean): Hole[] {
  return found
    .map((hole): Hole => ({ ...hole, taints: hole.taints.filter(keep) }))
    .filter((hole) => hole.taints.length > 0);
}

/** An object as a text is `[object Object]`. */
function withoutWhole(found: readonly Hole[]): Hole[] {
  return keepTaints(found, (taint) => !taint.whole);
}

const MOST_DEPTH = 4;
/** Operators whose value is compared as it is, and one that runs it. */
const COMPARED = /^\$(?:eq|in|nin|ne|gt|gte|lt|lte|regex|options|size|mod|exists|type|search|set|inc|push)$/;
const RUN = /^\$(?:where|function|accumulator)$/;

/** Values that can be objects where a filter expects a text: what was put together as text is one. */
function holesOfObject(value: Value, depth = 0): Hole[] {
  if (depth > MOST_DEPTH) return [];
  const rest = value.entries ? restOf(value) : undefined;
  if (rest) return [...holesOfObject(rest, depth), ...holesOfObject({ ...value, open: undefined }, depth)];
  if (value.entries)
    return [...value.entries].flatMap(([key, one]) => {
      // A text is code there; that of the filter itself is a place of its own in the models.
      if (key === '$where' && depth === 0) return [];
      if (RUN.test(key))
        return holes(flatValue(one)).map((hole) => ({
          ...hole,
          taints: hole.taints.map((taint) => ({ ...taint, safe: 0 })),
        }));
      return key === KEYS || COMPARED.test(key) ? [] : holesOfObject(one, depth + 1);
    });
  return value.built || value.pieces.length !== 1 ? [] : holes(value);
}

/** Names of fields: keys that are not constant, and those of the pairs of a list (`bson.D{{key, value}}`). */
function holesOfKeys({ entries }: Value, depth = 0, isItem = false): Hole[] {
  if (!entries || depth > MOST_DEPTH) return [];
  const pair = entries.get('Key') ?? (isItem && entries.size === 2 && entries.has('1') ? entries.get('0') : undefined);
  const named = pair && !pair.entries ? holes(pair) : [];
  return [
    ...named,
    ...[...entries].flatMap(([key, one]) =>
      key === KEYS ? holes(one) : holesOfKeys(one, depth + 1, /^(?:\d+|\*)$/.test(key)),
    ),
  ];
}

/** `body.at = now`: all other fields are still what was sent. */
function restOf(value: Value): Value | undefined {
  return value.open && !value.built ? { ...value, entries: null } : undefined;
}

/** All that the caller sends, as it came or spread into an object, and of no declared shape. */
function holesOfWhole(value: Value): Hole[] {
  const all = value.entries ? (value.entries.get('*') ?? restOf(value)) : value;
  if (!all || all.entries || all.of || all.type) return [];
  return keepTaints(holes(all), isOfWhole);
}

/** All of it, or each of its keys in turn. */
function isOfWhole({ whole, key }: Taint): boolean {
  return whole || fieldsOfKey(key).every((field) => field === '*');
}

/** A value decides the server unless the text before it has named one, and ended its name. */
const SERVER_NAMED =
  /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#\\]+[/?#]|^\uE000(?!:?\/\/)[^/?#]*[/?#]|^\/(?![/\\])[^/\\]|^\.{0,2}\/(?=[a-z0-9])|^[?#]|^mailto:|^[a-z][\w-]*[/?#]/i;

function holesOfHost({ pieces }: Value): Hole[] {
  const found: Hole[] = [];
  let before = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') before += piece.text;
    else {
      if (SERVER_NAMED.test(before) || /x[^]*[?#]/.test(before)) return found;
      // What is fixed but not known may be the whole address; so may what the callers decide.
      if (strangersOf({ ...EMPTY, pieces: [piece] }).length === 0) return [];
      found.push(piece);
      if (piece.taints.every(({ kind }) => kind === 'parameter')) return found;
      before += HOLE;
    }
  }
  return found;
}
