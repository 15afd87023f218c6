import type { Entry, Expression } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { cookedText } from './literals.ts';
import { hasWord, type Lowering, textOf } from './lowering.ts';

/** The name of a property, where it is written as one; null where it is computed. */
export function keyText(c: Lowering, key: Syntax): string | null {
  if (key.kind === 'string') return cookedText(c, key);
  if (key.kind !== 'computed_property_name') return textOf(c, key);
  const [inner] = namedOf(key);
  return inner?.kind === 'string' ? cookedText(c, inner) : null;
}

export function lowerKey(c: Lowering, key: Syntax): Expression {
  const [inner] = key.kind === 'computed_property_name' ? namedOf(key) : [];
  if (inner) return c.expression(inner);
  return { kind: 'text', value: keyText(c, key) ?? '', span: spanOf(key) };
}

/** A setter is no value of its property: it is kept beside it, as `set name`. */
export function methodName(c: Lowering, node: Syntax): string {
  const key = childOf(node, 'name');
  const name = key ? (keyText(c, key) ?? textOf(c, key)) : '';
  return hasWord(node, 'set') ? `set ${name}` : name;
}

function lowerMethodEntry(c: Lowering, node: Syntax): Entry | null {
  const key = childOf(node, 'name');
  if (!key) return null;
  const name = methodName(c, node);
  const id = c.function(node, { name, at: spanOf(key), role: hasWord(node, 'get') ? 'getter' : 'function' });
  const isComputed = key.kind === 'computed_property_name';
  return {
    key: isComputed ? lowerKey(c, key) : { kind: 'text', value: name, span: spanOf(key) },
    value: { kind: 'function', id, span: spanOf(node) },
  };
}

function lowerEntry(c: Lowering, node: Syntax): Entry | null {
  if (node.kind === 'pair') {
    const key = childOf(node, 'key');
    const value = childOf(node, 'value');
    if (!key || !value) return null;
    return { key: lowerKey(c, key), value: c.named(value, keyText(c, key) ?? '', spanOf(key)) };
  }
  if (node.kind === 'spread_element') {
    const [of] = namedOf(node);
    return of ? { key: null, value: c.expression(of) } : null;
  }
  if (node.kind === 'method_definition') return lowerMethodEntry(c, node);
  if (node.kind === 'shorthand_property_identifier')
    return { key: { kind: 'text', value: textOf(c, node), span: spanOf(node) }, value: nameOfShorthand(c, node) };
  return { key: null, value: c.expression(node) };
}

function nameOfShorthand(c: Lowering, node: Syntax): Expression {
  const name = textOf(c, node);
  return name === 'undefined'
    ? { kind: 'value', value: null, span: spanOf(node) }
    : { kind: 'name', name, span: spanOf(node) };
}

export function lowerObject(c: Lowering, node: Syntax): Expression {
  const entries = namedOf(node)
    .map((child) => lowerEntry(c, child))
    .filter((entry) => entry !== null);
  return { kind: 'map', entries, type: null, span: spanOf(node) };
}

export function lowerArray(c: Lowering, node: Syntax): Expression {
  const items: Expression[] = [];
  let isOpen = true;
  for (const child of node.children) {
    if (child.kind === ',') {
      // `[, b]`: the first item is not there, and `b` is still the second.
      if (isOpen) items.push({ kind: 'value', value: null, span: spanOf(child) });
      isOpen = true;
    } else if (child.named && child.kind !== 'comment') {
      items.push(c.expression(child));
      isOpen = false;
    }
  }
  return { kind: 'list', items, span: spanOf(node) };
}
