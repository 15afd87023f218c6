import type { Expression, Span } from '../languages/form.ts';
import { assign } from './assign.ts';
import { fork, settle } from './environment.ts';
import { itemOf, typeOfItems } from './fields.ts';
import { applyGuard } from './guards.ts';
import { withSafe } from './map-taints.ts';
import { type Frame, modelsOf, type Run, sourceOf } from './run.ts';
import { sourceValue } from './source-value.ts';
import { applyRefusal } from './throwing-check.ts';
import { containerValue, listValue, opaqueValue, plainValue, taintsOf, type Value } from './value.ts';

/** A comprehension. */
export function evaluateEach(run: Run, outer: Frame, each: Extract<Expression, { kind: 'each' }>): Value {
  const frame = { ...outer, env: fork(outer.env) };
  const over = run.evaluate(frame, each.over);
  assign(run, frame, each.target, given(run, frame, over, 'items', each.over.span), {
    append: false,
    declares: true,
    made: null,
  });
  for (const test of each.where) {
    run.evaluate(frame, test);
    applyGuard(run, frame, test, true);
  }
  if (each.key) applyRefusal(run, frame, each.result, applyGuard);
  const key = each.key && settle(frame.env, run.evaluate(frame, each.key));
  const result = settle(frame.env, run.evaluate(frame, each.result));
  // What stands under keys of ours can set no other field.
  const record = run.labelOf('record');
  const isOurs = key !== null && taintsOf(key).every(({ safe }) => (safe & record) !== 0);
  const made = containerValue(new Map([['*', isOurs ? withSafe(result, record) : result]]));
  return key === null ? made : { ...made, keys: key };
}

/** What the target of a loop is given. */
export function given(run: Run, frame: Frame, over: Value, gives: 'items' | 'keys' | 'pairs', span: Span): Value {
  // `for await (const chunk of request)`
  const full = `${over.name}.*`;
  const source = over.name === null || over.entries ? null : modelsOf(run, frame.closure.home).field(full);
  const type = typeOfItems(modelsOf(run, frame.closure.home), over);
  if (type && gives === 'items') return { ...opaqueValue(full), name: type };
  if (source && gives === 'items') return sourceValue(frame, source, span, full);
  const name = `${sourceOf(frame.closure.home, span, 40)}[…]`;
  const constant = over.entries !== null && !over.entries.has('*') && over.entries.size > 0;
  if (over.keys && (gives !== 'items' || frame.closure.home.module.language === 'python'))
    return gives === 'pairs' ? listValue([over.keys, itemOf(over, name)]) : over.keys;
  // The names of known fields are constants.
  if (gives === 'keys') return constant ? plainValue(name) : itemOf({ ...over, entries: null }, name);
  // A dict of Python gives its keys.
  const isDict =
    constant &&
    frame.closure.home.module.language === 'python' &&
    [...(over.entries?.keys() ?? [])].some((key) => !/^\d+$/.test(key));
  if (gives === 'items' && isDict) return plainValue(name);
  const item = type ? { ...itemOf(over, name), name: type } : itemOf(over, name);
  if (gives === 'items') return item;
  return listValue([constant ? plainValue(name) : itemOf({ ...over, entries: null }, name), item]);
}
