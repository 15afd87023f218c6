import type { SgNode } from '@ast-grep/napi';
import { escapeRegExp } from '../../../text/escape-reg-exp.ts';
import { type Definition, definition, named, readKeyed, typeOfDefault } from '../dialect.ts';
import { readCall, unquote } from './typescript-expressions.ts';
import { readTypeText, TYPE_KINDS } from './typescript-types.ts';

export function readDefinitions(node: SgNode): Definition[] {
  const kind = String(node.kind());
  if (kind === 'variable_declarator') {
    const [target, value] = [node.field('name'), node.field('value')];
    return target ? readTarget(target, value, node, 'assign', readTypeText(node.field('type'))) : [];
  }
  if (kind === 'assignment_expression') {
    const target = node.field('left');
    const keyed = target?.kind() === 'subscript_expression' ? readKeyed(target.text()) : null;
    if (!target || !(keyed || isTarget(target))) return [];
    return [
      definition({ name: keyed ?? target.text(), node, kind: 'assign', declares: false, value: node.field('right') }),
    ];
  }
  if (kind === 'augmented_assignment_expression') {
    const target = node.field('left');
    if (!target || !isTarget(target) || node.field('operator')?.text() !== '+=') return [];
    return [definition({ name: target.text(), node, kind: 'append', declares: false, value: node.field('right') })];
  }
  if (kind === 'required_parameter' || kind === 'optional_parameter') {
    const target = node.field('pattern');
    const type = readTypeText(node.field('type')) ?? typeOfDefault(node.field('value'));
    const fromRequest = /^@(Query|Param|Body|Headers|Cookies|Header|QueryParam|BodyParam)\b/.test(node.text());
    // A pipe of the framework turns the text into a number, or refuses what is not in the list.
    const piped = fromRequest && /\bParse(?:Int|Float|Bool|Enum|UUID|Date|Array)Pipe\b/.test(node.text());
    const fromHandler = isHandler(node, type);
    const found = target ? readTarget(target, null, node, 'parameter', type) : [];
    return found.map((one) => ({ ...one, fromRequest, fromHandler, typed: piped ? 'safe' : one.typed }));
  }
  if (kind === 'arrow_function') {
    const single = node.field('parameter');
    // The definition belongs to the parameter's place, which lies inside of the function.
    return single ? [definition({ name: single.text(), node: single, kind: 'parameter' })] : [];
  }
  if (kind === 'for_in_statement') {
    const [target, value] = [node.field('left'), node.field('right')];
    return target ? readTarget(target, value, node, 'element', null) : [];
  }
  if (kind === 'function_declaration') {
    const name = node.field('name')?.text();
    return name ? [definition({ name, node, kind: 'assign', value: node })] : [];
  }
  if (kind === 'public_field_definition') {
    const name = node.field('name')?.text();
    return name ? [definition({ name: `this.${name}`, node, kind: 'assign', value: node.field('value') })] : [];
  }
  if (TYPE_KINDS.has(kind)) {
    const name = node.field('name')?.text();
    return name ? [definition({ name, node, kind: 'type', value: node })] : [];
  }
  if (kind === 'import_statement') return readImport(node);
  if (kind === 'call_expression') return readPush(node);
  return [];
}

function readTarget(
  target: SgNode,
  value: SgNode | null,
  node: SgNode,
  kind: Definition['kind'],
  type: string | null,
): Definition[] {
  if (target.kind() === 'identifier') {
    const required = /^require\(\s*['"]([^'"]+)['"]\s*\)/.exec(value?.text() ?? '')?.[1];
    if (required) return [definition({ name: target.text(), node, kind: 'import', module: required, imported: '*' })];
    return [definition({ name: target.text(), node, kind, value, type })];
  }
  if (target.kind() === 'object_pattern') {
    return named(target).flatMap((entry) => {
      const binding =
        entry.kind() === 'pair_pattern'
          ? entry.field('value')
          : entry.kind() === 'object_assignment_pattern'
            ? entry.child(0)
            : entry;
      if (!binding) return [];
      const property =
        entry.kind() === 'pair_pattern' ? (entry.field('key')?.text() ?? binding.text()) : binding.text();
      const required = /^require\(\s*['"]([^'"]+)['"]\s*\)/.exec(value?.text() ?? '')?.[1];
      if (required)
        return [definition({ name: binding.text(), node, kind: 'import', module: required, imported: property })];
      if (binding.kind() === 'object_pattern') return readTarget(binding, value, node, kind, null);
      return [definition({ name: binding.text(), node, kind, value, property, type: fieldOf(type, property) })];
    });
  }
  if (target.kind() === 'array_pattern')
    return named(target).flatMap((item) =>
      readTarget(item, value, node, kind === 'parameter' ? kind : 'element', null),
    );
  return [];
}

/** A variable, or a field of the object itself. */
function isTarget(node: SgNode): boolean {
  return node.kind() === 'identifier' || /^this\.[\w$]+$/.test(node.text().slice(0, 80));
}

/** `({ query }, res) =>`, `({ body }: Request) =>`. */
function isHandler(parameter: SgNode, type: string | null): boolean {
  if (parameter.field('pattern')?.kind() !== 'object_pattern') return false;
  if (type !== null) return /^(?:\w+\.)?\w*Request\b/.test(type);
  return /^(?:_?res|response|reply|h)$/.test(
    parameter
      .nextAll()
      .find((one) => one.isNamed())
      ?.field('pattern')
      ?.text() ?? '',
  );
}

function fieldOf(type: string | null, property: string): string | null {
  if (type === null || !type.startsWith('{')) return type === null ? null : `${type}['${property}']`;
  return new RegExp(`(?:^\\{|[;,{])${escapeRegExp(property)}\\??:([^;,}]+)`).exec(type)?.[1] ?? 'unknown';
}

function readImport(node: SgNode): Definition[] {
  const module = unquote(node.field('source')?.text() ?? "''");
  return node
    .findAll({ rule: { any: [{ kind: 'import_specifier' }, { kind: 'namespace_import' }, { kind: 'import_clause' }] } })
    .flatMap((found) => {
      if (found.kind() === 'import_specifier') {
        const imported = found.field('name')?.text() ?? '';
        return [definition({ name: found.field('alias')?.text() ?? imported, node, kind: 'import', module, imported })];
      }
      const whole = named(found).find((child) => child.kind() === 'identifier');
      return whole ? [definition({ name: whole.text(), node, kind: 'import', module, imported: '*' })] : [];
    });
}

function readPush(node: SgNode): Definition[] {
  const call = readCall(node);
  if (!call || call.receiver?.kind() !== 'identifier' || !['push', 'unshift'].includes(call.name)) return [];
  const name = call.receiver.text();
  return call.args.map((value) => definition({ name, node, kind: 'append', declares: false, value }));
}
