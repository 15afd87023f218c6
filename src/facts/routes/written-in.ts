import type { Closure } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';

/** A decorator of Python answers in the function that it puts in the handler's place. What it never names again runs never. */
export function writtenIn({ form, home: { module, text } }: Closure): readonly FunctionForm[] {
  if (module.language !== 'python') return [];
  return module.functions.filter((one) => {
    if (one.parent !== form.id) return false;
    const around = text.slice(form.span[0], one.span[0]) + text.slice(one.span[1], form.span[1]);
    return one.name === '' || new RegExp(`(?<![\\w.])${escapeRegExp(one.name)}\\b`).test(around);
  });
}
