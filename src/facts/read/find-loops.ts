import { sourceOf } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { rootName } from '../../languages/root-name.ts';
import { blocksOf, visitBody } from '../../languages/visit-expressions.ts';
import type { Region } from './doings.ts';

/** What runs once for each item of a list whose length nobody knows. */
export interface Loop extends Region {
  /** The names that stand for the item. */
  items: readonly string[];
  /** All of its rounds are begun at once. */
  atOnce: boolean;
  /** The list, and what begins the loop. */
  over: Expression;
  begins: Span;
}

/** A few pieces of a list, or a number of tries. */
const FEW =
  /chunk|batch|page|range\(|attempt|retr(?:y|ies)|\bkeys\b|Object\.|environ|argv|\benum|\bsplit\(|columns|fields|types?\b|_models\b/i;

/** The rows of one page: `for row in page`, `page.items`. There are a few pages, and fifty rows on each. */
const ROWS_OF_PAGE = /^(?:\w+\.)*page(?:\.(?:items|results|content|data|rows))?$/;

export const findLoops = memo((home: Home): readonly Loop[] =>
  home.module.functions.flatMap((form) => [
    ...listLoops(home, form),
    ...listMapped(home, form),
    ...listComprehended(home, form),
  ]),
);

function listLoops(home: Home, form: FunctionForm): Loop[] {
  const found: Loop[] = [];
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      const [first] = one.kind === 'loop' ? one.body : [];
      const last = one.kind === 'loop' ? one.body.at(-1) : undefined;
      if (one.kind === 'loop' && first && last && one.over && one.target && isLong(home, form, one.over))
        if (!leavesWhenFound(home, one.body) && !isOneOfFew(one))
          found.push({
            home,
            form,
            span: [first.span[0], last.span[1]],
            items: namesOf(one.target.kind === 'name' ? one.target.name : '', one.body),
            atOnce: false,
            over: one.over,
            begins: [one.span[0], one.span[0]],
          });
      visitAll(blocksOf(one));
    }
  };
  visitAll(form.body);
  return found;
}

/** `await Promise.all(ids.map(async (id) => …))` */
function listMapped(home: Home, form: FunctionForm): Loop[] {
  const found: Loop[] = [];
  const visit = (one: Expression): void => {
    const given =
      one.kind === 'call' && one.of.kind === 'field' && calledName(one.of) === 'map'
        ? one.arguments[0]?.value
        : undefined;
    const inner = given?.kind === 'function' ? home.module.functions[given.id] : undefined;
    if (one.kind === 'call' && one.of.kind === 'field' && inner?.async && isLong(home, form, one.of.of))
      found.push({
        home,
        form: inner,
        span: inner.span,
        items: namesOf(inner.parameters[0]?.name ?? '', inner.body),
        atOnce: true,
        over: one.of.of,
        begins: [one.span[0], one.span[0]],
      });
  };
  visitBody(form.body, visit);
  return found;
}

/** `[session.get(Product, line.product_id) for line in order.lines]` */
function listComprehended(home: Home, form: FunctionForm): Loop[] {
  const found: Loop[] = [];
  visitBody(form.body, (one) => {
    if (one.kind !== 'each' || one.target.kind !== 'name' || !isLong(home, form, one.over)) return;
    const { target, over, span } = one;
    // `for team_id, name in rows`: the item has no name that the program says.
    const items = home.text.slice(...target.span).match(/\w+/g) ?? [];
    found.push({
      home,
      form,
      span: one.result.span,
      items,
      atOnce: false,
      over,
      begins: [span[0], span[0]],
    });
  });
  return found;
}

/** No list that stands in the program. */
function isLong(home: Home, form: FunctionForm, over: Expression): boolean {
  const inner = over.kind === 'await' ? over.of : over;
  if (inner.kind === 'list' || inner.kind === 'value' || inner.kind === 'map' || inner.kind === 'text') return false;
  if (inner.kind === 'name' && (listsIn(form).has(inner.name) || /^[A-Z][A-Z0-9_]*$/.test(inner.name))) return false;
  const text = sourceOf(home, over.span);
  return ROWS_OF_PAGE.test(text) || !FEW.test(text);
}

/** The names that a function gives a list that stands in the program. */
const listsIn = memo((form: FunctionForm): ReadonlySet<string> => {
  const names = new Set<string>();
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'set' && one.target.kind === 'name' && one.value.kind === 'list' && one.value.items.length > 0)
        names.add(one.target.name);
      visitAll(blocksOf(one));
    }
  };
  visitAll(form.body);
  return names;
});

/** `if (!PUBLIC_NAMES.includes(name)) continue;`: at most as many as a list that stands in the program. */
function isOneOfFew({ target, body }: Extract<Statement, { kind: 'loop' }>): boolean {
  return body.some((one) => {
    if (one.kind !== 'if' || one.test.kind !== 'unary' || !one.yes.some(({ kind }) => kind === 'leave')) return false;
    const { of } = one.test;
    const [item] = of.kind === 'call' ? of.arguments : [];
    return (
      of.kind === 'call' &&
      of.of.kind === 'field' &&
      /^(?:includes|has)$/.test(of.of.name) &&
      /^[A-Z]/.test(rootName(of.of.of) ?? '') &&
      item?.value.kind === 'name' &&
      target?.kind === 'name' &&
      item.value.name === target.name
    );
  });
}

/** The item and its parts, where it is taken apart at once: `for (const { id } of rows)`, `for i, row := range rows`. */
function namesOf(name: string, body: readonly Statement[]): string[] {
  const names = [name];
  for (const one of body) {
    if (one.kind !== 'set' || one.target.kind !== 'name') continue;
    const root = rootName(one.value);
    // `for team_id, name in rows` sets names that nobody declares, of one that the program does not say.
    const isOwn = one.declares || (root !== null && !/^\w+$/.test(root));
    if (isOwn && root !== null && names.includes(root)) names.push(one.target.name);
  }
  return names.filter((each) => /^\w+$/.test(each) && each !== '_');
}

const FAILED = /\berr\w*\s*!=\s*nil\b/i;

/** It looks for one item, and ends with the first that fits. */
function leavesWhenFound(home: Home, body: readonly Statement[]): boolean {
  return body.some((one) => {
    if (one.kind === 'leave') return home.text.startsWith('break', one.span[0]);
    if (one.kind === 'return') return !/err/i.test(sourceOf(home, one.span));
    // `if err != nil { fail(w, err); return }` of a handler of Go: it ends with the first that fails.
    if (one.kind === 'if' && FAILED.test(sourceOf(home, one.test.span))) return leavesWhenFound(home, one.no);
    return leavesWhenFound(home, blocksOf(one));
  });
}
