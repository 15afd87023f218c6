import type { SgNode } from '@ast-grep/napi';
import { type Definition, definition, named, readKeyed } from '../dialect.ts';
import { readCall } from './python-expressions.ts';
import { readParameter, readTypeText } from './python-types.ts';

export function readDefinitions(node: SgNode): Definition[] {
  const kind = String(node.kind());
  if (kind === 'assignment' || kind === 'named_expression') {
    const [target, value] = [node.field('left') ?? node.field('name'), node.field('right') ?? node.field('value')];
    if (!target || !value) return [];
    const type = readTypeText(node.field('type'));
    if (target.kind() === 'identifier') {
      const closed = /^(?:typing\.|t\.)?(?:Literal|Annotated|NewType|Enum)\b/.test(value.text().slice(0, 40));
      return [definition({ name: target.text(), node, kind: closed ? 'type' : 'assign', value, type })];
    }
    const keyed = target.kind() === 'subscript' ? readKeyed(target.text()) : null;
    if (keyed !== null) return [definition({ name: keyed, node, kind: 'assign', value, declares: false })];
    if (isField(target))
      return [definition({ name: target.text(), node, kind: 'assign', value, declares: false, type })];
    const names = target.kind() === 'pattern_list' || target.kind() === 'tuple_pattern' ? named(target) : [];
    const values = value.kind() === 'expression_list' || value.kind() === 'tuple' ? named(value) : [];
    return names
      .filter((name) => name.kind() === 'identifier')
      .map((name, index) =>
        definition({
          name: name.text(),
          node,
          kind: values[index] ? 'assign' : 'element',
          value: values[index] ?? value,
        }),
      );
  }
  if (kind === 'augmented_assignment') {
    const target = node.field('left');
    if (!target || (target.kind() !== 'identifier' && !isField(target))) return [];
    return [definition({ name: target.text(), node, kind: 'append', declares: false, value: node.field('right') })];
  }
  if (kind === 'parameters' || kind === 'lambda_parameters')
    return named(node).flatMap((parameter) => readParameter(parameter, node));
  if (kind === 'for_statement' || kind === 'for_in_clause') {
    const [target, value] = [node.field('left'), node.field('right')];
    if (!target) return [];
    const names =
      target.kind() === 'identifier' ? [target] : named(target).filter((name) => name.kind() === 'identifier');
    const counted = /^(range|enumerate)\(/.test(value?.text() ?? '');
    return names.map((name, index) =>
      definition({ name: name.text(), node, kind: 'element', value, typed: counted && index === 0 ? 'safe' : null }),
    );
  }
  if (kind === 'function_definition') {
    const name = node.field('name')?.text();
    return name ? [definition({ name, node, kind: 'assign', value: node })] : [];
  }
  if (kind === 'class_definition') {
    const name = node.field('name')?.text();
    return name ? [definition({ name, node, kind: 'type', value: node })] : [];
  }
  if (kind === 'import_statement' || kind === 'import_from_statement') return readImport(node);
  if (kind === 'call') {
    const call = readCall(node);
    if (!call || call.receiver?.kind() !== 'identifier' || !['append', 'extend', 'write'].includes(call.name))
      return [];
    const name = call.receiver.text();
    return call.args.map((value) => definition({ name, node, kind: 'append', declares: false, value }));
  }
  return [];
}

function isField(target: SgNode): boolean {
  return target.kind() === 'attribute' && /^(?:self|cls)\.\w+$/.test(target.text());
}

function readImport(node: SgNode): Definition[] {
  const module = node.field('module_name')?.text() ?? null;
  return named(node)
    .filter((child) => child.kind() === 'dotted_name' || child.kind() === 'aliased_import')
    .filter((child) => child.id() !== node.field('module_name')?.id())
    .map((child) => {
      const imported = child.kind() === 'aliased_import' ? (child.field('name')?.text() ?? '') : child.text();
      const name = child.field('alias')?.text() ?? imported;
      return definition({ name, node, kind: 'import', module: module ?? imported, imported: module ? imported : '*' });
    });
}
