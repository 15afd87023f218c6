import type { Expression } from '../../languages/form.ts';
import { applyGuard } from '../guards/guards.ts';
import { applyRefusal } from '../guards/throwing-check.ts';
import { withSafe } from '../values/map-taints.ts';
import { containerValue, taintsOf, type Value } from '../values/value.ts';
import { assign } from './assign.ts';
import { fork, settle } from './environment.ts';
import { given } from './given.ts';
import { iterated } from './iterated.ts';
import type { Frame, Run } from './run.ts';

/** A comprehension. */
export function evaluateEach(run: Run, outer: Frame, each: Extract<Expression, { kind: 'each' }>): Value {
  const frame = { ...outer, env: fork(outer.env) };
  const over = iterated(run, frame, run.evaluate(frame, each.over), each.over.span);
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
