import type { CallModel } from '../data/models.ts';
import { addStep, mapTaints } from '../values/map-taints.ts';
import type { Value } from '../values/value.ts';
import { constantKey } from '../values/value-key.ts';
import { containerValue, joinTwo, joinValues, opaqueValue, taintsOf } from '../values/values.ts';
import { settle } from './environment.ts';
import { fieldTaints } from './fields.ts';
import { type Evaluated, type Frame, placeOf, type Run, sourceOf } from './run.ts';

/** The object of a call after the call put something into it under a key; null if it puts nothing. */
export function putKeyed(run: Run, frame: Frame, one: Evaluated, { put }: CallModel): Value | null {
  if (!put || put.into !== null || !one.receiver) return null;
  return withKey(run, frame, one, one.receiver, put);
}

/** `context.WithValue(ctx, key, value)`: what was given, with something by a key. */
export function madeWithKey(run: Run, frame: Frame, one: Evaluated, { put }: CallModel): Value | null {
  const of = put && put.into !== null ? one.args.list[put.into] : null;
  return put && of ? withKey(run, frame, one, of, put) : null;
}

/** What was put there by these keys, or else by keys that are not known, or else by another function. */
export function takeKeyed(run: Run, frame: Frame, one: Evaluated, { take }: CallModel, text: string): Value | null {
  if (!take || !one.receiver) return null;
  const { entries } = one.receiver;
  const key = keyOf(frame, one, take);
  const [outer = key, inner] = key.split('\0');
  const own = inner === undefined ? entries?.get(key) : entries?.get(outer)?.entries?.get(inner);
  const rest = entries?.get('*');
  if (own && key !== '*') return own;
  const left = take.place === null ? undefined : run.states.get(`${take.place}${key}`);
  const place = { ...placeOf(frame.closure.home, one.call.span), text };
  const known = left ? mapTaints(left, (taint) => addStep(taint, place)) : rest;
  if (known) return known;
  if (key === '*' && entries && entries.size > 0) return joinValues([...entries.values()]);
  // What was sent has other keys than those that were put there, and a check of one of them says nothing of the others.
  return opaqueValue(text, fieldTaints({ ...one.receiver, entries: null }, `${one.method}(${key === '*' ? '' : key})`));
}

type Put = NonNullable<CallModel['put']>;

function withKey(run: Run, frame: Frame, one: Evaluated, of: Value, put: Put): Value {
  const value = one.args.list[put.value];
  if (!value) return of;
  const key = keyOf(frame, one, put);
  const [outer = key, inner] = key.split('\0');
  const known = of.entries?.get(outer);
  if (put.place !== null) leave(run, frame, `${put.place}${key}`, value);
  const all = new Map(of.entries ?? []);
  // `config.set('server', 'host', host)` is `config['server']['host'] = host`.
  if (inner !== undefined) all.set(outer, containerValue(new Map(known?.entries ?? []).set(inner, value)));
  else all.set(key, key === '*' && known ? joinTwo(known, value) : value);
  return { ...of, entries: all };
}

/** What others decide is there for other functions as well. */
function leave(run: Run, { env }: Frame, name: string, value: Value): void {
  const outside = mapTaints(settle(env, value), (taint) => (taint.kind === 'parameter' ? null : taint));
  if (taintsOf(outside).length === 0) return;
  const known = run.states.get(name);
  run.states.set(name, known ? joinTwo(known, outside) : outside);
}

/** `*`: one of them is not constant. A key that others know is one by its name (`userKey`, `middleware.UserKey`, `key{}`). */
function keyOf({ closure: { home } }: Frame, { args, call }: Evaluated, at: Pick<Put, 'keys' | 'place'>): string {
  const parts = at.keys.map((index) => {
    const value = args.list[index];
    const written = call.arguments[index]?.value;
    const constant = value ? constantKey(value) : null;
    if (constant !== null || at.place === null || !written) return constant;
    const name = sourceOf(home, written.span).replace(/^&?(?:\w+\.)?/, '');
    return /^[A-Za-z_]\w*(?:\{\})?$/.test(name) ? `#${name}` : null;
  });
  return parts.includes(null) ? '*' : parts.join('\0');
}
