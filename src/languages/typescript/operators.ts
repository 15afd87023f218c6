import type { Expression } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { bare, type Lowering, textOf } from './lowering.ts';

const NO_TEXT = new Set(['number', 'true', 'false', 'update_expression']);
const ARITHMETIC = new Set(['-', '*', '/', '%', '**', '<<', '>>', '>>>', '&', '|', '^']);

/** Other languages have one way to compare. */
const STRICT: Readonly<Record<string, string>> = { '===': '==', '!==': '!=' };

function operatorOf(c: Lowering, node: Syntax): string {
  const operator = childOf(node, 'operator');
  return operator ? textOf(c, operator) : '';
}

function isNoText(c: Lowering, given: Syntax): boolean {
  const node = bare(given);
  if (NO_TEXT.has(node.kind)) return true;
  if (node.kind === 'binary_expression') return ARITHMETIC.has(operatorOf(c, node));
  if (node.kind === 'unary_expression') return operatorOf(c, node) !== 'typeof';
  if (node.kind !== 'member_expression') return false;
  const property = childOf(node, 'property');
  return property !== null && textOf(c, property) === 'length';
}

/** The operands of `a + b + c`, walked by a loop: such chains can be thousands long. */
function operandsOf(c: Lowering, node: Syntax): Syntax[] {
  const operands: Syntax[] = [];
  let left: Syntax | null = node;
  while (left?.kind === 'binary_expression' && operatorOf(c, left) === '+') {
    const right = childOf(left, 'right');
    if (right) operands.push(right);
    left = childOf(left, 'left');
  }
  if (left) operands.push(left);
  return operands.reverse();
}

function lowerPlus(c: Lowering, node: Syntax): Expression {
  const operands = operandsOf(c, node);
  const isText = operands.some((one) => one.kind === 'string' || one.kind === 'template_string');
  const parts = operands.map((one) => c.expression(one));
  const [first] = parts;
  // One number makes a sum of it, unless a text is among them: `page + 1`.
  if (isText || !first || !operands.some((one) => isNoText(c, one)))
    return { kind: 'concat', parts, span: spanOf(node) };
  return parts.slice(1).reduce(
    (left, right): Expression => ({
      kind: 'binary',
      operator: '+',
      left,
      right,
      span: [left.span[0], right.span[1]],
    }),
    first,
  );
}

export function lowerBinary(c: Lowering, node: Syntax): Expression {
  const operator = operatorOf(c, node);
  if (operator === '+') return lowerPlus(c, node);
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const span = spanOf(node);
  if (!left || !right) return { kind: 'other', parts: namedOf(node).map((one) => c.expression(one)), span };
  if (operator === '||' || operator === '??')
    return { kind: 'choice', test: null, yes: c.expression(left), no: c.expression(right), span };
  if (operator === '&&')
    return { kind: 'choice', test: c.test(left), yes: c.expression(right), no: c.expression(left), span };
  return {
    kind: 'binary',
    operator: STRICT[operator] ?? operator,
    left: c.expression(left),
    right: c.expression(right),
    span,
  };
}

export function lowerUnary(c: Lowering, node: Syntax): Expression {
  const operator = operatorOf(c, node);
  const of = childOf(node, 'argument');
  if (!of) return { kind: 'other', parts: [], span: spanOf(node) };
  return { kind: 'unary', operator, of: operator === '!' ? c.test(of) : c.expression(of), span: spanOf(node) };
}

export function lowerTernary(c: Lowering, node: Syntax): Expression {
  const [test, yes, no] = ['condition', 'consequence', 'alternative'].map((field) => childOf(node, field));
  if (!test || !yes || !no)
    return { kind: 'other', parts: namedOf(node).map((one) => c.expression(one)), span: spanOf(node) };
  return { kind: 'choice', test: c.test(test), yes: c.expression(yes), no: c.expression(no), span: spanOf(node) };
}

export function lowerTest(c: Lowering, given: Syntax): Expression {
  const node = bare(given);
  const operator = node.kind === 'binary_expression' ? operatorOf(c, node) : '';
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if ((operator !== '&&' && operator !== '||') || !left || !right) return c.expression(node);
  return { kind: 'binary', operator, left: c.test(left), right: c.test(right), span: spanOf(node) };
}
