import type { Flag } from './flag.ts';
import type { Environment, Value } from './value.ts';

/** `valid = true` where something was found, `valid = false` before: what holds where it is true is what held on the ways that made it so. */
export function flagsOf(names: ReadonlyMap<string, Value>, ways: readonly Environment[]): ReadonlyMap<string, Flag> {
  const flags = new Map<string, Flag>();
  if (ways.length < 2) return ways[0]?.flags ?? flags;
  if (ways.every(({ cleared, flags: known }) => cleared.size === 0 && known.size === 0)) return flags;
  for (const name of names.keys()) {
    const yes: ReadonlyMap<string, number>[] = [];
    const no: ReadonlyMap<string, number>[] = [];
    const isFlag = ways.every((way) => {
      const constant = way.names.get(name)?.constant;
      const flag = way.flags.get(name);
      if (constant === true || flag) yes.push(bothOf(way.cleared, flag?.yes));
      if (constant === false || flag) no.push(bothOf(way.cleared, flag?.no));
      return typeof constant === 'boolean' || flag !== undefined;
    });
    if (isFlag && yes.length > 0 && no.length > 0) flags.set(name, { yes: inAll(yes), no: inAll(no) });
  }
  return flags;
}

function bothOf(
  cleared: ReadonlyMap<string, number>,
  more: ReadonlyMap<string, number> | undefined,
): ReadonlyMap<string, number> {
  if (!more || more.size === 0) return cleared;
  const both = new Map(cleared);
  for (const [key, labels] of more) both.set(key, (both.get(key) ?? 0) | labels);
  return both;
}

/** What is known on each of several ways, by the keys of values. */
export function inAll(all: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const [first, ...rest] = all;
  const both = new Map(first);
  for (const [key, labels] of both) {
    const left = rest.reduce((known, one) => known & (one.get(key) ?? 0), labels);
    if (left === 0) both.delete(key);
    else both.set(key, left);
  }
  return both;
}
