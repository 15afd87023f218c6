import type { Expression, Statement } from '../form.ts';
import { childOf, childrenOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import type { Lowering } from './lowering.ts';

type Switch = Extract<Statement, { kind: 'switch' }>;

interface Case {
  /** Null: the default. */
  test: Expression | null;
  body: readonly Statement[];
  /** Nothing is written in it: it shares the next one's body. */
  isEmpty: boolean;
  /** It does not end itself: the next one's body runs after it. */
  goesOn: boolean;
}

function statementsOf(nodes: readonly Syntax[]): Syntax[] {
  return nodes.filter(({ named, kind }) => named && kind !== 'comment');
}

function endsItself(nodes: readonly Syntax[]): boolean {
  const last = statementsOf(nodes).at(-1);
  if (last?.kind === 'statement_block') return endsItself(last.children);
  return last !== undefined && /^(?:break|return|throw|continue)_statement$/.test(last.kind);
}

function lowerCase(c: Lowering, node: Syntax): Case {
  const test = childOf(node, 'value');
  const nodes = statementsOf(childrenOf(node, 'body'));
  // The `break` that ends a case says nothing else.
  const said = nodes.at(-1)?.kind === 'break_statement' ? nodes.slice(0, -1) : nodes;
  return {
    test: test && c.expression(test),
    body: c.statements(said),
    isEmpty: nodes.length === 0,
    goesOn: nodes.length > 0 && !endsItself(nodes),
  };
}

export function lowerSwitch(c: Lowering, node: Syntax): Statement[] {
  const value = childOf(node, 'value');
  const on = value && c.expression(value);
  c.scope.depth++;
  const read = (childOf(node, 'body')?.children ?? [])
    .filter(({ kind }) => kind === 'switch_case' || kind === 'switch_default')
    .map((one) => lowerCase(c, one));
  c.scope.depth--;
  return [{ kind: 'switch', on, ...putTogether(read), span: spanOf(node) }];
}

function putTogether(read: readonly Case[]): Pick<Switch, 'cases' | 'otherwise'> {
  const cases: Switch['cases'][number][] = [];
  let otherwise: readonly Statement[] | null = null;
  let tests: Expression[] = [];
  let isDefault = false;
  for (const [index, one] of read.entries()) {
    const next = read[index + 1];
    if (one.test) tests.push(one.test);
    else isDefault = true;
    if (one.isEmpty && next) continue;
    // Only one case further: bodies repeated for every case before them would make a large file larger without end.
    const body = one.goesOn && next ? [...one.body, ...next.body] : one.body;
    if (tests.length > 0) cases.push({ tests, body });
    if (isDefault) otherwise = body;
    tests = [];
    isDefault = false;
  }
  return { cases, otherwise };
}
