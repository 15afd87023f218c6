import type { Expression } from '../../languages/form.ts';
import { applyGuard } from '../guards/guards.ts';
import { applyRefusal } from '../guards/throwing-check.ts';
import { listItems } from '../values/list-items.ts';
import { withSafe } from '../values/map-taints.ts';
import type { Value } from '../values/value.ts';
import { constantKey } from '../values/value-key.ts';
import { containerValue, listValue, taintsOf } from '../values/values.ts';
import { assign } from './assign.ts';
import { fork, settle } from './environment.ts';
import { given } from './given.ts';
import { iterated } from './iterated.ts';
import type { Frame, Run } from './run.ts';

/** So many items are looked at one by one. */
const MOST_ITEMS = 8;

/** A comprehension. */
export function evaluateEach(run: Run, outer: Frame, each: Extract<Expression, { kind: 'each' }>): Value {
  const frame = { ...outer, env: fork(outer.env) };
  const over = iterated(run, frame, run.evaluate(frame, each.over), each.over.span);
  const items = outer.inLoop || over.open || over.keys || each.where.length > 0 ? null : listItems(over);
  const known = items && items.length > 0 && items.length <= MOST_ITEMS ? items : null;
  const all = known?.map((item) => madeOf(run, { ...frame, env: fork(frame.env) }, each, listValue([item])));
  const keys = all?.map(({ key }) => key && constantKey(key));
  if (all && !each.key) return listValue(all.map(({ result }) => result));
  if (all && keys?.every((key) => typeof key === 'string'))
    return containerValue(new Map(all.map(({ result }, at) => [keys[at] ?? '*', result])));
  const { key, result } = madeOf(run, frame, each, over);
  const made = containerValue(new Map([['*', result]]));
  return key === null ? made : { ...made, keys: key };
}

function madeOf(
  run: Run,
  frame: Frame,
  each: Extract<Expression, { kind: 'each' }>,
  over: Value,
): { key: Value | null; result: Value } {
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
  return { key, result: isOurs ? withSafe(result, record) : result };
}
