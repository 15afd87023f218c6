import { fieldTaints, keyed } from '../run/fields.ts';
import type { Arguments, Evaluated } from '../run/run.ts';
import { itemsIn } from './keys-of-object.ts';
import { listItems } from './list-items.ts';
import type { Value } from './value.ts';
import { constantKey } from './value-key.ts';
import {
  constantText,
  containerValue,
  joinTwo,
  joinValues,
  listValue,
  opaqueValue,
  taintsOf,
  textValue,
  UNKNOWN,
} from './values.ts';

/** The keys under which a function keeps what it gets with each call. */
export const BOUND = '#bound ';

/** Containers that return their items in the order in which they came. */
export const QUEUE = 'queue.Queue';

/** The name of a class that `namedtuple` has made; what its fields are called is bound to it as its first argument. */
const TUPLE = '#namedtuple';

/** What `itemgetter` has made; the keys that it asks for are bound to it. */
const GETTER = '#itemgetter';

/** Dictionaries, objects of named fields and tuples, as calls of the language's own library make and read them; null: it is another call. */
export function madeContainer({ name, method, receiver, args }: Evaluated): Value | null {
  if (name !== null && Object.hasOwn(MAKERS, name)) return MAKERS[name]?.(args) ?? null;
  if (!receiver?.entries) return null;
  // `list(form.values())[0]`
  if (method === 'values' && args.list.length === 0 && args.named.size === 0 && !receiver.name)
    return containerValue(new Map([['*', joinValues(itemsIn(receiver.entries))]]));
  if (name === `${QUEUE}.get` || name === `${QUEUE}.get_nowait`)
    return receiver.entries.size > 0 ? joinValues(itemsIn(receiver.entries)) : null;
  if (method === '_replace') return { ...receiver, entries: new Map([...receiver.entries, ...args.named]) };
  return method === '_asdict' && args.list.length === 0 ? receiver : null;
}

type Maker = (args: Arguments) => Value | null;

const MAKERS: Readonly<Record<string, Maker>> = {
  dict: makeDict,
  'collections.OrderedDict': makeDict,
  'collections.defaultdict': ({ named }) => containerValue(keyed(named)),
  'collections.ChainMap': ({ list }) =>
    list.length > 0 && list.every(({ entries, open, of }) => entries && !open && !of)
      ? containerValue(new Map(list.toReversed().flatMap(({ entries }) => [...(entries ?? [])])))
      : null,
  'dataclasses.replace': ({ list: [first], named }) =>
    first?.entries ? { ...first, entries: new Map([...first.entries, ...keyed(named)]) } : null,
  'operator.itemgetter': ({ list }) => ({
    ...opaqueValue('itemgetter'),
    name: GETTER,
    entries: new Map([[`${BOUND}0`, listValue(list)]]),
  }),
  [GETTER]: ({ list: [keys = UNKNOWN, of = UNKNOWN] }) => {
    const parts = (listItems(keys) ?? []).map((key) => {
      const name = constantKey(key) ?? '*';
      return of.entries?.get(name) ?? opaqueValue(name, fieldTaints(of, name));
    });
    return parts.length > 1 ? listValue(parts) : (parts[0] ?? null);
  },
  'types.SimpleNamespace': ({ named }) => containerValue(keyed(named)),
  'collections.deque': makeQueue,
  list: sameItems,
  tuple: sameItems,
  'itertools.chain': ({ list }) => {
    const lists = list.map(listItems);
    return list.length > 0 && !lists.includes(null) ? listValue(lists.flatMap((items) => items ?? [])) : null;
  },
  // What a coroutine gives, here its call does.
  'asyncio.gather': ({ list, named }) => (list.length > 0 && named.size === 0 ? listValue(list) : null),
  reversed: ({ list: [first] }) => {
    const items = first && !first.open ? listItems(first) : null;
    return items && listValue(items.toReversed());
  },
  'queue.Queue': () => EMPTY_QUEUE,
  'queue.SimpleQueue': () => EMPTY_QUEUE,
  'argparse.Namespace': ({ named }) => containerValue(keyed(named)),
  'dict.fromkeys': ({ list: [keys, value] }) => {
    if (!keys?.entries || !value) return null;
    const names = itemsIn(keys.entries).map((one) => constantKey(one) ?? '*');
    return containerValue(new Map(names.map((one) => [one, value])));
  },
  'collections.namedtuple': ({ list: [, names] }) => {
    const fields = names && namesOf(names);
    return fields ? { ...opaqueValue('namedtuple'), name: TUPLE, entries: new Map([[`${BOUND}0`, fields]]) } : null;
  },
  [TUPLE]: makeTuple,
};

const EMPTY_QUEUE: Value = { ...listValue([]), name: QUEUE };

function sameItems({ list: [first] }: Arguments): Value | null {
  const items = first && !first.open && !first.keys ? listItems(first) : null;
  return items?.length ? listValue(items) : null;
}

/** A list whose items are all known. */
function makeQueue({ list: [first] }: Arguments): Value | null {
  const items = first ? listItems(first) : [];
  return items && listValue(items);
}

/** `namedtuple('Point', 'x y')`, `namedtuple('Point', ['x', 'y'])` */
function namesOf(names: Value): Value | null {
  if (names.entries) return names;
  const text = constantText(names);
  return text === null
    ? null
    : listValue(
        text
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(textValue),
      );
}

/** Its fields have a name and a number. */
function makeTuple({ list: [names = UNKNOWN, ...values], named }: Arguments): Value | null {
  const entries = new Map<string, Value>();
  [...(names.entries?.values() ?? [])].forEach((one, index) => {
    const field = constantText(one) ?? '';
    const value = values[index] ?? named.get(field);
    if (!value) return;
    entries.set(field, value);
    entries.set(String(index), value);
  });
  return containerValue(entries);
}

/** `dict(a=x)`, `dict([('a', x)])`, `dict(known, a=x)`; null: what is in it is not known. */
function makeDict({ list: [first], named }: Arguments): Value | null {
  if (!first) return named.size > 0 ? containerValue(keyed(named)) : null;
  if (!first.entries) return null;
  const items = itemsIn(first.entries);
  const isList = [...first.entries.keys()].every((key) => /^(?:\d+|\*)$/.test(key));
  const pairs = isList && items.every(({ entries }) => entries?.has('0') && entries.has('1'));
  if (!pairs || items.length === 0) return { ...first, entries: new Map([...first.entries, ...keyed(named)]) };
  const entries = new Map<string, Value>();
  for (const pair of items) {
    const key = constantKey(pair.entries?.get('0') ?? UNKNOWN) ?? '*';
    const value = pair.entries?.get('1') ?? opaqueValue('…', taintsOf(pair));
    const before = entries.get(key);
    entries.set(key, before && key === '*' ? joinTwo(before, value) : value);
  }
  for (const [key, value] of keyed(named)) entries.set(key, value);
  return containerValue(entries);
}
