import type { Closure } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';

/** A decorator of Python answers in the function that it puts in the handler's place. */
export function writtenIn({ form, home: { module } }: Closure): readonly FunctionForm[] {
  return module.language === 'python' ? module.functions.filter(({ parent }) => parent === form.id) : [];
}
