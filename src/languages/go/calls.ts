import type { Argument, Expression } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { nameNode } from './nodes.ts';
import { type Scope, textOf } from './scope.ts';
import { isTypeArgument, isTypeNode, lowerTypeName, zeroOf } from './type-expressions.ts';
import { lowerType } from './types.ts';

/** A call, or a conversion that is written like one. */
export function lowerCall(node: Syntax, scope: Scope): Expression {
  const called = childOf(node, 'function');
  const list = childOf(node, 'arguments');
  const span = spanOf(node);
  if (!called) return { kind: 'other', parts: [], span };
  const given = list ? namedOf(list) : [];
  const [first] = given;
  if (first && given.length === 1) {
    const name = called.kind === 'identifier' ? textOf(called, scope.file) : null;
    // `new(name)` points to a copy of it since Go 1.26.
    if (name === 'new' && isTypeNode(first) && !isTypeArgument(first, scope)) return lowerTypeName(first, scope);
    if (name === 'new' || (name === 'make' && isTypeNode(first))) return lowerMade(first, span, scope);
    const to = convertsTo(called, scope);
    if (to) return { kind: 'cast', of: scope.file.lower.expression(first, scope), type: lowerType(to, scope), span };
  }
  return {
    kind: 'call',
    of: lowerIndexed(scope.file.lower.expression(called, scope), childOf(node, 'type_arguments'), scope),
    arguments: given.map((one) => lowerArgument(one, scope)),
    made: false,
    span,
  };
}

/** `T(x)` and `(*T)(x)` of a type of this file. What another file declares is not known here: that is a call. */
function convertsTo(called: Syntax, scope: Scope): Syntax | null {
  if (called.kind === 'parenthesized_expression' || called.kind === 'unary_expression') {
    const inner = namedOf(called)[0];
    return inner ? convertsTo(inner, scope) : null;
  }
  if (called.kind !== 'identifier') return null;
  const name = textOf(called, scope.file);
  return name === 'any' || scope.file.declared.has(name) || scope.typeParameters.has(name) ? called : null;
}

/** `new(T)` and `make(T)` are empty values of the type; a `make` with a size stays a call, since the size may be anybody's. */
function lowerMade(type: Syntax, span: Expression['span'], scope: Scope): Expression {
  return isTypeNode(type) ? zeroOf(type, span, scope) : scope.file.lower.expression(type, scope);
}

function lowerArgument(node: Syntax, scope: Scope): Argument {
  if (node.kind === 'variadic_argument') {
    const inner = namedOf(node)[0] ?? node;
    return {
      name: null,
      value: { kind: 'spread', of: scope.file.lower.expression(inner, scope), span: spanOf(node) },
    };
  }
  if (isTypeNode(node)) return { name: null, value: zeroOf(node, spanOf(node), scope) };
  return { name: null, value: scope.file.lower.expression(node, scope) };
}

/** Type arguments are left out; what the grammar took for one and is none is an index: `handlers[r.Method](w, r)`. */
function lowerIndexed(called: Expression, list: Syntax | null, scope: Scope): Expression {
  const given = list ? namedOf(list) : [];
  const [only] = given;
  if (!list || !only || given.length > 1 || isTypeArgument(only, scope)) return called;
  return {
    kind: 'index',
    of: called,
    by: lowerTypeName(only, scope),
    span: [called.span[0], list.end],
  };
}

/** `[]byte(x)`; with a generic name a call of a generic function, `Get[User](x)`, or of an item, `handlers[i](x)`. */
export function lowerConversion(node: Syntax, scope: Scope): Expression {
  const type = childOf(node, 'type');
  const operand = childOf(node, 'operand');
  const span = spanOf(node);
  if (!type || !operand) return { kind: 'other', parts: [], span };
  const value = scope.file.lower.expression(operand, scope);
  const called = type.kind === 'generic_type' ? childOf(type, 'type') : null;
  if (!called) return { kind: 'cast', of: value, type: lowerType(type, scope), span };
  const of = lowerIndexed(lowerTypeName(called, scope), childOf(type, 'type_arguments'), scope);
  return { kind: 'call', of, arguments: [{ name: null, value }], made: false, span };
}

/** `Map[int, string]` as a value: the function without its type arguments. */
export function lowerInstance(node: Syntax, scope: Scope): Expression {
  const type = childOf(node, 'type');
  return type ? lowerTypeName(type, scope) : nameNode(textOf(node, scope.file), spanOf(node));
}
