import { listItems } from '../values/list-items.ts';
import type { Value } from '../values/value.ts';
import type { Evaluated, Frame } from './run.ts';

/** So many items are looked at one by one. */
const MOST_ITEMS = 8;

/** `['id', name].map((one) => one.trim())` of JavaScript, `map(str.strip, names)` of Python: the items of a list that is known; null: it is another call, or not all are known. */
export function mappedItems(frame: Frame, { method, name, receiver, args }: Evaluated): readonly Value[] | null {
  const { language } = frame.closure.home.module;
  const isBuiltIn = language === 'python' && name === 'map' && args.list.length === 2;
  if (frame.inLoop || !(isBuiltIn || (method === 'map' && language === 'typescript' && args.list.length === 1)))
    return null;
  const [by, second] = args.list;
  if (!isBuiltIn && by?.functions.length !== 1) return null;
  const over = isBuiltIn ? second : receiver;
  const items = over && !over.open && !over.keys ? listItems(over) : null;
  return items && items.length > 0 && items.length <= MOST_ITEMS ? items : null;
}
