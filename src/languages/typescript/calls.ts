import type { Argument, Expression } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { templateParts } from './literals.ts';
import { type Lowering, textOf } from './lowering.ts';

function lowerArguments(c: Lowering, node: Syntax | null): Argument[] {
  if (!node) return [];
  return namedOf(node).map((one) => ({ name: null, value: c.expression(one) }));
}

export function lowerCall(c: Lowering, node: Syntax): Expression {
  const span = spanOf(node);
  const callee = childOf(node, 'function');
  const given = childOf(node, 'arguments');
  if (!callee) return { kind: 'other', parts: namedOf(node).map((one) => c.expression(one)), span };
  if (given?.kind === 'template_string')
    return { kind: 'tagged', tag: c.expression(callee), parts: templateParts(c, given), span };
  return { kind: 'call', of: c.expression(callee), arguments: lowerArguments(c, given), made: false, span };
}

export function lowerNew(c: Lowering, node: Syntax): Expression {
  const span = spanOf(node);
  const made = childOf(node, 'constructor');
  if (!made) return { kind: 'other', parts: namedOf(node).map((one) => c.expression(one)), span };
  const given = lowerArguments(c, childOf(node, 'arguments'));
  return { kind: 'call', of: c.expression(made), arguments: given, made: true, span };
}

export function lowerMember(c: Lowering, node: Syntax): Expression {
  const span = spanOf(node);
  const of = childOf(node, 'object');
  const property = childOf(node, 'property');
  if (!of || !property) return { kind: 'other', parts: namedOf(node).map((one) => c.expression(one)), span };
  const name = textOf(c, property);
  if (c.commonJs && name === 'exports' && of.kind === 'identifier' && textOf(c, of) === 'module')
    return { kind: 'name', name: '$exports', span };
  return { kind: 'field', of: c.expression(of), name, span };
}

export function lowerSubscript(c: Lowering, node: Syntax): Expression {
  const span = spanOf(node);
  const of = childOf(node, 'object');
  const by = childOf(node, 'index');
  if (!of || !by) return { kind: 'other', parts: namedOf(node).map((one) => c.expression(one)), span };
  return { kind: 'index', of: c.expression(of), by: c.expression(by), span };
}

export function lowerName(c: Lowering, node: Syntax): Expression {
  const name = textOf(c, node);
  return { kind: 'name', name: c.commonJs && name === 'exports' ? '$exports' : name, span: spanOf(node) };
}

/** `import.meta`, `new.target`. */
export function lowerMeta(c: Lowering, node: Syntax): Expression {
  const [of = '', name = ''] = textOf(c, node).split('.');
  return {
    kind: 'field',
    of: { kind: 'name', name: of.trim(), span: [node.start, node.start + of.length] },
    name: name.trim(),
    span: spanOf(node),
  };
}
