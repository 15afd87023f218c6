import { listWritten, type Written } from '../../languages/read-view.ts';
import type { CallModel } from '../data/models.ts';
import { itemOf, readField } from '../run/fields.ts';
import { pickAt } from '../run/pick-arguments.ts';
import { type Evaluated, type Frame, type Run, sourceOf, want } from '../run/run.ts';
import type { Value } from '../values/value.ts';
import { constantText, containerValue, strangersOf } from '../values/values.ts';
import { report } from './sinks.ts';

/** `res.render('user', { name })`: what the view writes into the page in a form that does not keep it from being markup. */
export function reportRendered(run: Run, frame: Frame, one: Evaluated, { renders }: CallModel): void {
  if (!renders) return;
  const { home } = frame.closure;
  const name = constantText(pickAt(one, renders.view)[0]?.value ?? containerValue(new Map()));
  const [given] =
    renders.values === 'named'
      ? [{ value: containerValue(one.args.named), span: one.call.span }]
      : pickAt(one, renders.values);
  if (name === null || !given || !strangersOf(given.value).some(({ kind }) => kind !== 'parameter')) return;
  const { inline } = renders;
  const view =
    inline === undefined
      ? run.program.view(home, name)
      : { path: home.path, written: listWritten(`page.${inline}`, name) };
  if (!view) return want(run, { path: home.path, module: name, view: true });
  for (const written of view.written)
    for (const value of valuesAt(run, frame, one, given.value, written))
      report(run, frame, value, {
        kind: 'html',
        sink: sourceOf(home, one.call.of.span, 60),
        fix: FIXES[written.how],
        fragment: false,
        call: one.call.span,
        argument: given.span,
        ...(inline === undefined && {
          shown: { path: view.path, line: written.line, text: written.text, how: written.how },
        }),
      });
}

const FIXES: Record<Written['how'], string> = {
  raw: 'Write it there in the form that escapes (`<%= %>`, two braces, `=`), or clean `{{NAME}}` first (sanitize-html, DOMPurify).',
  script:
    'Put it into an attribute (`data-…`), which the view escapes, and read that in the script; or write it as JSON with `<` replaced by `\\u003c`.',
  handler:
    'Put it into an attribute of its own (`data-…`) and add the handler in a script: a browser undoes the escapes of HTML there.',
  unquoted: 'Put quotes around the attribute: a space ends it.',
};

const MOST_DEPTH = 3;

function valuesAt(run: Run, frame: Frame, { call }: Evaluated, values: Value, { path, whole }: Written): Value[] {
  const [first] = path;
  if (first === undefined || (values.entries && !values.entries.has(first) && !values.entries.has('*'))) return [];
  const one = path.reduce(
    (value, name) => (name === '*' ? itemOf(value, '…') : readField(run, frame, value, name, call.span)),
    values,
  );
  const inside = (value: Value, depth: number): Value[] =>
    value.entries && depth > 0 ? [...value.entries.values()].flatMap((each) => inside(each, depth - 1)) : [value];
  return whole ? inside(one, MOST_DEPTH) : [one];
}
