import { lastPart } from '../../text/last-part.ts';
import type { Entry, Expression } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { valueNode } from './nodes.ts';
import { type Scope, textOf } from './scope.ts';
import { blankBytes, isBytes } from './type-expressions.ts';
import { listFields, lowerType } from './types.ts';

const LISTS = new Set(['slice_type', 'array_type', 'implicit_length_array_type']);

/** `T{a: 1}`, `[]string{"a"}`, `map[string]int{"a": 1}`. */
export function lowerComposite(node: Syntax, scope: Scope): Expression {
  const body = childOf(node, 'body');
  if (!body) return { kind: 'other', parts: [], span: spanOf(node) };
  return lowerLiteral(body, childOf(node, 'type'), node, scope);
}

/** `whole` is the literal with its type; an inner `{…}` takes its type from the one around it. */
function lowerLiteral(body: Syntax, type: Syntax | null, whole: Syntax, scope: Scope): Expression {
  const shape = resolveShape(type, scope);
  const elements = namedOf(body);
  const span = spanOf(whole);
  const inner = shape ? (childOf(shape, 'element') ?? childOf(shape, 'value')) : null;
  const isList = shape !== null && LISTS.has(shape.kind);
  if (shape && elements.length === 0 && isBytes(shape, scope)) return blankBytes(span);
  if (isList && !elements.some((one) => one.kind === 'keyed_element'))
    return { kind: 'list', items: elements.map((one) => lowerElement(one, inner, scope)), span };
  const keys = shape?.kind === 'map_type' ? childOf(shape, 'key') : null;
  const names = shape?.kind === 'struct_type' ? listNames(shape, scope) : [];
  const isNamed = !isList && keys === null && mayHaveFields(type);
  const entries = elements.map((one, index): Entry => {
    const key = childOf(one, 'key');
    const value = childOf(one, 'value');
    if (one.kind !== 'keyed_element' || !key || !value) {
      const name = names[index];
      const at = spanOf(one);
      return {
        key: name === undefined ? valueNode(index, at) : { kind: 'text', value: name, span: at },
        value: lowerElement(one, inner, scope),
      };
    }
    return { key: lowerKey(key, keys, isNamed, scope), value: lowerElement(value, inner, scope) };
  });
  return { kind: 'map', entries, type: lowerType(type, scope), span };
}

/** The name of a field is a text; a key of a map is an expression. */
function lowerKey(key: Syntax, keys: Syntax | null, isNamed: { lower: boolean } | false, scope: Scope): Expression {
  const inner = key.kind === 'literal_element' ? (namedOf(key)[0] ?? key) : key;
  if (isNamed && inner.kind === 'identifier') {
    const name = textOf(inner, scope.file);
    if (isNamed.lower || /^\p{Lu}/u.test(name)) return { kind: 'text', value: name, span: spanOf(inner) };
  }
  return lowerElement(inner, keys, scope);
}

/** A struct of another package has no fields in lower case to us: such a key is a variable, and its type is a map (`bson.M{key: 1}`). */
function mayHaveFields(type: Syntax | null): { lower: boolean } | false {
  if (type === null) return { lower: true };
  if (type.kind === 'generic_type' || type.kind === 'pointer_type')
    return mayHaveFields(childOf(type, 'type') ?? namedOf(type)[0] ?? null);
  return { lower: type.kind !== 'qualified_type' };
}

function lowerElement(node: Syntax, type: Syntax | null, scope: Scope): Expression {
  const inner = node.kind === 'literal_element' ? (namedOf(node)[0] ?? node) : node;
  return inner.kind === 'literal_value'
    ? lowerLiteral(inner, type, inner, scope)
    : scope.file.lower.expression(inner, scope);
}

/** What a type is made of, if this file says it. */
function resolveShape(type: Syntax | null, scope: Scope): Syntax | null {
  let shape = type;
  // Types may be declared by each other; a circle of names is no program.
  for (let hops = 0; shape !== null && hops < 8; hops++) {
    if (shape.kind === 'generic_type') shape = childOf(shape, 'type');
    else if (shape.kind === 'pointer_type') shape = namedOf(shape)[0] ?? null;
    else if (shape.kind === 'type_identifier') shape = scope.file.declared.get(textOf(shape, scope.file)) ?? null;
    else return shape.kind === 'qualified_type' ? null : shape;
  }
  return null;
}

function listNames(struct: Syntax, scope: Scope): string[] {
  return listFields(struct).flatMap((field) => {
    const names = field.children.filter((child) => child.field === 'name' && child.named);
    if (names.length > 0) return names.map((name) => textOf(name, scope.file));
    const type = childOf(field, 'type');
    return type ? [lastPart(textOf(type, scope.file))] : [];
  });
}
