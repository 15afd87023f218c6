import type { ContractHit, Place } from '../hit.ts';
import type { SpecNode } from './parse-spec.ts';
import { readSchema, type Schema } from './read-schema.ts';
import { refOf, resolveRef } from './resolve-ref.ts';

export type Direction = 'request' | 'answer';

/** The two texts, and what is noted of their difference. */
export interface Sides {
  base: SpecNode;
  head: SpecNode;
  note(kind: ContractHit, place: Place, where: string, values: { NAME: string; BEFORE?: string; AFTER?: string }): void;
  /** False: too much was compared. */
  step(): boolean;
}

/** Nobody reads more names of new values. */
const MOST_VALUES = 5;

interface Pair {
  base: SpecNode;
  head: SpecNode;
}

/**
 * Whether a client of the base still understands what the head answers, or still sends what the head takes. What is not sure is
 * not said: where one side leaves a type open, or points to another file.
 *
 * @param name of the value: `items[].price`; "" for the whole body
 */
export function compareSchemas(sides: Sides, pair: Pair, direction: Direction, where: string, name: string, up: Place) {
  const seen = new Map<SpecNode, Set<SpecNode>>();
  const visit = (given: Pair, name: string, up: Place): void => {
    const base = resolveRef(sides.base, given.base);
    const head = resolveRef(sides.head, given.head);
    const known = seen.get(base.node) ?? new Set();
    if (known.has(head.node) || !sides.step()) return;
    seen.set(base.node, known.add(head.node));
    const own: Place = { base: given.base, head: given.head, up };
    const referred = base.through.length + head.through.length > 0;
    const place: Place = referred ? { base: base.node, head: head.node, owner: true, up: own } : own;
    const before = readSchema(sides.base, base.node);
    const after = readSchema(sides.head, head.node);
    if (before.opaque || after.opaque) return;
    const note = (kind: ContractHit, at: Place, part: string, change: { BEFORE?: string; AFTER?: string } = {}): void =>
      sides.note(kind, at, where, { NAME: part || 'the body', ...change });
    if (before.variants || after.variants) {
      visitVariants(before.variants, after.variants, name, place);
      return;
    }
    if (!compareTypes(before, after, direction, place, (kind, at, change) => note(kind, at, name, change))) return;
    compareValues(before, after, direction, place, (kind, at, value) => note(kind, at, value, { AFTER: name }));
    if (direction === 'request')
      compareLimits(before, after, place, (at, change) => note('request-limit-narrowed', at, name, change));
    const prefix = name === '' ? '' : `${name}.`;
    for (const [key, property] of before.properties) {
      const now = after.properties.get(key);
      if (isHidden(sides.base, property, direction)) continue;
      const at: Place = { base: property, head: now ?? null, up: place };
      if (!now) {
        const kind = direction === 'answer' ? 'answer-field-removed' : 'request-field-removed';
        note(kind, at, prefix + key);
        continue;
      }
      const must = { base: before.required.get(key) ?? null, head: after.required.get(key) ?? null, up: at };
      if (direction === 'answer' && must.base && !must.head) note('answer-field-optional', must, prefix + key);
      if (direction === 'request' && !must.base && must.head && !hasDefault(sides.head, now))
        note('request-field-required', must, prefix + key);
      visit({ base: property, head: now }, prefix + key, place);
    }
    if (direction === 'request')
      for (const [key, item] of after.required) {
        const property = after.properties.get(key);
        if (!property || before.properties.has(key) || before.required.has(key)) continue;
        if (!isHidden(sides.head, property, direction) && !hasDefault(sides.head, property))
          note(
            'request-field-required',
            { base: null, head: item, up: { base: null, head: property, up: place } },
            prefix + key,
          );
      }
    if (before.items && after.items) visit({ base: before.items, head: after.items }, `${name}[]`, place);
    if (before.others && after.others) visit({ base: before.others, head: after.others }, `${prefix}*`, place);
  };
  /** Alternatives are the same where they name the same schema. */
  const visitVariants = (before: Schema['variants'], after: Schema['variants'], name: string, place: Place): void => {
    const named = new Map((after ?? []).flatMap((one) => (refOf(one) === null ? [] : [[refOf(one), one] as const])));
    for (const one of before ?? []) {
      const now = named.get(refOf(one));
      if (now) visit({ base: one, head: now }, name, place);
    }
  };
  visit(pair, name, up);
}

