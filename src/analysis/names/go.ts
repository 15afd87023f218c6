import type { SgNode } from '@ast-grep/napi';
import { type Declaration, findScope, type Meaning, type NameReader, named, type Step } from './name-reader.ts';

const BLOCKS = new Set([
  'block',
  'source_file',
  'if_statement',
  'for_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'expression_case',
  'default_case',
  'type_case',
  'communication_case',
]);
/** What only writes its argument in another way. */
const ENCODERS = /^(string|hex\.EncodeToString|base64\.\w+\.EncodeToString|fmt\.Sprintf)$/;
const FUNCTIONS = new Set(['function_declaration', 'method_declaration', 'func_literal']);

function readDeclarations(node: SgNode): Declaration[] {
  const kind = String(node.kind());
  if (kind === 'import_spec') return readImport(node);
  const scope = findScope(node, BLOCKS);
  if (kind === 'short_var_declaration' || kind === 'assignment_statement')
    return readAssignment(node, scope, kind === 'assignment_statement');
  if (kind === 'var_spec' || kind === 'const_spec') {
    const type = node.field('type');
    const values = named(node.field('value'));
    return node
      .fieldChildren('name')
      .filter((name) => name.kind() === 'identifier')
      .map((name, index) => ({ name: name.text(), meaning: typedOr(type, values[index]), scope }));
  }
  if (kind === 'parameter_declaration' || kind === 'variadic_parameter_declaration') {
    const meaning = typedOr(node.field('type'), undefined);
    const names = node.children().filter((child) => child.kind() === 'identifier');
    return names.map((name) => ({ name: name.text(), meaning, scope: findScope(node, FUNCTIONS) }));
  }
  if (kind === 'range_clause')
    return named(node.field('left')).map((name) => ({ name: name.text(), meaning: { kind: 'unknown' }, scope }));
  const name = node.field('name')?.text();
  if (name === undefined) return [];
  const type = node.field('type');
  if (kind !== 'type_spec' || !type) return [{ name, meaning: { kind: 'unknown' }, scope }];
  const shape = /^(struct_type|interface_type)$/.test(String(type.kind()));
  return [{ name, meaning: shape ? { kind: 'shape', node: type } : { kind: 'value', node: type }, scope }];
}

function typedOr(type: SgNode | null, value: SgNode | undefined): Meaning {
  if (type) return { kind: 'instance', type };
  return value ? { kind: 'value', node: value } : { kind: 'unknown' };
}

function readAssignment(node: SgNode, scope: SgNode, assigns: boolean): Declaration[] {
  const names = named(node.field('left'));
  const values = named(node.field('right'));
  return names.flatMap((name, index): Declaration[] => {
    if (name.kind() !== 'identifier') return [];
    // x, err := f(): the first name is the result.
    const value = values.length === names.length ? values[index] : index === 0 ? values[0] : undefined;
    const own = { name: name.text(), meaning: typedOr(null, value), scope };
    return [assigns ? { ...own, assigns } : own];
  });
}

/** The name of a package whose import gives it none: the last part of its path, without a version. */
function readImport(node: SgNode): Declaration[] {
  const path = node.field('path')?.text().slice(1, -1) ?? '';
  const parts = path.split('/').filter((part) => !/^v\d+$/.test(part));
  const name = node.field('name')?.text() ?? (parts.at(-1) ?? '').replace(/\.v\d+$/, '').replace(/^go-|-go$/, '');
  return [{ name, meaning: { kind: 'module', name: path }, scope: findScope(node, new Set(['source_file'])) }];
}

function readStep(node: SgNode): Step {
  const kind = String(node.kind());
  if (kind === 'identifier' || kind === 'type_identifier' || kind === 'package_identifier')
    return { kind: 'name', name: node.text() };
  if (kind === 'selector_expression') return member(node.field('operand'), node.field('field'));
  if (kind === 'qualified_type') return member(node.field('package'), node.field('name'));
  if (kind === 'struct_type' || kind === 'interface_type') return { kind: 'shape', node };
  if (kind === 'interpreted_string_literal' || kind === 'raw_string_literal')
    return { kind: 'text', text: JSON.stringify(node.text().slice(1, -1)) };
  if (kind === 'call_expression') {
    const callee = node.field('function');
    return callee && ENCODERS.test(callee.text()) ? wrap(named(node.field('arguments')).at(-1) ?? null) : call(callee);
  }
  if (kind === 'binary_expression' && node.field('operator')?.text() === '+') {
    const [left, right] = [node.field('left'), node.field('right')];
    return wrap(left?.kind() === 'interpreted_string_literal' ? right : left);
  }
  if (kind === 'type_conversion_expression') return wrap(node.field('operand'));
  if (kind === 'composite_literal') return call(node.field('type'));
  if (kind === 'type_assertion_expression') return call(node.field('type'));
  if (kind === 'unary_expression') return wrap(node.field('operand'));
  if (kind === 'pointer_type' || kind === 'parenthesized_expression' || kind === 'literal_element')
    return wrap(named(node)[0] ?? null);
  return { kind: 'unknown' };
}

function member(object: SgNode | null, name: SgNode | null): Step {
  return object && name ? { kind: 'member', object, name: name.text() } : { kind: 'unknown' };
}

function call(callee: SgNode | null): Step {
  return callee ? { kind: 'call', callee } : { kind: 'unknown' };
}

function wrap(node: SgNode | null): Step {
  return node ? { kind: 'inner', node } : { kind: 'unknown' };
}

function readField(shape: SgNode, name: string): Meaning | null {
  const list = named(shape).find((child) => child.kind() === 'field_declaration_list');
  for (const field of named(list ?? null)) {
    const type = field.field('type');
    if (type && field.fieldChildren('name').some((own) => own.text() === name)) return { kind: 'instance', type };
  }
  return null;
}

export const go: NameReader = {
  declarations: {
    any: [
      'import_spec',
      'short_var_declaration',
      'assignment_statement',
      'var_spec',
      'const_spec',
      'parameter_declaration',
      'variadic_parameter_declaration',
      'range_clause',
      'function_declaration',
      'type_spec',
    ].map((kind) => ({ kind })),
  },
  readDeclarations,
  readStep,
  readField,
  classKinds: [],
};
