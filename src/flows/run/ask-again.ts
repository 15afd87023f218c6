import type { Span } from '../../languages/form.ts';
import type { Closure, Taint, Value } from '../values/value.ts';
import { opaqueValue, taintsOf } from '../values/values.ts';
import { partOf } from './fields.ts';
import { type Arguments, type Frame, type Run, type Summary, sourceOf } from './run.ts';

/** The value that a parameter gets. */
export function givenTo(closure: Closure, args: Arguments, index: number): readonly (Value | undefined)[] {
  const offset = receiverOffset(closure);
  const { name = '', rest = null } = closure.form.parameters[index] ?? {};
  // What a method is called on matters by what others decide of it: a request that a decoder has filled.
  if (index < offset) return args.self && taintsOf(args.self).length > 0 ? [args.self] : [];
  if (rest === 'list') return args.list.slice(index - offset);
  return rest === 'map' ? [...args.named.values()] : [args.list[index - offset], byName(args, name)];
}

/**
 * A function that runs already calls itself: what it is given comes back as far as it gives that back at its other ends. One
 * that only compares a parameter gives nothing of it. While that is being found out, it is noted what each parameter is given.
 */
export function askAgain(run: Run, frame: Frame, closure: Closure, args: Arguments, span: Span): Value {
  const summary = run.summaries.get(closure.key);
  const again = summary === 'open' ? run.open.get(closure.key)?.again : undefined;
  const comesBack = (taint: Taint, index: number): boolean => {
    if (summary !== 'open') return !summary || summary.back.has(index);
    const { parameter } = taint;
    if (parameter?.function !== closure.key || !again) return true;
    again.push([index, parameter.index]);
    return false;
  };
  const taints = closure.form.parameters.flatMap((_, index) =>
    givenTo(closure, args, index).flatMap((value) =>
      value ? taintsOf(value).filter((taint) => comesBack(taint, index)) : [],
    ),
  );
  return opaqueValue(sourceOf(frame.closure.home, span, 40), taints);
}

/** The parameters of which something comes back, also by way of the function itself. */
export function allBack(returns: Value, again: Summary['again'], key: string): Set<number> {
  const back = new Set<number>();
  for (const { parameter } of taintsOf(returns)) if (parameter?.function === key) back.add(parameter.index);
  for (let size = -1; size < back.size; ) {
    size = back.size;
    for (const [to, from] of again) if (back.has(to)) back.add(from);
  }
  return back;
}

/** Go's receiver is the first parameter and no argument. */
export function receiverOffset({ form }: Closure): number {
  return form.receiver === null ? 0 : 1;
}

/** `find(name=x)`, or `find(**query)`, which may hold it. */
export function byName({ named }: Arguments, name: string): Value | undefined {
  const spread = named.get('**');
  return named.get(name) ?? (spread && taintsOf(spread).length > 0 ? partOf(spread, name) : undefined);
}
