import type { RouteModel } from '../../flows/data/fact-keys.ts';
import { atTop, basesOf } from '../../flows/program/class-bases.ts';
import { closureOf, sourceOf } from '../../flows/run/run.ts';
import type { ClassRef, Value } from '../../flows/values/value.ts';
import { opaqueValue } from '../../flows/values/values.ts';
import type { Expression, FunctionForm } from '../../languages/form.ts';
import type { Before } from '../routes/router-graph.ts';
import type { Look } from './look.ts';
import { itemsOf, nameOfValue } from './read-argument.ts';
import { readDecorated } from './read-decorated.ts';

/** Methods of classes that answer by their names. */
const BY_VERB: Readonly<Record<string, string>> = Object.fromEntries(
  'get post put patch delete head options'.split(' ').map((name) => [name, name.toUpperCase()]),
);
const DEEPEST = 4;

interface Member {
  /** `GET` */
  method: string;
  /** What stands behind the path of the class. */
  rest: string;
  name: string;
  value: Value;
  before: readonly Before[];
}

/** The class whose methods answer: `OrderView.as_view()`, or the class itself. */
export function viewOf({ run, frame }: Look, written: Expression | null, value: Value | null): ClassRef | null {
  if (value?.of && !value.of.instance) return value.of.class;
  if (written?.kind !== 'call' || written.of.kind !== 'field') return null;
  const of = run.evaluate(frame, written.of.of);
  return of.of && !of.of.instance ? of.of.class : null;
}

/** The methods of a class that answer requests, with what stands on them, on the class and in its fields. */
export function listMembers(look: Look, ref: ClassRef, { members = BY_VERB, guards }: RouteModel): Member[] {
  const found = new Map<string, Member>();
  const whole = guardsOfClass(look, ref, guards);
  const walk = (at: ClassRef, depth: number): void => {
    for (const form of methodsOf(at)) {
      const said = Object.hasOwn(members, form.name) ? members[form.name] : undefined;
      const closure = closureOf(look.run, at.home, form);
      const own = readDecorated(look, closure);
      const [method = '', rest = ''] = said?.split(' ') ?? own.action ?? [];
      if (method === '' || found.has(form.name)) continue;
      found.set(form.name, {
        method,
        rest,
        name: `${ref.form.name}.${form.name}`,
        value: { ...opaqueValue(form.name), functions: [closure] },
        before: [...whole, ...own.before],
      });
    }
    if (depth < DEEPEST) for (const base of basesOf(look.run, at)) walk(base, depth + 1);
  };
  walk(ref, 0);
  return [...found.values()];
}

function methodsOf({ home, form }: ClassRef): FunctionForm[] {
  return form.methods.flatMap((id) => home.module.functions[id] ?? []);
}

/** `permission_classes = [IsAuthenticated]`, `class View(LoginRequiredMixin, View)`, decorators of the class. */
function guardsOfClass({ run, frame }: Look, { home, form }: ClassRef, fields: readonly string[]): Before[] {
  const at = atTop(run, home, frame);
  const named = form.fields.filter(({ name, value }) => value !== null && fields.includes(name));
  return [
    ...form.bases.map((base) => ({ name: sourceOf(home, base.span), value: null })),
    ...form.decorators.map((one) => ({ name: sourceOf(home, one.span).replace(/^@/, ''), value: null })),
    ...named.flatMap(({ value }) =>
      value === null ? [] : itemsOf(run.evaluate(at, value)).map((item) => ({ name: nameOfValue(item), value: item })),
    ),
  ].filter(({ name }) => !/^(?:\w+\.)*\w*(?:View|ViewSet|Resource|Handler)$/.test(name));
}
