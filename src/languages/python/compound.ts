import type { Expression, Statement } from '../form.ts';
import { childOf, childrenOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { assignTo, isPattern, lowerLoopTarget } from './assign.ts';
import { nameAt } from './names.ts';
import { firstPart, isPart, limitDepth, makeName, type Scope, textOf, within } from './scope.ts';

function lowerBody(node: Syntax | null, scope: Scope): Statement[] {
  return node ? scope.file.statements(node, within(scope)) : [];
}

function nothing(node: Syntax): Expression {
  return { kind: 'other', parts: [], span: spanOf(node) };
}

export function lowerIf(node: Syntax, scope: Scope): Statement[] {
  // In the order of the text: what a test sets is known to the later ones.
  const branches = [node, ...childrenOf(node, 'alternative')].map((branch) => {
    const condition = childOf(branch, 'condition');
    const body = childOf(branch, 'consequence') ?? childOf(branch, 'body');
    return {
      test: condition && scope.file.test(condition, scope),
      body: lowerBody(body, scope),
      span: [branch.start, node.end] as const,
      plain: branch.kind === 'else_clause',
    };
  });
  limitDepth(branches.length);
  let no: Statement[] = [];
  for (const { test, body, span, plain } of branches.reverse()) {
    no = plain ? body : [{ kind: 'if', test: test ?? nothing(node), yes: body, no, span }];
  }
  return no;
}

export function lowerFor(node: Syntax, scope: Scope): Statement[] {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  const over = right ? scope.file.expression(right, scope) : nothing(node);
  const { target, first } = left ? lowerLoopTarget(left, within(scope)) : { target: null, first: [] };
  const body = [...first, ...lowerBody(childOf(node, 'body'), scope)];
  const gives = over.kind === 'map' ? 'keys' : 'items';
  return [{ kind: 'loop', target, over, gives, test: null, body, span: spanOf(node) }, ...lowerElse(node, scope)];
}

export function lowerWhile(node: Syntax, scope: Scope): Statement[] {
  const condition = childOf(node, 'condition');
  const test = condition ? scope.file.test(condition, scope) : nothing(node);
  const body = lowerBody(childOf(node, 'body'), scope);
  return [
    { kind: 'loop', target: null, over: null, gives: 'items', test, body, span: spanOf(node) },
    ...lowerElse(node, scope),
  ];
}

/** The `else` of a loop runs where no `break` ended it, which is not known here. */
function lowerElse(node: Syntax, scope: Scope): Statement[] {
  const otherwise = childOf(node, 'alternative');
  if (!otherwise) return [];
  const yes = lowerBody(childOf(otherwise, 'body'), scope);
  return yes.length > 0 ? [{ kind: 'if', test: nothing(otherwise), yes, no: [], span: spanOf(otherwise) }] : [];
}

export function lowerTry(node: Syntax, scope: Scope): Statement[] {
  const body = lowerBody(childOf(node, 'body'), scope);
  const catches: (Statement & { kind: 'try' })['catches'][number][] = [];
  let lastly: Statement[] = [];
  for (const clause of node.children) {
    if (clause.kind === 'except_clause' || clause.kind === 'except_group_clause')
      catches.push(lowerExcept(clause, scope));
    // It runs when the body has come to its end.
    else if (clause.kind === 'else_clause') body.push(...lowerBody(childOf(clause, 'body'), scope));
    else if (clause.kind === 'finally_clause') lastly = lowerBody(blockOf(clause), scope);
  }
  return [{ kind: 'try', body, catches, lastly, span: spanOf(node) }];
}

function lowerExcept(node: Syntax, scope: Scope): (Statement & { kind: 'try' })['catches'][number] {
  // Several without parentheses are newer than Python 3.13.
  const caught = node.children.filter((child) => isPart(child) && child.kind !== 'block').map(readAlias);
  const types = caught.flatMap(({ value }) => (value ? [scope.file.expression(value, scope)] : []));
  const alias = caught.at(-1)?.alias;
  return {
    name: alias ? textOf(alias, scope) : null,
    types: types.flatMap((one) => (one.kind === 'list' ? one.items : [one])),
    body: lowerBody(blockOf(node), scope),
    span: spanOf(node),
  };
}

function blockOf(node: Syntax): Syntax | null {
  return node.children.find(({ kind }) => kind === 'block') ?? null;
}

/** `value as alias` */
function readAlias(node: Syntax | null): { value: Syntax | null; alias: Syntax | null } {
  if (node?.kind !== 'as_pattern') return { value: node, alias: null };
  const target = childOf(node, 'alias');
  return { value: firstPart(node), alias: target && firstPart(target) };
}

/** `with a as b, c as d`: what is opened is set, and the block that it is open for stands in that of the one before it. */
export function lowerWith(node: Syntax, scope: Scope): Statement[] {
  const clause = node.children.find(({ kind }) => kind === 'with_clause');
  const items = clause?.children.filter(({ kind }) => kind === 'with_item') ?? [];
  limitDepth(items.length);
  return lowerItems(items, node, scope);
}

function lowerItems(items: readonly Syntax[], node: Syntax, scope: Scope): Statement[] {
  const [item, ...rest] = items;
  if (!item) return lowerBody(childOf(node, 'body'), scope);
  const { value, alias } = readAlias(childOf(item, 'value'));
  const opened = value ? scope.file.expression(value, scope) : nothing(item);
  const { before, holds } = alias ? hold(alias, opened, item, scope) : { before: [], holds: opened };
  return [...before, { kind: 'block', body: lowerItems(rest, node, scope), holds, span: spanOf(node) }];
}

/** The value is evaluated once: it is set, and the block holds the name. */
function hold(
  alias: Syntax,
  opened: Expression,
  item: Syntax,
  scope: Scope,
): { before: Statement[]; holds: Expression } {
  if (!isPattern(alias)) {
    const before = assignTo(alias, opened, scope, spanOf(item));
    const set = before[0];
    return { before, holds: set?.kind === 'set' ? set.target : opened };
  }
  const name = makeName(scope);
  const holds = nameAt(name, opened.span);
  const set: Statement = {
    kind: 'set',
    target: { kind: 'name', name, span: opened.span },
    value: opened,
    declares: true,
    append: false,
    type: null,
    span: spanOf(item),
  };
  return { before: [set, ...assignTo(alias, holds, scope, spanOf(item))], holds };
}
