import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { rootName } from '../../languages/root-name.ts';
import { blocksOf, partsOf, partsOfStatement, visitExpressions } from '../../languages/visit-expressions.ts';
import { cutText } from '../../text/cut-text.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';

const ROUTES = /^(?:get|post|put|patch|delete|all|use|head|options|param)$/;
/** What the types of Express call what routes are given to. */
const ROUTER = /^(?:express\.)?(?:I?Router|Express|Application|express\.Application)$/;
const MOST_SHOWN = 80;

/** `app.get('/orders', async (req, res) => { … await … })`: Express before 5 drops the promise that it gives, with what failed. */
export function findUnheardRejections(home: Home): FoundSlip[] {
  const { module } = home;
  if (module.language !== 'typescript' || !/['"]express['"]/.test(home.text)) return [];
  const made = new Set(module.imports.filter((one) => one.module === 'express').map(({ local }) => local));
  const routers = routersOf(home, made);
  const byName = new Map(module.functions.filter(({ name }) => name !== '').map((form) => [form.name, form]));
  const found = new Map<number, FoundSlip>();
  visitExpressions(module, (one) => {
    if (one.kind !== 'call' || one.of.kind !== 'field' || !ROUTES.test(one.of.name)) return;
    if (!routers.has(routerOf(one.of.of) ?? '')) return;
    for (const { value } of one.arguments) {
      const form = formOf(home, byName, value);
      const span = form?.async ? unheardIn(form.body) : null;
      if (!form || !span || found.has(form.id)) continue;
      const names = {
        CALL: cutText(textOf(home, span), MOST_SHOWN, '…'),
        ROUTE: routeOf(one.of, one.arguments[0]?.value),
      };
      found.set(form.id, { kind: 'rejection-unheard', home, form, span, names });
    }
  });
  return [...found.values()];
}

/** Names that stand for what `express()` and `Router()` give, and parameters of their types. */
function routersOf({ module }: Home, made: ReadonlySet<string>): Set<string> {
  const routers = new Set<string>();
  const isMade = (value: Expression): boolean =>
    value.kind === 'call' &&
    (value.of.kind === 'name' || value.of.kind === 'field') &&
    made.has(rootName(value.of) ?? '');
  const visit = (all: readonly Statement[]): void => {
    for (const one of all) {
      const kept = one.kind === 'set' && one.target.kind !== 'index' && isMade(one.value) ? ownName(one.target) : null;
      if (kept !== null) routers.add(kept);
      visit(blocksOf(one));
    }
  };
  for (const { parameters, body } of module.functions) {
    for (const { name, type } of parameters) if (type?.kind === 'named' && ROUTER.test(type.name)) routers.add(name);
    visit(body);
  }
  return routers;
}

/** `GET /orders`; where it has no path of its own `app.use`. */
function routeOf(of: Extract<Expression, { kind: 'field' }>, first: Expression | undefined): string {
  const path = of.of.kind === 'call' ? chainedPath(of.of) : first;
  if (path?.kind === 'text' && of.name !== 'use') return `${of.name.toUpperCase()} ${path.value}`;
  return `${routerOf(of.of) ?? ''}.${of.name}`;
}

/** `'/orders'` of `router.route('/orders').get(list).post(create)`. */
function chainedPath({ of, arguments: [first] }: Extract<Expression, { kind: 'call' }>): Expression | undefined {
  if (of.kind !== 'field') return undefined;
  return of.of.kind === 'call' && of.name !== 'route' ? chainedPath(of.of) : first?.value;
}

/** `router` of `router.route('/orders').get(…)`. */
function routerOf(of: Expression): string | null {
  return of.kind === 'call' && of.of.kind === 'field' ? routerOf(of.of.of) : ownName(of);
}

/** A name, or what an object keeps under one: `this.router`. */
function ownName(of: Expression): string | null {
  if (of.kind === 'name') return of.name;
  return of.kind === 'field' && of.of.kind === 'name' && of.of.name === 'this' ? `this.${of.name}` : null;
}

function formOf(home: Home, byName: ReadonlyMap<string, FunctionForm>, value: Expression): FunctionForm | undefined {
  if (value.kind === 'function') return home.module.functions[value.id];
  // `this.list.bind(this)`
  if (value.kind === 'call' && value.of.kind === 'field' && value.of.name === 'bind')
    return formOf(home, byName, value.of.of);
  const name = ownName(value);
  return name === null ? undefined : byName.get(name.replace(/^this\./, ''));
}

/** What is awaited first while nothing catches its failure. */
function unheardIn(body: readonly Statement[]): Span | null {
  for (const one of body) {
    const own = partsOfStatement(one)
      .map(awaitedIn)
      .find((span) => span !== null);
    const inner =
      one.kind === 'try' && one.catches.length > 0
        ? unheardIn([...one.catches.flatMap((each) => each.body), ...one.lastly])
        : unheardIn(blocksOf(one));
    const span = own ?? inner;
    if (span) return span;
  }
  return null;
}

function awaitedIn(one: Expression): Span | null {
  if (one.kind === 'await' && one.of.kind === 'call' && calledName(one.of.of) !== 'catch') return one.of.span;
  return (
    partsOf(one)
      .map(awaitedIn)
      .find((span) => span !== null) ?? null
  );
}
