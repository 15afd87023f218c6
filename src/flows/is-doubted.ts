import { calledName } from '../languages/called-name.ts';
import { functionAt, functionsAround } from '../languages/enclosing.ts';
import type { Expression, FunctionForm, Span, Statement } from '../languages/form.ts';
import { holds } from '../languages/holds.ts';
import { memo } from '../languages/memo.ts';
import { rootName } from '../languages/root-name.ts';
import { blocksOf, partsOf, visitBody } from '../languages/visit-expressions.ts';
import { CHECKS } from './call-guard.ts';
import type { Home, Place } from './value.ts';

/** Looks for what is stored under a name, and mostly nothing goes on where nothing is. */
const LOOKS_UP =
  /^(?:find(?:One|Unique|First|By)\w*|findBy\w+|get\w*(?:By[A-Z]\w*|OrFail|OrThrow|OrError)|exists?|lookup)$/;
/** Where a stored name leads to nothing else. */
const STORED = new Set(['path', 'url', 'redirect']);
/** What holds all that is asked: a check of it says nothing of one value. */
const WHOLE =
  /^(?:this|self|_?req|_?request|_?res|_?response|ctx|context|c|e|event|w|r|app|next|config|options|db|prisma|args|err)$/;

/**
 * A call that is a check by its name, or that looks the value up, was given the value on its way, and what it does with it is not
 * understood: whether the value still harms only a reader can tell.
 */
export function isDoubted(kind: string, way: readonly Place[], homes: ReadonlyMap<string, Home>): boolean {
  return way.some(({ path, span }) => {
    const home = homes.get(path);
    const form = home ? functionAt(home.module, span) : null;
    if (!home || home.module.language !== 'typescript') return false;
    // A listener or a callback runs after the function that it is written in.
    const forms = functionsAround(home.module, form);
    const checks = forms
      .flatMap(checksOf)
      .filter(
        ({ name, call }) =>
          call.span[0] < span[0] && !holds(call.span, span) && (CHECKS.test(name) || STORED.has(kind)),
      );
    if (checks.length === 0) return false;
    const said = namesAt(home, forms, span);
    return checks.some(({ call }) =>
      call.arguments.some(({ value }) => textsIn(home, value).some((text) => said.has(text))),
    );
  });
}

type Call = Extract<Expression, { kind: 'call' }>;

/** Once for a function: thousands of flaws may stand in it. */
const checksOf = memo((form: FunctionForm): readonly { name: string; call: Call }[] => {
  const found: { name: string; call: Call }[] = [];
  visitBody(form.body, (one) => {
    const name = one.kind === 'call' ? calledName(one.of) : '';
    if (one.kind === 'call' && (CHECKS.test(name) || LOOKS_UP.test(name))) found.push({ name, call: one });
  });
  return found;
});

/** What stands at a place, and what that was made of in this function: names, and fields of what holds the whole request. */
function namesAt(home: Home, forms: readonly FunctionForm[], span: Span): ReadonlySet<string> {
  const said = new Set<string>();
  const [innermost] = forms;
  visitBody(innermost?.body ?? [], (one) => {
    if (holds(span, one.span) || (one.kind !== 'function' && one.span[0] === span[0]))
      for (const text of textsIn(home, one)) said.add(text);
  });
  const sets = forms.flatMap(({ body }) => setsOf(body)).filter((one) => one.span[0] < span[0]);
  for (let before = -1; before !== said.size; ) {
    before = said.size;
    for (const { target, value } of sets)
      if (target.kind === 'name' && said.has(target.name)) for (const text of textsIn(home, value)) said.add(text);
  }
  return said;
}

function setsOf(body: readonly Statement[]): Extract<Statement, { kind: 'set' }>[] {
  return body.flatMap((one) => [...(one.kind === 'set' ? [one] : []), ...setsOf(blocksOf(one))]);
}

function textsIn(home: Home, one: Expression): string[] {
  if (one.kind === 'name') return WHOLE.test(one.name) ? [] : [one.name];
  if (one.kind === 'field' && WHOLE.test(rootName(one) ?? '')) return [home.text.slice(...one.span)];
  if (one.kind === 'call') {
    const inside = one.arguments.flatMap(({ value }) => textsIn(home, value));
    return one.of.kind === 'field' ? [...textsIn(home, one.of.of), ...inside] : inside;
  }
  return partsOf(one).flatMap((part) => textsIn(home, part));
}
