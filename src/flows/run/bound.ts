import { BOUND } from '../values/made-container.ts';
import type { Value } from '../values/value.ts';
import { UNKNOWN } from '../values/values.ts';
import type { Arguments, Parts } from './run.ts';

export const PARTIAL = 'functools.partial';

/** What stands for the object that a function was bound to. */
const SELF = `${BOUND}this`;

/** `partial(run, shell=True)`, `run.bind(object, first)`: the function, with what it is given each time. */
export function bind({ list: [callee = UNKNOWN, ...list], named, self }: Arguments): Value {
  const given = new Map([...list.entries(), ...named].map(([key, value]) => [`${BOUND}${key}`, value]));
  if (self) given.set(SELF, self);
  return { ...callee, entries: new Map([...(callee.entries ?? []), ...given]) };
}

/** A call of such a function, with all of its arguments. */
export function unbind(parts: Parts): Parts {
  const { callee, args } = parts;
  const self = callee.entries?.get(SELF) ?? args.self;
  const bound = [...(callee.entries ?? [])].filter(([key]) => key.startsWith(BOUND) && key !== SELF);
  if (bound.length === 0 && self === args.self) return parts;
  const keyed = bound.map(([key, value]): [string, Value] => [key.slice(BOUND.length), value]);
  const list = keyed.filter(([key]) => /^\d+$/.test(key)).map(([, value]) => value);
  const named = keyed.filter(([key]) => !/^\d+$/.test(key));
  const entries = new Map([...(callee.entries ?? [])].filter(([key]) => !key.startsWith(BOUND)));
  return {
    ...parts,
    callee: { ...callee, entries: entries.size > 0 ? entries : null },
    args: { ...args, self, list: [...list, ...args.list], named: new Map([...named, ...args.named]) },
  };
}
