import { sourceOf } from '../../flows/run/run.ts';
import type { Value } from '../../flows/values/value.ts';
import type { Span } from '../../languages/form.ts';
import { shortCall } from '../routes/unwrap-handler.ts';
import type { Look } from './look.ts';
import { nameOfValue } from './read-argument.ts';

/** As it is written here; a function that is written here has no name. */
export function labelOf({ frame }: Pick<Look, 'frame'>, value: Value, span: Span): string {
  const text = sourceOf(frame.closure.home, span, 200);
  const [fn] = value.functions;
  const isInline = fn?.home === frame.closure.home && fn.form.span[0] >= span[0] && fn.form.span[1] <= span[1];
  if (isInline && fn.form.name === '') return 'inline function';
  return isInline ? fn.form.name : text.startsWith('{') || text.startsWith('[') ? nameOfValue(value) : shortCall(text);
}
