import { replace } from '../run/assign.ts';
import type { Evaluated, Frame, Run } from '../run/run.ts';
import { listItems } from './list-items.ts';
import { QUEUE } from './made-container.ts';
import type { Value } from './value.ts';
import { EMPTY, joinValues, listValue, YIELDED } from './values.ts';

/**
 * A list whose items are all known, and that this function made, after a call of one of its methods; and what the call gives. Null:
 * not all of it is known. In a loop nobody knows how often it happens.
 */
export function changeList(run: Run, frame: Frame, one: Evaluated): Value | null {
  const { call, receiver, method, args } = one;
  if (frame.closure.home.module.language === 'go') return changeOfGo(run, frame, one);
  if (one.name === 'next' && args.list[0]?.name === YIELDED) return takeNext(run, frame, one, args.list[0]);
  const change = Object.hasOwn(CHANGES, method) ? CHANGES[method] : undefined;
  if (!change || frame.inLoop || call.of.kind !== 'field' || call.of.of.kind !== 'name') return null;
  const isQueue = receiver?.name === QUEUE;
  const items =
    receiver && frame.env.names.has(call.of.of.name)
      ? listItems(isQueue ? { ...receiver, name: null } : receiver)
      : null;
  const changed = items && (args.named.size === 0 || method === 'sort') ? change(items, args.list) : null;
  if (!receiver || !changed) return null;
  replace(run, frame, call.of.of, { ...receiver, entries: listValue(changed.items).entries });
  return changed.gives;
}

/** `next(rows)` of what a generator gives: its first item, and those behind it from then on. */
function takeNext(run: Run, frame: Frame, { call }: Evaluated, given: Value): Value | null {
  const at = call.arguments[0]?.value;
  const [first, ...rest] = listItems(given) ?? [];
  if (!first || frame.inLoop || (at?.kind !== 'call' && at?.kind !== 'name')) return null;
  if (at.kind === 'name') replace(run, frame, at, { ...given, entries: listValue(rest).entries });
  return first;
}

/** `b.Reset()` of what was written to, and `slices.Reverse(items)`. */
function changeOfGo(run: Run, frame: Frame, { call, receiver, method, name, args }: Evaluated): Value | null {
  if (method === 'Reset' && call.of.kind === 'field' && args.list.length === 0 && receiver?.entries?.has('#text')) {
    const others = [...receiver.entries].filter(([key]) => key !== '#text');
    replace(run, frame, call.of.of, { ...receiver, entries: new Map(others) });
    return EMPTY;
  }
  const [list] = args.list;
  const at = call.arguments[0]?.value;
  const items = name === 'slices.Reverse' && list && at?.kind === 'name' && !frame.inLoop ? listItems(list) : null;
  if (!items || !list || !at) return null;
  replace(run, frame, at, { ...list, entries: listValue(items.toReversed()).entries });
  return EMPTY;
}

interface Changed {
  items: readonly Value[];
  gives: Value;
}

const add = (items: readonly Value[], added: readonly Value[]): Changed => ({
  items: [...items, ...added],
  gives: EMPTY,
});
const CHANGES: Readonly<Record<string, (items: readonly Value[], args: readonly Value[]) => Changed | null>> = {
  append: add,
  extend: (items, [more, ...others]) => {
    const added = more && others.length === 0 ? listItems(more) : null;
    return added && add(items, added);
  },
  push: add,
  unshift: (items, added) => add(added, items),
  shift: (items) => take(items, 0),
  appendleft: (items, added) => add(added, items),
  popleft: (items) => take(items, 0),
  // A queue. What is asked for by a key is a dictionary.
  put: (items, added) => add(items, added.slice(0, 1)),
  put_nowait: add,
  get: (items, args) => (args.length === 0 ? take(items, 0) : null),
  get_nowait: (items) => take(items, 0),
  pop: (items, [at]) => take(items, at === undefined ? -1 : indexOf(at)),
  splice: (items, [at, count, ...added]) => {
    const [index, gone] = [at && indexOf(at), count && indexOf(count)];
    if (typeof index !== 'number' || index < 0 || typeof gone !== 'number') return null;
    const taken = items.slice(index, index + gone);
    return { items: [...items.slice(0, index), ...added, ...items.slice(index + gone)], gives: listValue(taken) };
  },
  reverse: (items) => ({ items: items.toReversed(), gives: EMPTY }),
  sort: (items) => mixed(items, []),
  copyWithin: (items) => mixed(items, []),
  fill: (items, [value]) => (value ? mixed(items, [value]) : null),
  clear: () => ({ items: [], gives: EMPTY }),
  insert: (items, [at, added]) => {
    const index = at && indexOf(at);
    return typeof index === 'number' && added ? add(items.slice(0, index), [added, ...items.slice(index)]) : null;
  },
};

/** Where each of them stands now depends. */
function mixed(items: readonly Value[], added: readonly Value[]): Changed {
  const all = joinValues([...items, ...added]);
  const now = items.map(() => all);
  return { items: now, gives: listValue(now) };
}

function take(items: readonly Value[], index: number | null): Changed | null {
  const taken = index === null ? undefined : items.at(index);
  return taken === undefined
    ? null
    : { items: items.filter((_, at) => at !== (Number(index) + items.length) % items.length), gives: taken };
}

function indexOf({ constant }: Value): number | null {
  return typeof constant === 'number' && Number.isInteger(constant) ? constant : null;
}
