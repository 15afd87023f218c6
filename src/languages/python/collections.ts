import type { Entry, Expression } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { firstPart, partsOf, type Scope } from './scope.ts';

/** Lists, tuples, sets, and several expressions beside each other. */
export function lowerItems(node: Syntax, scope: Scope): Expression {
  return { kind: 'list', items: partsOf(node).map((item) => scope.file.expression(item, scope)), span: spanOf(node) };
}

export function lowerDictionary(node: Syntax, scope: Scope): Expression {
  const entries = partsOf(node).map((item): Entry => {
    if (item.kind === 'pair') return lowerPair(item, scope);
    const inner = item.kind === 'dictionary_splat' ? firstPart(item) : null;
    return { key: null, value: scope.file.expression(inner ?? item, scope) };
  });
  return { kind: 'map', entries, type: null, span: spanOf(node) };
}

export function lowerPair(node: Syntax, scope: Scope): { key: Expression; value: Expression } {
  const [key, value] = [childOf(node, 'key'), childOf(node, 'value')];
  return {
    key: key ? scope.file.expression(key, scope) : { kind: 'other', parts: [], span: spanOf(node) },
    value: value ? scope.file.expression(value, scope) : { kind: 'other', parts: [], span: spanOf(node) },
  };
}

/** `*x` and `**x`, where they are no argument. */
export function lowerSpread(node: Syntax, scope: Scope): Expression {
  const inner = firstPart(node);
  const of: Expression = inner ? scope.file.expression(inner, scope) : { kind: 'other', parts: [], span: spanOf(node) };
  return { kind: 'spread', of, span: spanOf(node) };
}
