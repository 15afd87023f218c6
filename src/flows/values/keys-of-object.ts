import { mapTaints } from './map-taints.ts';
import type { Value } from './value.ts';
import { joinTwo, taintsOf } from './values.ts';

/** Under this name an object holds its keys that others decide. */
export const KEYS = '#keys';

/** With a key that others decide: it harms nothing but what reads keys. */
export function withKey(entries: Map<string, Value>, key: Value, label: number): void {
  const taints = taintsOf(key);
  if (label === 0 || taints.length === 0 || key.entries) return;
  // `members.${id}` is below a field of ours; `$${operator}` is an operator.
  const [first] = key.pieces;
  if (first?.kind === 'text' && !first.text.startsWith('$')) return;
  const one = mapTaints(key, (taint) => ({ ...taint, safe: taint.safe & label ? taint.safe : ~label }));
  const known = entries.get(KEYS);
  entries.set(KEYS, known ? joinTwo(known, one) : one);
}

/** What an object or a list holds under its names. */
export function itemsIn(entries: ReadonlyMap<string, Value>): Value[] {
  return [...entries].flatMap(([key, one]) => (key === KEYS ? [] : [one]));
}
