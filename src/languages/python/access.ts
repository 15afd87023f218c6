import type { Argument, Expression } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { firstPart, isPart, partsOf, type Scope, textOf } from './scope.ts';

export function lowerAttribute(node: Syntax, scope: Scope): Expression {
  const [object, attribute] = [childOf(node, 'object'), childOf(node, 'attribute')];
  const of: Expression = object
    ? scope.file.expression(object, scope)
    : { kind: 'other', parts: [], span: spanOf(node) };
  return { kind: 'field', of, name: attribute ? textOf(attribute, scope) : '', span: spanOf(node) };
}

/** `x[1]`, `x[1:2]`, `x[1, 2]`. */
export function lowerSubscript(node: Syntax, scope: Scope): Expression {
  const value = childOf(node, 'value');
  const of: Expression = value ? scope.file.expression(value, scope) : { kind: 'other', parts: [], span: spanOf(node) };
  const subscripts = node.children.filter(({ field }) => field === 'subscript');
  if (subscripts.some(({ kind }) => kind === 'slice')) {
    const parts = subscripts.flatMap((one) => (one.kind === 'slice' ? partsOf(one) : [one]));
    const [only] = subscripts;
    const ends = only && subscripts.length === 1 ? { ends: endsOf(only) } : {};
    const items = parts.map((part) => scope.file.expression(part, scope));
    return { kind: 'slice', of, parts: items, ...ends, span: spanOf(node) };
  }
  return { kind: 'index', of, by: lowerKey(subscripts, node, scope), span: spanOf(node) };
}

/** Of `x[a:b:c]`: which of them is written. */
function endsOf(slice: Syntax): ('from' | 'to' | 'step')[] {
  const ends: ('from' | 'to' | 'step')[] = [];
  let colons = 0;
  for (const child of slice.children)
    if (child.kind === ':') colons++;
    else if (isPart(child)) ends.push(colons === 0 ? 'from' : colons === 1 ? 'to' : 'step');
  return ends;
}

function lowerKey(subscripts: readonly Syntax[], node: Syntax, scope: Scope): Expression {
  const items = subscripts.map((one) => scope.file.expression(one, scope));
  const [first] = items;
  if (first && items.length === 1) return first;
  return { kind: 'list', items, span: [first?.span[0] ?? node.end, items.at(-1)?.span[1] ?? node.end] };
}

export function lowerCall(node: Syntax, scope: Scope): Expression {
  const [callee, given] = [childOf(node, 'function'), childOf(node, 'arguments')];
  const of: Expression = callee
    ? scope.file.expression(callee, scope)
    : { kind: 'other', parts: [], span: spanOf(node) };
  return { kind: 'call', of, arguments: given ? lowerArguments(given, scope) : [], made: false, span: spanOf(node) };
}

export function lowerArguments(given: Syntax, scope: Scope): Argument[] {
  // `f(x for x in y)` has no list of arguments.
  if (given.kind !== 'argument_list') return [{ name: null, value: scope.file.expression(given, scope) }];
  const result: Argument[] = [];
  for (const child of given.children) if (isPart(child)) result.push(lowerArgument(child, scope));
  return result;
}

function lowerArgument(node: Syntax, scope: Scope): Argument {
  if (node.kind === 'keyword_argument') {
    const [name, value] = [childOf(node, 'name'), childOf(node, 'value')];
    return {
      name: name && textOf(name, scope),
      value: value ? scope.file.expression(value, scope) : { kind: 'other', parts: [], span: spanOf(node) },
    };
  }
  if (node.kind === 'dictionary_splat') {
    const of = scope.file.expression(firstPart(node) ?? node, scope);
    return { name: '**', value: { kind: 'spread', of, span: spanOf(node) } };
  }
  return { name: null, value: scope.file.expression(node, scope) };
}
