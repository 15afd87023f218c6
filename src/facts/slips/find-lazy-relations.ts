import type { Home } from '../../flows/values/value.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { visitBody } from '../../languages/visit-expressions.ts';
import { findLoops, type Loop } from '../read/find-loops.ts';
import { chainOf, namesOf, textOf } from './call-chain.ts';
import { setsOf } from './sets-of.ts';
import type { FoundSlip } from './slip.ts';

/** The rows come with what they are related to, or as plain values. */
const LOADED =
  /select_related|prefetch|joinedload|selectinload|subqueryload|contains_eager|\boptions\(|values(?:_list)?\(|\.join\(/;
/** What asks for the rows of a relation. */
const ASKS = /^(?:all|count|filter|first|exists|order_by|exclude|values_list|get)$/;
/** Parts of what a column itself is: a file, a time, one of a few. */
const PART = /^(?:amount|currency|url|path|size|file|year|month|day|date|hour|value|days|seconds|_\w*)$/;
const COLUMN =
  /image|file|photo|avatar|picture|logo|date|_at$|_on$|_id$|time|data|meta|config|settings|json|type|status|kind|^_|objects/;
const RELATES = /\b(?:ForeignKey|OneToOneField|ManyToManyField|relationship|ForeignKeyField)\(/;
const AT_ONCE = /\blazy\s*=\s*["'](?:joined|selectin|subquery|immediate)["']/;

/** A relation of each row of a list is read, and nothing has loaded it with the rows: it is a query of its own each time. */
export function findLazyRelations(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  return homes
    .filter(({ module }) => module.language === 'python')
    .flatMap((home) =>
      findLoops(home).flatMap((loop) => {
        const model = modelOf(loop);
        const read = model === null ? null : relationIn(loop, (name) => mayRelate(program, model, name));
        return read ? [toSlip(loop, read)] : [];
      }),
    );
}

/** `Order.objects.filter(…)`, `session.query(Order).all()`, also of a name that was given it. Null: what the rows are is not known. */
function modelOf({ home, form, over }: Loop): string | null {
  const outer = functionsAround(home.module, form).at(-1) ?? form;
  const [set, other] = over.kind === 'name' ? (setsOf(outer).get(over.name) ?? []) : [];
  const value = over.kind === 'name' ? (other ? null : set?.value) : over;
  return value && !LOADED.test(textOf(home, value.span)) ? modelIn(value) : null;
}

function modelIn(value: Expression): string | null {
  const chain = chainOf(value);
  if (!chain) return null;
  const { path } = chain;
  const at = path.indexOf('objects');
  if (at > 0 || path.at(-1) === 'query') return path[at > 0 ? at - 1 : path.length - 2] ?? null;
  const [asked] = chain.calls.filter((_, index) => /^(?:query|select)$/.test(namesOf(chain)[index] ?? ''));
  const [first] = asked?.arguments ?? [];
  if (asked) return first?.value.kind === 'name' && asked.arguments.length === 1 ? first.value.name : null;
  // `session.scalars(select(Order).limit(100)).all()`
  const [given] = chain.calls.filter((_, index) => /^(?:scalars|execute)$/.test(namesOf(chain)[index] ?? ''));
  const [statement] = given?.arguments ?? [];
  return statement ? modelIn(statement.value) : null;
}

/** The class of the rows is there and says that it is none, or what it is called speaks against it. */
function mayRelate(program: readonly Home[], model: string, name: string): boolean {
  for (const home of program)
    for (const one of home.module.classes)
      if (one.name === model) {
        const field = one.fields.find((each) => each.name === name);
        const text = field?.value ? textOf(home, field.value.span) : '';
        return RELATES.test(text) && !AT_ONCE.test(text);
      }
  return !COLUMN.test(name);
}

/** `order.customer.name`, `order.lines.all()` */
function relationIn({ form, span, items }: Loop, mayBe: (name: string) => boolean): Expression | null {
  const found = relationsOf(form).find(
    ({ row, relation, name, isCalled }) =>
      items.includes(row) &&
      holds(span, relation.span) &&
      (isCalled ? ASKS.test(name) : !PART.test(name)) &&
      mayBe(relation.name),
  );
  return found?.relation ?? null;
}

interface Relation {
  row: string;
  relation: Extract<Expression, { kind: 'field' }>;
  /** What is read of it, or called. */
  name: string;
  isCalled: boolean;
}

const relationsOf = memo(({ body }: FunctionForm): Relation[] => {
  const called = new Set<Expression>();
  const found: Relation[] = [];
  visitBody(body, (one) => {
    if (one.kind === 'call') called.add(one.of);
    if (one.kind !== 'field' || one.of.kind !== 'field' || one.of.of.kind !== 'name') return;
    found.push({ row: one.of.of.name, relation: one.of, name: one.name, isCalled: called.has(one) });
  });
  return found;
});

function toSlip({ home, form, over, begins }: Loop, { span }: Expression): FoundSlip {
  return {
    kind: 'query-in-loop',
    home,
    form: functionsAround(home.module, form).at(-1) ?? form,
    span,
    suspected: true,
    names: {
      CALL: textOf(home, span),
      WAY: ', which nothing has loaded with the rows,',
      OVER: textOf(home, over.span).replace(/\s+/g, ' ').slice(0, 40),
      LINE: begins,
    },
  };
}
