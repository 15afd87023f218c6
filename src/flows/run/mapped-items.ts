import { listItems } from '../values/list-items.ts';
import type { Value } from '../values/value.ts';
import type { Evaluated, Frame } from './run.ts';

/** So many items are looked at one by one. */
const MOST_ITEMS = 8;

/** `['id', name].map((one) => one.trim())` of JavaScript: the items of a list that is known; null: it is another call, or not all are known. */
export function mappedItems(frame: Frame, { method, receiver, args }: Evaluated): readonly Value[] | null {
  if (method !== 'map' || frame.inLoop || frame.closure.home.module.language !== 'typescript') return null;
  if (args.list.length !== 1 || args.list[0]?.functions.length !== 1) return null;
  const items = receiver && !receiver.open && !receiver.keys ? listItems(receiver) : null;
  return items && items.length > 0 && items.length <= MOST_ITEMS ? items : null;
}
