import type { Expression } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { binaryNode } from './nodes.ts';
import type { Scope } from './scope.ts';

/** Go adds no number to a text: one part that is a number says that all are. */
const NUMBERS = new Set(['int_literal', 'float_literal', 'imaginary_literal', 'rune_literal', 'iota']);
/** Functions of the language, and conversions, that give a number. */
const COUNTS = /^(?:len|cap|u?int(?:8|16|32|64)?|float(?:32|64))$/;

export function lowerBinary(node: Syntax, scope: Scope): Expression {
  const left = childOf(node, 'left');
  const operator = childOf(node, 'operator')?.kind ?? '';
  const right = childOf(node, 'right');
  if (!left || !right) return { kind: 'other', parts: [], span: spanOf(node) };
  if (operator === '+') return lowerSum(node, scope);
  const { expression } = scope.file.lower;
  return binaryNode(expression(left, scope), operator, expression(right, scope), spanOf(node));
}

/** A chain `a + b + c` in one piece: as text where no part of it is a number. */
function lowerSum(node: Syntax, scope: Scope): Expression {
  const operands: Syntax[] = [];
  const sums: Syntax[] = [];
  let first = node;
  while (first.kind === 'binary_expression' && childOf(first, 'operator')?.kind === '+') {
    const left = childOf(first, 'left');
    const right = childOf(first, 'right');
    if (!left || !right) break;
    operands.push(right);
    sums.push(first);
    first = left;
  }
  operands.push(first);
  operands.reverse();
  sums.reverse();
  const parts = operands.map((one) => scope.file.lower.expression(one, scope));
  if (!operands.some((one) => isNumber(one, scope))) return { kind: 'concat', parts, span: spanOf(node) };
  return parts.reduce((left, right, index) => binaryNode(left, '+', right, spanOf(sums[index - 1] ?? node)));
}

export function isNumber(node: Syntax, scope: Scope): boolean {
  if (NUMBERS.has(node.kind)) return true;
  if (node.kind === 'parenthesized_expression') return node.children.some((child) => isNumber(child, scope));
  if (node.kind === 'binary_expression') {
    const operator = childOf(node, 'operator')?.kind;
    return operator !== '+' || node.children.some((child) => child.named && isNumber(child, scope));
  }
  const called = node.kind === 'call_expression' ? node.children[0] : undefined;
  return called?.kind === 'identifier' && COUNTS.test(scope.file.text.slice(called.start, called.end));
}

/** Pointers and receiving from a channel are lowered away. */
export function lowerUnary(node: Syntax, scope: Scope): Expression {
  const operator = childOf(node, 'operator')?.kind ?? '';
  const operand = childOf(node, 'operand');
  if (!operand) return { kind: 'other', parts: [], span: spanOf(node) };
  const of = scope.file.lower.expression(operand, scope);
  return ['&', '*', '<-', '+'].includes(operator) ? of : { kind: 'unary', operator, of, span: spanOf(node) };
}
