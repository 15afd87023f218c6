import type { SgNode } from '@ast-grep/napi';
import { type Call, type Definition, definition, named } from '../dialect.ts';
import { readCall } from './go-expressions.ts';
import { readTypeText } from './go-types.ts';

const BUILDER_WRITES = new Set(['WriteString', 'WriteByte', 'WriteRune', 'Write']);

export function readDefinitions(node: SgNode): Definition[] {
  const kind = String(node.kind());
  if (kind === 'short_var_declaration' || kind === 'assignment_statement')
    return readAssignment(node, kind === 'short_var_declaration');
  if (kind === 'var_spec' || kind === 'const_spec') {
    const names = node.children().filter((child) => child.kind() === 'identifier');
    const values = named(node.field('value') ?? node).filter(() => node.field('value') !== null);
    const type = readTypeText(node.field('type'));
    return names.map((name, index) =>
      definition({ name: name.text(), node, kind: 'assign', value: values[index] ?? null, type }),
    );
  }
  if (kind === 'parameter_declaration' || kind === 'variadic_parameter_declaration') {
    const type = readTypeText(node.field('type'));
    return node
      .children()
      .filter((child) => child.kind() === 'identifier')
      .map((name) => definition({ name: name.text(), node, kind: 'parameter', type }));
  }
  if (kind === 'range_clause') {
    const names = named(node.field('left') ?? node);
    const value = node.field('right');
    return names
      .filter((name) => name.kind() === 'identifier')
      .map((name, index) =>
        definition({
          name: name.text(),
          node,
          kind: 'element',
          value,
          typed: index === 0 && names.length > 1 ? 'safe' : null,
        }),
      );
  }
  if (kind === 'function_declaration') {
    const name = node.field('name')?.text();
    return name ? [definition({ name, node, kind: 'assign', value: node })] : [];
  }
  if (kind === 'type_spec' || kind === 'type_alias') {
    const name = node.field('name')?.text();
    return name ? [definition({ name, node, kind: 'type', value: node.field('type') })] : [];
  }
  if (kind === 'import_spec') {
    const module = node.field('path')?.text().slice(1, -1) ?? '';
    const name = node.field('name')?.text() ?? module.slice(module.lastIndexOf('/') + 1);
    return [definition({ name, node, kind: 'import', module, imported: '*' })];
  }
  if (kind === 'call_expression') return readWrite(node);
  return [];
}

function readAssignment(node: SgNode, declares: boolean): Definition[] {
  const names = named(node.field('left') ?? node);
  const values = named(node.field('right') ?? node);
  const append = node.field('operator')?.text() === '+=';
  return names.flatMap((name, index) => {
    if (!isTarget(name)) return [];
    // x, err := f(): the first name is the result, the others are errors or flags.
    const value = values.length === names.length ? (values[index] ?? null) : index === 0 ? (values[0] ?? null) : null;
    const list = value?.text().startsWith('append(') ? readCall(value) : null;
    if (list && list.args[0]?.text() === name.text()) {
      return list.args
        .slice(1)
        .map((item) => definition({ name: name.text(), node, kind: 'append', declares: false, value: item }));
    }
    return [definition({ name: name.text(), node, kind: append ? 'append' : 'assign', declares, value })];
  });
}

/** A variable, or a field of the receiver. */
function isTarget(node: SgNode): boolean {
  if (node.kind() === 'identifier') return node.text() !== '_';
  return node.kind() === 'selector_expression' && node.field('operand')?.kind() === 'identifier';
}

/** Fills what the argument points to, from what it is called on, from its first argument, or from the request itself. */
const FILLS =
  /^(?:Decode|Unmarshal|(?:Should|Must)?Bind(?:JSON|Query|Uri|Body|Form|XML|With)?|BodyParser|QueryParser)$/;

function readFilled(node: SgNode, call: Call): Definition[] {
  if (!FILLS.test(call.name)) return [];
  const [from, into] =
    call.name === 'Unmarshal' ? call.args : [call.name === 'Decode' ? call.receiver : node, call.args[0]];
  const name = /^&?([A-Za-z_]\w*)$/.exec(into?.text() ?? '')?.[1];
  return from && name ? [definition({ name, node, kind: 'assign', declares: false, value: from })] : [];
}

function readWrite(node: SgNode): Definition[] {
  const call = readCall(node);
  if (!call) return [];
  const filled = readFilled(node, call);
  if (filled.length > 0) return filled;
  if (call.receiver?.kind() === 'identifier' && BUILDER_WRITES.has(call.name)) {
    const name = call.receiver.text();
    return call.args.map((value) => definition({ name, node, kind: 'append', declares: false, value }));
  }
  if (call.callee === 'fmt.Fprintf' || call.callee === 'fmt.Fprint') {
    const name = call.args[0]?.text().replace(/^&/, '') ?? '';
    return [definition({ name, node, kind: 'append', declares: false, value: node })];
  }
  return [];
}
