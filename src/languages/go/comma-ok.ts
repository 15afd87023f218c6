import type { Expression, Span, Statement } from '../form.ts';
import { childOf, namedOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { binaryNode, declareNode, nameNode, valueNode } from './nodes.ts';
import { makeName, type Scope } from './scope.ts';
import { lowerTypeName } from './type-expressions.ts';
import { lowerType } from './types.ts';

/** The two values of `m[k]`, `x.(T)` and `<-ch`, with what must run before them. */
interface Checked {
  before: Statement[];
  item: Expression;
  check: Expression;
}

/** Null: the value is none of these, but a call with several results. */
export function lowerWithCheck(written: Syntax, span: Span, scope: Scope): Checked | null {
  let value = written;
  while (value.kind === 'parenthesized_expression') {
    const inner = namedOf(value)[0];
    if (!inner) return null;
    value = inner;
  }
  const operand = childOf(value, 'operand');
  if (!operand) return null;
  const before: Statement[] = [];
  const once = (node: Syntax): Expression => lowerOnce(node, span, before, scope);
  if (value.kind === 'index_expression') {
    const index = childOf(value, 'index');
    if (!index) return null;
    const of = once(operand);
    const by = once(index);
    const at: Span = [value.start, value.end];
    return { before, item: { kind: 'index', of, by, span: at }, check: binaryNode(by, 'in', of, at) };
  }
  if (value.kind === 'type_assertion_expression') {
    const of = once(operand);
    const type = childOf(value, 'type');
    return {
      before,
      item: { kind: 'cast', of, type: lowerType(type, scope), span: [value.start, value.end] },
      check: checkType(of, type, span, scope),
    };
  }
  if (value.kind === 'unary_expression' && childOf(value, 'operator')?.kind === '<-') {
    const item = once(operand);
    return { before, item, check: binaryNode(item, '!=', valueNode(null, span), span) };
  }
  return null;
}

/** Whether a value is of the type: `nil` is one in a type switch. */
export function checkType(of: Expression, type: Syntax | null, span: Span, scope: Scope): Expression {
  if (type === null) return { kind: 'other', parts: [of], span };
  if (scope.file.text.slice(type.start, type.end) === 'nil')
    return binaryNode(of, '==', valueNode(null, [type.start, type.end]), span);
  return binaryNode(of, 'instanceof', lowerTypeName(type, scope), span);
}

/** What is used twice must run once: a call is kept under a made-up name. */
export function lowerOnce(node: Syntax, span: Span, before: Statement[], scope: Scope): Expression {
  const value = scope.file.lower.expression(node, scope);
  if (isStill(value)) return value;
  const name = makeName(scope);
  before.push(declareNode(name, value, span));
  return nameNode(name, [node.start, node.end]);
}

/** To read it twice is to read it once. */
export function isStill(one: Expression): boolean {
  if (one.kind === 'name' || one.kind === 'text' || one.kind === 'value') return true;
  if (one.kind === 'index') return isStill(one.of) && isStill(one.by);
  return one.kind === 'field' && isStill(one.of);
}
