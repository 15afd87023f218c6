import type { Expression, Type } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { nameNode, valueNode } from './nodes.ts';
import { type Scope, textOf } from './scope.ts';
import { isPredeclared, lowerType } from './types.ts';

const COMPOUND = new Set([
  'slice_type',
  'array_type',
  'implicit_length_array_type',
  'map_type',
  'struct_type',
  'interface_type',
  'function_type',
  'channel_type',
]);
const WRAPPED = new Set(['pointer_type', 'parenthesized_type', 'type_elem', 'negated_type']);

export function isTypeNode(node: Syntax): boolean {
  return (
    COMPOUND.has(node.kind) ||
    WRAPPED.has(node.kind) ||
    node.kind === 'type_identifier' ||
    node.kind === 'qualified_type' ||
    node.kind === 'generic_type'
  );
}

/** A type where a value could stand: a name, a field of a package, or a name that is its text (`[]string`). */
export function lowerTypeName(node: Syntax, scope: Scope): Expression {
  if (node.kind === 'qualified_type') {
    const from = childOf(node, 'package');
    const name = childOf(node, 'name');
    if (from && name)
      return {
        kind: 'field',
        of: nameNode(textOf(from, scope.file), spanOf(from)),
        name: textOf(name, scope.file),
        span: spanOf(node),
      };
  }
  if (node.kind === 'generic_type') {
    const type = childOf(node, 'type');
    if (type) return lowerTypeName(type, scope);
  }
  if (WRAPPED.has(node.kind)) {
    const inner = namedOf(node)[0];
    if (inner) return lowerTypeName(inner, scope);
  }
  return nameNode(textOf(node, scope.file), spanOf(node));
}

/**
 * `handlers[i](x)` and `Get[User](x)` are written alike, and the grammar takes both for types. A type is what is predeclared, a
 * type of this file, of an imported package, or an upper case name that is no value of this file.
 */
export function isTypeArgument(node: Syntax, scope: Scope): boolean {
  const { file } = scope;
  if (node.kind === 'qualified_type') {
    const from = childOf(node, 'package');
    return from !== null && file.packages.has(textOf(from, file));
  }
  if (node.kind === 'type_elem') {
    const inner = namedOf(node);
    return inner.length !== 1 || inner[0] === undefined || isTypeArgument(inner[0], scope);
  }
  if (node.kind !== 'type_identifier') return true;
  const name = textOf(node, file);
  if (isPredeclared(name) || file.declared.has(name) || scope.typeParameters.has(name)) return true;
  return /^\p{Lu}/u.test(name) && !file.values.has(name);
}

/** What a variable of the type is before anything is assigned to it; so `new(T)` and `make(T)`. */
export function zeroOf(node: Syntax | null, span: Expression['span'], scope: Scope, hops = 0): Expression {
  // A pointer, a function and an interface are nil.
  if (node === null || node.kind === 'pointer_type') return valueNode(null, span);
  const declared = node.kind === 'type_identifier' ? scope.file.declared.get(textOf(node, scope.file)) : undefined;
  // Of a struct the name is what matters.
  if (declared && declared.kind !== 'struct_type' && hops < 8) return zeroOf(declared, span, scope, hops + 1);
  if (isBytes(node, scope)) return blankBytes(span);
  const type: Type | null = lowerType(node, scope);
  if (type?.kind === 'text') return { kind: 'text', value: '', span };
  if (type?.kind === 'plain') return valueNode(textOf(node, scope.file) === 'bool' ? false : 0, span);
  if (type?.kind === 'list') return { kind: 'list', items: [], span };
  if (type?.kind === 'map' || type?.kind === 'record' || (type?.kind === 'named' && type.name !== 'error'))
    return { kind: 'map', entries: [], type, span };
  return valueNode(null, span);
}

/** `[12]byte`: zeros until something is written to it, as those of `make([]byte, 12)` are. */
export function isBytes(node: Syntax, { file }: Scope): boolean {
  const element = node.kind === 'array_type' ? childOf(node, 'element') : null;
  return element !== null && /^(?:byte|uint8)$/.test(textOf(element, file));
}

export function blankBytes(span: Expression['span']): Expression {
  return { kind: 'call', of: nameNode('make', span), arguments: [], made: false, span };
}
