import type { Evaluated } from '../run/run.ts';
import { cutValue } from './cut-value.ts';
import { listItems } from './list-items.ts';
import type { Value } from './value.ts';
import { constantText, containerValue, joinValues, listValue, textValue, UNKNOWN } from './values.ts';

/**
 * What JavaScript's own methods of lists and functions of objects make of what is known item by item: `items.slice(1)`,
 * `Object.values(fields)`. Null: it is another call, or not all is known.
 */
export function knownParts({ name, method, receiver, args }: Evaluated): Value | null {
  const { list } = args;
  const [first] = list;
  if (name === 'Object.assign') return assigned(list);
  if (name === 'Object.fromEntries') return first ? fieldsOf(first) : null;
  if (name === 'Object.values' || name === 'Object.entries') {
    const fields = first ? knownFields(first) : null;
    if (!fields?.size) return null;
    const rows = [...fields].map(([key, value]) =>
      name === 'Object.values' ? value : listValue([textValue(key), value]),
    );
    return listValue(rows);
  }
  const items = receiver && !receiver.open && !receiver.keys ? listItems(receiver) : null;
  if (!items?.length) return null;
  if (method === 'slice') return sliced(receiver as Value, items, list);
  if (method === 'at') return typeof first?.constant === 'number' ? (items.at(first.constant) ?? null) : null;
  if (method !== 'concat') return null;
  const more = list.map((one) => (one.entries ? listItems(one) : null));
  return more.includes(null) ? null : listValue([...items, ...more.flatMap((some) => some ?? [])]);
}

function sliced(of: Value, items: readonly Value[], ends: readonly Value[]): Value {
  const cut = cutValue(of, ['from', 'to'].slice(0, ends.length), ends);
  // Which of them are left depends.
  return cut ?? containerValue(new Map([['*', joinValues(items)]]));
}

/** Numbers as names come first, whatever their order was. */
function knownFields({ entries, name, of, open, keys }: Value): ReadonlyMap<string, Value> | null {
  if (!entries || name !== null || of || open || keys) return null;
  return [...entries.keys()].every((key) => /^[A-Za-z_$][\w$]*$/.test(key)) ? entries : null;
}

function assigned(list: readonly Value[]): Value | null {
  const [target, ...sources] = list;
  if (!target?.entries || target.entries.size > 0 || sources.length === 0) return null;
  const all = sources.map(knownFields);
  return all.includes(null) ? null : containerValue(new Map(all.flatMap((fields) => [...(fields ?? [])])));
}

/** `[['a', x], ['b', y]]` */
function fieldsOf(pairs: Value): Value | null {
  const items = pairs.open || pairs.keys ? null : listItems(pairs);
  const rows = items?.map(({ entries }) => [constantText(entries?.get('0') ?? UNKNOWN), entries?.get('1')] as const);
  if (!rows?.length || rows.some(([key, value]) => !key || !value)) return null;
  return containerValue(new Map(rows.map(([key, value]) => [key ?? '', value ?? UNKNOWN])));
}
