import { listItems } from '../values/list-items.ts';
import type { Value } from '../values/value.ts';
import { constantValue, containerValue, listValue, opaqueValue, plainValue, textValue } from '../values/values.ts';
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
  const known = as === 'numbered' || as === 'pairs' ? rowsOf(as, over) : null;
  if (known) return known;
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

/** `enumerate(names)`, `fields.items()` of what is known item by item. */
function rowsOf(as: 'numbered' | 'pairs', over: Value): Value | null {
  if (over.open || over.keys || over.name !== null || over.of) return null;
  if (as === 'numbered') {
    const items = listItems(over);
    return items?.length ? listValue(items.map((item, at) => listValue([constantValue(at), item]))) : null;
  }
  const all = [...(over.entries ?? [])];
  if (all.length === 0 || all.some(([key]) => !/^\w+$/.test(key))) return null;
  return listValue(all.map(([key, item]) => listValue([textValue(key), item])));
}
