import type { Expression, Span, Statement } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { listOf } from './assignments.ts';
import { blockNode, valueNode } from './nodes.ts';
import type { Scope } from './scope.ts';

export interface Case {
  tests: Expression[];
  body: Statement[];
}

/** `if v := f(); v != nil { … } else { … }`: what is declared in its head ends with it. */
export function lowerIf(node: Syntax, scope: Scope): Statement[] {
  const { lower } = scope.file;
  const before = lowerInitializer(node, scope);
  const condition = childOf(node, 'condition');
  const alternative = childOf(node, 'alternative');
  const span = spanOf(node);
  const test = condition ? lower.expression(condition, scope) : valueNode(true, span);
  const yes = lower.body(childOf(node, 'consequence'), scope);
  const no =
    alternative?.kind === 'block' ? lower.body(alternative, scope) : alternative ? lowerIf(alternative, scope) : [];
  return within(before, { kind: 'if', test, yes, no, span }, span);
}

/** `switch x { … }`; without a value each test is a condition. */
export function lowerSwitch(node: Syntax, scope: Scope): Statement[] {
  const { lower } = scope.file;
  const before = lowerInitializer(node, scope);
  const value = childOf(node, 'value');
  const on = value ? lower.expression(value, scope) : null;
  const bodies = lowerCases(node, scope, (one) => ({
    tests: listOf(childOf(one, 'value')).map((test) => lower.expression(test, scope)),
    body: lower.body(statementsOf(one), scope),
  }));
  const span = spanOf(node);
  return within(before, { kind: 'switch', on, ...bodies, span }, span);
}

/** Cases and default of a `switch` or `select`, with what they fall through into. */
export function lowerCases(
  node: Syntax,
  scope: Scope,
  lowerCase: (one: Syntax) => Case,
): { cases: Case[]; otherwise: Statement[] | null } {
  const written = node.children.filter((child) => child.kind.endsWith('_case'));
  const lowered = written.map(lowerCase);
  let through = 0;
  // From the last one, so that a case gets what the next one got.
  for (let index = written.length - 2; index >= 0; index--) {
    const one = lowered[index];
    const next = lowered[index + 1];
    const falls = fallsThrough(written[index]);
    through = falls ? through + 1 : 0;
    // A thousand cases that each fall into the next would become half a million.
    if (falls && one && next && through <= 8) one.body = [...one.body, ...next.body];
  }
  const isDefault = (index: number): boolean => written[index]?.kind === 'default_case';
  return {
    cases: lowered.filter((_, index) => !isDefault(index)),
    otherwise: lowered.find((_, index) => isDefault(index))?.body ?? null,
  };
}

/** The statements of a case. The `break` that ends it says nothing else, and what follows the `switch` runs. */
export function statementsOf(one: Syntax): Syntax | null {
  const list = one.children.find((child) => child.kind === 'statement_list') ?? null;
  const last = list ? namedOf(list).at(-1) : undefined;
  if (!list || last?.kind !== 'break_statement' || last.children.length > 1) return list;
  return { ...list, children: list.children.filter((child) => child !== last) };
}

function fallsThrough(one: Syntax | undefined): boolean {
  const list = one ? statementsOf(one) : null;
  return list?.children.some((child) => child.kind === 'fallthrough_statement') ?? false;
}

export function lowerInitializer(node: Syntax, scope: Scope): Statement[] {
  const initializer = childOf(node, 'initializer');
  return initializer ? scope.file.lower.statement(initializer, scope) : [];
}

/** What stands in the head is declared for the statement alone. */
export function within(before: readonly Statement[], statement: Statement, span: Span): Statement[] {
  return before.length > 0 ? [blockNode([...before, statement], span)] : [statement];
}
