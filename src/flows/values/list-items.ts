import type { Value } from './value.ts';
import { YIELDED } from './values.ts';

/** Items by their numbers; null: it is no list, or not all are known. */
export function listItems({ entries, name, of }: Value): readonly Value[] | null {
  if (!entries || (name !== null && name !== YIELDED) || of) return null;
  const items = [...entries.keys()].map((_, index) => entries.get(String(index)));
  return items.includes(undefined) ? null : (items as Value[]);
}
