import type { Span } from '../../languages/form.ts';
import type { Value } from '../values/value.ts';
import { containerValue } from '../values/values.ts';
import { readField } from './fields.ts';
import type { Frame, Run } from './run.ts';

const NONE = { list: [], named: new Map<string, Value>() };

/** What a loop of Python goes through: of an object of the program what its `__iter__` gives, or the `__next__` of that. */
export function iterated(run: Run, frame: Frame, over: Value, span: Span): Value {
  if (!over.of?.instance || frame.closure.home.module.language !== 'python') return over;
  const call = (of: Value, name: string): Value | null => {
    const [method] = of.of?.instance ? readField(run, frame, of, name, span).functions : [];
    return method ? run.callFunction(frame, method, { ...NONE, self: of }, span) : null;
  };
  const given = call(over, '__iter__') ?? call(over, '__aiter__');
  if (!given) return over;
  const item = call(given, '__next__') ?? call(given, '__anext__');
  return item ? containerValue(new Map([['*', item]])) : given;
}
