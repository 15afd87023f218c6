import { listItems } from '../values/list-items.ts';
import { containerValue, listValue, opaqueValue, plainValue, type Value } from '../values/value.ts';
import { fieldTaints, itemOf } from './fields.ts';

/** What a loop over such a call's result is given. */
export function iterate(
  as: 'pairs' | 'keys' | 'numbered' | 'tuples',
  over: Value,
  all: readonly Value[],
  text: string,
): Value {
  const rows = as === 'tuples' ? tuplesOf(all) : null;
  if (rows) return rows;
  const isKnown = over.entries !== null && over.entries.size > 0 && !over.entries.has('*');
  // What is shown of an item is not shown of its name.
  const outside = (): Value =>
    opaqueValue(text, fieldTaints({ ...over, entries: null }, as === 'pairs' ? '#key' : '*'));
  const key = over.keys ?? (isKnown ? plainValue(text) : outside());
  const item = (one: Value): Value => itemOf(one, text);
  const each = {
    pairs: () => listValue([key, item(over)]),
    keys: () => key,
    numbered: () => listValue([plainValue(text), item(over)]),
    tuples: () => listValue(all.map(item)),
  }[as]();
  return containerValue(new Map([['*', each]]));
}

/** `zip(names, values)` of lists that are known. */
function tuplesOf(all: readonly Value[]): Value | null {
  const lists = all.map(listItems);
  const [first] = lists;
  if (!first?.length || lists.includes(null)) return null;
  return listValue(
    first.flatMap((_, at) =>
      lists.every((one) => one?.[at]) ? [listValue(lists.flatMap((one) => one?.[at] ?? []))] : [],
    ),
  );
}
