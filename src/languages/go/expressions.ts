import type { Expression } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { lowerCall, lowerConversion, lowerInstance } from './calls.ts';
import { lowerComposite } from './composites.ts';
import { lowerLiteralFunction } from './functions.ts';
import { nameNode, valueNode } from './nodes.ts';
import { lowerBinary, lowerUnary } from './operators.ts';
import { type Scope, textOf } from './scope.ts';
import { readNumber, readRune, readString } from './strings.ts';
import { lowerTypeName } from './type-expressions.ts';
import { lowerType } from './types.ts';

type Lower = (node: Syntax, scope: Scope) => Expression;

const lowerName: Lower = (node, scope) => nameNode(textOf(node, scope.file), spanOf(node));
const lowerText: Lower = (node, scope) => ({
  kind: 'text',
  value: readString(node, scope.file.text),
  span: spanOf(node),
});
const lowerNumber: Lower = (node, scope) => valueNode(readNumber(textOf(node, scope.file)), spanOf(node));

/** By the kind of the node. What is not here is `other` with all that can be read inside. */
const LOWER = new Map<string, Lower>([
  ['identifier', lowerName],
  ['field_identifier', lowerName],
  ['package_identifier', lowerName],
  ['blank_identifier', lowerName],
  ['interpreted_string_literal', lowerText],
  ['raw_string_literal', lowerText],
  ['int_literal', lowerNumber],
  ['float_literal', lowerNumber],
  ['imaginary_literal', lowerNumber],
  ['rune_literal', (node, scope) => valueNode(readRune(node, scope.file.text), spanOf(node))],
  ['true', (node) => valueNode(true, spanOf(node))],
  ['false', (node) => valueNode(false, spanOf(node))],
  ['nil', (node) => valueNode(null, spanOf(node))],
  ['iota', (node, scope) => valueNode(scope.iota, spanOf(node))],
  ['selector_expression', lowerSelector],
  ['index_expression', lowerIndex],
  ['slice_expression', lowerSlice],
  ['call_expression', lowerCall],
  ['type_conversion_expression', lowerConversion],
  ['type_instantiation_expression', lowerInstance],
  ['composite_literal', lowerComposite],
  ['func_literal', lowerLiteralFunction],
  ['binary_expression', lowerBinary],
  ['unary_expression', lowerUnary],
  ['parenthesized_expression', lowerInner],
  ['type_assertion_expression', lowerAssertion],
  ['type_identifier', lowerTypeName],
  ['qualified_type', lowerTypeName],
  ['generic_type', lowerTypeName],
]);

export function lowerExpression(node: Syntax, scope: Scope): Expression {
  return LOWER.get(node.kind)?.(node, scope) ?? lowerOther(node, scope);
}

/** What cannot be said, with every expression inside. */
function lowerOther(node: Syntax, scope: Scope): Expression {
  return { kind: 'other', parts: listParts(node, scope), span: spanOf(node) };
}

function listParts(node: Syntax, scope: Scope): Expression[] {
  return namedOf(node).flatMap((child) => {
    const lower = LOWER.get(child.kind);
    return lower ? [lower(child, scope)] : listParts(child, scope);
  });
}

function lowerInner(node: Syntax, scope: Scope): Expression {
  const inner = namedOf(node);
  return inner.length === 1 && inner[0] ? lowerExpression(inner[0], scope) : lowerOther(node, scope);
}

function lowerSelector(node: Syntax, scope: Scope): Expression {
  const operand = childOf(node, 'operand');
  const field = childOf(node, 'field');
  if (!operand || !field) return lowerOther(node, scope);
  return { kind: 'field', of: lowerExpression(operand, scope), name: textOf(field, scope.file), span: spanOf(node) };
}

function lowerIndex(node: Syntax, scope: Scope): Expression {
  const operand = childOf(node, 'operand');
  const index = childOf(node, 'index');
  if (!operand || !index) return lowerOther(node, scope);
  return {
    kind: 'index',
    of: lowerExpression(operand, scope),
    by: lowerExpression(index, scope),
    span: spanOf(node),
  };
}

/** Which end of a part a field of the node says. */
const ENDS: Readonly<Record<string, 'from' | 'to'>> = { start: 'from', end: 'to' };

function lowerSlice(node: Syntax, scope: Scope): Expression {
  const [operand, ...parts] = namedOf(node).map((child) => lowerExpression(child, scope));
  const [, ...said] = namedOf(node).map(({ field }) => ENDS[field ?? '']);
  const ends = said.flatMap((one) => one ?? []);
  const isSimple = ends.length === parts.length;
  return operand
    ? { kind: 'slice', of: operand, parts, ...(isSimple && { ends }), span: spanOf(node) }
    : lowerOther(node, scope);
}

function lowerAssertion(node: Syntax, scope: Scope): Expression {
  const operand = childOf(node, 'operand');
  if (!operand) return lowerOther(node, scope);
  return {
    kind: 'cast',
    of: lowerExpression(operand, scope),
    type: lowerType(childOf(node, 'type'), scope),
    span: spanOf(node),
  };
}
