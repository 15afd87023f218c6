import type { Entry, Expression, Statement, Type } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type Lowering, textOf } from './lowering.ts';
import { keyText } from './objects.ts';
import { lowerRecord, lowerType } from './types.ts';

export function lowerInterface(c: Lowering, node: Syntax): Statement[] {
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  const type = body && lowerRecord(c, body);
  if (!name || !type) return [];
  const bases = node.children.filter(({ kind }) => kind === 'extends_type_clause').flatMap(namedOf);
  const methods = namedOf(body).filter(({ kind }) => kind === 'method_signature');
  c.types.push({
    name: textOf(c, name),
    type,
    extends: bases.map((base) => lowerType(c, base)).filter((base) => base !== null),
    methods: methods.flatMap((method) => {
      const named = childOf(method, 'name');
      return named ? [keyText(c, named) ?? textOf(c, named)] : [];
    }),
    span: spanOf(node),
  });
  return [];
}

export function lowerAlias(c: Lowering, node: Syntax): Statement[] {
  const name = childOf(node, 'name');
  const value = childOf(node, 'value');
  const type = value && lowerType(c, value);
  if (name && type) c.types.push({ name: textOf(c, name), type, extends: [], methods: [], span: spanOf(node) });
  return [];
}

/** An enum is a type, and a map of its names that programs read: `Role.Admin`. */
export function lowerEnum(c: Lowering, node: Syntax): Statement[] {
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (!name || !body) return [];
  const span = spanOf(node);
  const entries: Entry[] = [];
  let next: number | null = 0;
  for (const member of namedOf(body)) {
    const key = member.kind === 'enum_assignment' ? childOf(member, 'name') : member;
    const written = childOf(member, 'value');
    if (!key) continue;
    const value: Expression = written ? c.expression(written) : { kind: 'value', value: next, span: spanOf(member) };
    next = value.kind === 'value' && typeof value.value === 'number' ? value.value + 1 : null;
    entries.push({ key: { kind: 'text', value: keyText(c, key) ?? '', span: spanOf(key) }, value });
  }
  const texts = entries.flatMap(({ value }) => (value.kind === 'text' ? [value.value] : []));
  const type: Type =
    texts.length === 0 ? { kind: 'plain' } : { kind: 'text', values: texts.length === entries.length ? texts : null };
  const local = textOf(c, name);
  c.types.push({ name: local, type, extends: [], methods: [], span });
  return [
    {
      kind: 'set',
      target: { kind: 'name', name: local, span: spanOf(name) },
      value: { kind: 'map', entries, type: null, span },
      declares: true,
      append: false,
      type: null,
      span,
    },
  ];
}
