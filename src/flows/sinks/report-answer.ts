import type { Span } from '../../languages/form.ts';
import { compiled } from '../data/compiled.ts';
import { expandNames } from '../data/models.ts';
import { type Frame, modelsOf, type Run } from '../run/run.ts';
import type { Value } from '../values/value.ts';
import { constantText } from '../values/values.ts';
import { report } from './sinks.ts';

/** `return { statusCode: 302, headers: { Location: target } }` of a handler whose answer is what it returns. */
export function reportAnswer(run: Run, frame: Frame, span: Span, value: Value): void {
  const { home, form } = frame.closure;
  const { returned } = modelsOf(run, home);
  const [first] = form.parameters;
  if (returned.length === 0 || !first) return;
  const of = frame.env.names.get(first.name)?.name;
  for (const one of returned) {
    if (one.of !== of || (one.field !== undefined && !value.entries)) continue;
    // In another branch, behind this one, it is another answer.
    if (one.around !== undefined && !compiled(one.around).test(home.text.slice(form.span[0], span[1]))) continue;
    const holds = ([at, pattern]: [string, string]): boolean => {
      const text = constantText(fieldAt(value, at) ?? value);
      return text !== null && compiled(`^(?:${pattern})$`, 'i').test(text);
    };
    if (!Object.entries(one.when).every(holds)) continue;
    const fields = one.field === undefined ? [''] : expandNames(one.field);
    for (const field of fields) {
      const given = field === '' ? value : fieldAt(value, field);
      // What goes out as a page was put together here: a text alone is no page.
      if (given && (field !== '' || given.built))
        report(run, frame, given, {
          kind: one.kind,
          sink: field === '' ? 'return' : `return ${field}`,
          fix: null,
          fragment: false,
          call: span,
          argument: span,
        });
    }
  }
}

function fieldAt(value: Value, path: string): Value | undefined {
  let found: Value | undefined = value;
  for (const name of path.split('.')) found = found?.entries?.get(name);
  return found;
}
