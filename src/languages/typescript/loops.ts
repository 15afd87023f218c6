import type { Expression, Statement, Target } from '../form.ts';
import { childOf, childrenOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type Lowering, lowerBody } from './lowering.ts';
import { isPattern, lowerTarget, madeName, takeApart } from './patterns.ts';

const isSaid = (node: Syntax): boolean => node.named && node.kind !== 'comment' && node.kind !== 'empty_statement';

/** `for (init; test; update)`: a block that begins with `init` and whose loop ends each time with `update`. */
export function lowerFor(c: Lowering, node: Syntax): Statement[] {
  const span = spanOf(node);
  c.scope.depth++;
  const before = c.statements(childrenOf(node, 'initializer').filter(isSaid).map(asStatement));
  const test = childrenOf(node, 'condition').find(isSaid);
  const lowered = test ? c.test(test.kind === 'expression_statement' ? (namedOf(test)[0] ?? test) : test) : null;
  const body = lowerBody(c, childOf(node, 'body'));
  const after = c.statements(childrenOf(node, 'increment').filter(isSaid).map(asStatement));
  c.scope.depth--;
  const loop: Statement = {
    kind: 'loop',
    target: null,
    over: null,
    gives: 'items',
    test: lowered,
    body: [...body, ...after],
    span,
  };
  return before.length === 0 ? [loop] : [{ kind: 'block', body: [...before, loop], holds: null, span }];
}

/** The header of a `for` holds bare expressions, elsewhere they stand in a statement. */
function asStatement(node: Syntax): Syntax {
  if (/_(?:statement|declaration)$/.test(node.kind)) return node;
  return { kind: 'expression_statement', field: null, named: true, start: node.start, end: node.end, children: [node] };
}

export function lowerForIn(c: Lowering, node: Syntax): Statement[] {
  const span = spanOf(node);
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return lowerBody(c, childOf(node, 'body'));
  const over = c.expression(right);
  const gives = childOf(node, 'operator')?.kind === 'in' ? 'keys' : 'items';
  let target: Target | null;
  let parts: Statement[] = [];
  if (isPattern(left)) {
    const made = madeName(c, spanOf(left));
    target = made;
    parts = takeApart(c, left, made, { declares: childOf(node, 'kind') !== null });
  } else target = lowerTarget(c, left);
  const body = lowerBody(c, childOf(node, 'body'));
  return [{ kind: 'loop', target, over, gives, test: null, body: [...parts, ...body], span }];
}

export function lowerWhile(c: Lowering, node: Syntax): Statement[] {
  const condition = childOf(node, 'condition');
  const test = condition ? c.test(condition) : null;
  return [
    {
      kind: 'loop',
      target: null,
      over: null,
      gives: 'items',
      test,
      body: lowerBody(c, childOf(node, 'body')),
      span: spanOf(node),
    },
  ];
}

/** The body runs before the test is asked: the loop has none, and leaves at the body's end. */
export function lowerDo(c: Lowering, node: Syntax): Statement[] {
  const condition = childOf(node, 'condition');
  const body = lowerBody(c, childOf(node, 'body'));
  const span = spanOf(node);
  const test: Expression | null = condition && c.test(condition);
  const leave: Statement[] = test
    ? [
        {
          kind: 'if',
          test: { kind: 'unary', operator: '!', of: test, span: test.span },
          yes: [{ kind: 'leave', span: test.span }],
          no: [],
          span: test.span,
        },
      ]
    : [];
  return [{ kind: 'loop', target: null, over: null, gives: 'items', test: null, body: [...body, ...leave], span }];
}
