import type { Entry, Expression } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type Lowering, textOf } from './lowering.ts';

function lowerAttributes(c: Lowering, tag: Syntax): Entry[] {
  return namedOf(tag).flatMap((child): Entry[] => {
    if (child.kind === 'jsx_expression') {
      const [inner] = namedOf(child);
      return inner
        ? [{ key: null, value: c.expression(inner.kind === 'spread_element' ? (namedOf(inner)[0] ?? inner) : inner) }]
        : [];
    }
    if (child.kind !== 'jsx_attribute') return [];
    const [name, value] = namedOf(child);
    if (!name) return [];
    return [
      {
        key: { kind: 'text', value: textOf(c, name), span: spanOf(name) },
        value: value ? c.expression(innerOf(value)) : { kind: 'value', value: true, span: spanOf(name) },
      },
    ];
  });
}

/** Without the braces around a value. */
function innerOf(value: Syntax): Syntax {
  return value.kind === 'jsx_expression' ? (namedOf(value)[0] ?? value) : value;
}

/** A component is a name of the program; `div` and `svg:rect` are none. */
function lowerTagName(c: Lowering, name: Syntax | null): Expression[] {
  if (!name) return [];
  const isComponent = name.kind !== 'jsx_namespace_name' && /^[A-Z]|\./.test(textOf(c, name));
  return isComponent ? [c.expression(name)] : [{ kind: 'text', value: textOf(c, name), span: spanOf(name) }];
}

/** What an element is made of: its name, its attributes as one map, its children. */
export function lowerElement(c: Lowering, node: Syntax): Expression {
  const tag = node.kind === 'jsx_self_closing_element' ? node : childOf(node, 'open_tag');
  const attributes = tag ? lowerAttributes(c, tag) : [];
  const children =
    node === tag ? [] : namedOf(node).filter((child) => !/^jsx_(?:text|opening|closing)/.test(child.kind));
  return {
    kind: 'other',
    parts: [
      ...(tag ? lowerTagName(c, childOf(tag, 'name')) : []),
      ...(tag && attributes.length > 0
        ? [{ kind: 'map' as const, entries: attributes, type: null, span: spanOf(tag) }]
        : []),
      ...children
        .filter((child) => child.kind !== 'html_character_reference')
        .flatMap((child) => (child.kind === 'jsx_expression' ? namedOf(child) : [child]))
        .map((child) => c.expression(child)),
    ],
    span: spanOf(node),
  };
}
