import type { Expression } from '../../languages/form.ts';
import { ALL } from '../data/models.ts';
import { DECODED, FIELD, fieldsOfKey, fieldTaint, keyOfWhole } from '../values/field-taint.ts';
import { flagsOf } from '../values/flags.ts';
import { mapTaints } from '../values/map-taints.ts';
import type { Environment, Home, Value } from '../values/value.ts';
import { joinTwo, opaqueValue } from '../values/values.ts';

export function createEnvironment(home: Home, around: Environment | null): Environment {
  return {
    home,
    names: new Map(),
    cleared: new Map(),
    made: new Map(),
    flags: new Map(),
    borrowed: new Set(),
    around,
    certain: false,
  };
}

export function readName(env: Environment, name: string): Value | null {
  for (let at: Environment | null = env; at; at = at.around) {
    const value = at.names.get(name);
    if (value) return value;
  }
  return null;
}

export function readMade(env: Environment, name: string): Expression | null {
  for (let at: Environment | null = env; at; at = at.around) {
    const made = at.made.get(name);
    if (made) return made;
  }
  return null;
}

/** A name of the function itself is set; one of a function around it may have been set or not. */
export function setName(env: Environment, name: string, value: Value, declares: boolean): void {
  if (env.flags.has(name)) env.flags = new Map([...env.flags].filter(([flag]) => flag !== name));
  if (declares || env.names.has(name)) {
    env.names.set(name, value);
    return;
  }
  for (let at = env.around; at; at = at.around) {
    const known = at.names.get(name);
    if (!known) continue;
    // Python assigns to names of its own only; there `declares` is false and the module's name is another one.
    if (at.home.module.language === 'python') break;
    at.names.set(name, env.certain && at === env.around ? value : joinTwo(known, value));
    return;
  }
  env.names.set(name, value);
}

export function fork(env: Environment): Environment {
  return { ...env, names: new Map(env.names), cleared: new Map(env.cleared), certain: false };
}

/** After a branch: what is so on each of the ways that come here. */
export function mergeInto(env: Environment, ways: readonly Environment[]): void {
  env.certain = false;
  const [first, ...rest] = ways.map((way) => settleNames(way, ways));
  if (!first) return;
  const names = new Map(first.names);
  const cleared = new Map(first.cleared);
  for (const way of rest) {
    for (const [name, value] of way.names) {
      const known = names.get(name);
      if (known !== value) names.set(name, known ? joinTwo(known, value) : value);
    }
    for (const [key, labels] of cleared) {
      const both = labels & (way.cleared.get(key) ?? 0);
      if (both === 0) cleared.delete(key);
      else cleared.set(key, both);
    }
  }
  env.flags = flagsOf(names, ways);
  env.names = names;
  env.cleared = cleared;
}

/** A value that leaves the place where a guard holds takes along what the guard has shown. */
export function settle(env: Environment, value: Value): Value {
  if (!saysAnything(env)) return value;
  return mapTaints(value, (taint) => {
    const labels = clearedFor(env, taint.key) | taint.safe;
    return labels === taint.safe ? taint : { ...taint, safe: labels };
  });
}

function saysAnything(env: Environment): boolean {
  for (let at: Environment | null = env; at; at = at.around) if (at.cleared.size > 0) return true;
  return false;
}

/** `if (!allowed.has(x)) x = 'a'`: on the way where `x` was good it still is, though it is not known on the other. */
function settleNames(way: Environment, ways: readonly Environment[]): Environment {
  const own = [...way.cleared].filter(([key, labels]) =>
    ways.some((other) => ((other.cleared.get(key) ?? 0) & labels) !== labels),
  );
  if (own.length === 0) return way;
  const only = { ...way, cleared: new Map(own), around: null };
  const fields = Map.groupBy(
    own.filter(([key]) => /^[A-Za-z_]\w*$/.test(fieldsOfKey(key).at(-1) ?? '')),
    ([key]) => keyOfWhole(key),
  );
  const settled = (value: Value): Value => settleFields(fields, settle(only, value));
  return { ...way, names: new Map([...way.names].map(([name, value]) => [name, settled(value)])) };
}

/** A field of what others send, which a guard has looked at, is known from now on. */
function settleFields(cleared: ReadonlyMap<string, (readonly [string, number])[]>, value: Value): Value {
  const [first] = value.pieces;
  if (cleared.size === 0 || first?.kind !== 'hole') return value;
  const entries = new Map(value.entries);
  for (const taint of first.taints)
    for (const [key, labels] of cleared.get(taint.key) ?? []) {
      const name = fieldsOfKey(key).at(-1) ?? '';
      if (entries.has(name)) continue;
      const known = fieldTaint({ ...taint, safe: taint.safe | labels }, name);
      entries.set(name, opaqueValue(`${first.name}.${name}`, [known]));
    }
  return entries.size === (value.entries?.size ?? 0) ? value : { ...value, entries, open: true };
}

/** The labels that a guard here, or one around the function, has cleared this taint for; a guard of the whole clears its fields. */
export function clearedFor(env: Environment, key: string): number {
  let labels = 0;
  for (let at: Environment | null = env; at; at = at.around) {
    if (at.cleared.size === 0) continue;
    for (let end = key.length; end > 0; end = key.lastIndexOf(FIELD, end - 1)) {
      const part = key.slice(0, end);
      labels |= at.cleared.get(part) ?? 0;
      if (part.endsWith(DECODED)) break;
    }
  }
  return labels;
}

/**
 * A value as a decoder gives it: `%2e%2e` is `..` now. What it was safe for is forgotten as far as the decoder undoes it (`labels`);
 * one of ours, or a number, still is one.
 */
export function decode(env: Environment, value: Value, labels: number): Value {
  return mapTaints(value, (taint) => {
    const safe = clearedFor(env, taint.key) | taint.safe;
    return { ...taint, key: `${taint.key}${DECODED}`, safe: safe === ALL ? ALL : safe & ~labels };
  });
}