/** A request takes no value that is only read, and an answer none that is only written. */
function isHidden(root: SpecNode, node: SpecNode, direction: Direction): boolean {
  const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
  return [node, resolveRef(root, node).node].some((one) => one.members?.get(flag)?.value === true);
}

function hasDefault(root: SpecNode, node: SpecNode): boolean {
  return [node, resolveRef(root, node).node].some((one) => one.members?.has('default'));
}

type NoteChange = (kind: ContractHit, at: Place, change: { BEFORE: string; AFTER: string }) => void;

/** False: the types have nothing to do with each other, and what is inside is not compared. */
function compareTypes(before: Schema, after: Schema, direction: Direction, up: Place, note: NoteChange): boolean {
  if (!before.types || !after.types) return true;
  const [offered, taken] = direction === 'answer' ? [after.types, before.types] : [before.types, after.types];
  const strange = [...offered].filter((one) => !taken.has(one) && !(one === 'integer' && taken.has('number')));
  const place: Place = { base: before.typeNode, head: after.typeNode, up };
  const change = { BEFORE: describeType(before), AFTER: describeType(after) };
  const kind = direction === 'answer' ? 'answer-type-changed' : 'request-type-changed';
  if (strange.length === 0) {
    if (change.BEFORE !== change.AFTER && isOtherFormat(before, after)) note(kind, place, change);
    return true;
  }
  if (strange.every((one) => one === 'null')) {
    if (direction === 'answer') note('answer-nullable', { base: null, head: after.nullNode, up }, change);
    return true;
  }
  note(kind, place, change);
  return false;
}

/** Texts that are read otherwise. Widths of numbers are a matter of the language. */
function isOtherFormat(before: Schema, after: Schema): boolean {
  const read = ['date', 'date-time', 'time', 'duration', 'byte', 'binary', 'uuid'];
  return (
    before.format !== after.format && [before.format, after.format].every((one) => one !== null && read.includes(one))
  );
}

function describeType({ types, format }: Schema): string {
  const text = [...(types ?? [])].sort().join(' or ');
  return format === null ? text : `${text} (${format})`;
}

function compareValues(
  before: Schema,
  after: Schema,
  direction: Direction,
  up: Place,
  note: (kind: ContractHit, at: Place, value: string) => void,
): void {
  if (!before.values || !after.values) return;
  if (direction === 'answer') {
    const added = [...after.values].filter(([value]) => !before.values?.has(value));
    const [first] = added;
    const names = added.map(([value]) => value).slice(0, MOST_VALUES);
    if (first) note('answer-enum-value-added', { base: null, head: first[1], up }, names.join(', '));
  } else {
    for (const [value, base] of before.values)
      if (!after.values.has(value)) note('request-enum-value-removed', { base, head: null, up }, value);
  }
}

function compareLimits(
  before: Schema,
  after: Schema,
  up: Place,
  note: (at: Place, change: { BEFORE: string; AFTER: string }) => void,
): void {
  for (const [name, base] of before.limits) {
    const head = after.limits.get(name);
    if (typeof base.value !== 'number' || typeof head?.value !== 'number') continue;
    const narrower = name.startsWith('max') ? head.value < base.value : head.value > base.value;
    if (narrower) note({ base, head, up }, { BEFORE: `${name} ${base.value}`, AFTER: `${name} ${head.value}` });
  }
}
