import type { SgNode } from '@ast-grep/napi';
import { type Declaration, findScope, type Meaning, type NameReader, named, type Step } from './name-reader.ts';

/** What a name that is declared inside does not leave. */
export const BLOCKS: ReadonlySet<string> = new Set([
  'statement_block',
  'program',
  'for_statement',
  'for_in_statement',
  'switch_body',
  'class_body',
]);
const FUNCTIONS = new Set([
  'function_declaration',
  'function_expression',
  'generator_function_declaration',
  'method_definition',
  'arrow_function',
]);
const WRAPPERS = new Set([
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_annotation',
  'readonly_type',
  'parenthesized_type',
  'union_type',
]);
/** What only writes its argument in another way. */
const ENCODERS = /^(String|Buffer\.from|encodeURIComponent)$/;
const SHAPES = new Set(['class_declaration', 'abstract_class_declaration', 'class', 'interface_declaration']);

function readDeclarations(node: SgNode): Declaration[] {
  const kind = String(node.kind());
  if (kind === 'import_statement') return readImport(node);
  if (kind === 'variable_declarator') {
    const scope = findScope(node, BLOCKS);
    return readTarget(node.field('name'), typedOr(node.field('type'), node.field('value')), scope);
  }
  if (kind === 'required_parameter' || kind === 'optional_parameter') {
    const scope = findScope(node, FUNCTIONS);
    return readTarget(node.field('pattern'), typedOr(node.field('type'), node.field('value')), scope);
  }
  if (kind === 'arrow_function') return readTarget(node.field('parameter'), { kind: 'unknown' }, node);
  if (kind === 'for_in_statement') return readTarget(node.field('left'), { kind: 'unknown' }, node);
  if (kind === 'catch_clause') return readTarget(node.field('parameter'), { kind: 'unknown' }, node);
  if (kind === 'assignment_expression') {
    const [left, right] = [node.field('left'), node.field('right')];
    if (left?.kind() !== 'identifier' || !right) return [];
    const meaning: Meaning = { kind: 'value', node: right };
    return [{ name: left.text(), meaning, scope: findScope(node, FUNCTIONS), assigns: true }];
  }
  const name = node.field('name')?.text();
  if (name === undefined) return [];
  const scope = findScope(node, BLOCKS);
  const type = node.field('value');
  if (kind === 'type_alias_declaration' && type) return [{ name, meaning: { kind: 'value', node: type }, scope }];
  return [{ name, meaning: SHAPES.has(kind) ? { kind: 'shape', node } : { kind: 'unknown' }, scope }];
}

function typedOr(type: SgNode | null, value: SgNode | null): Meaning {
  if (value && value.kind() !== 'null' && value.text() !== 'undefined') {
    // `let client: Redis | null = null` is told by its type, `const q: Options = {…}` as well; a call says more.
    if (!type || ['new_expression', 'call_expression', 'await_expression'].includes(String(value.kind())))
      return { kind: 'value', node: value };
  }
  return type ? { kind: 'instance', type } : { kind: 'unknown' };
}

function readTarget(target: SgNode | null, meaning: Meaning, scope: SgNode): Declaration[] {
  if (!target) return [];
  if (target.kind() === 'identifier') return [{ name: target.text(), meaning, scope }];
  if (target.kind() === 'assignment_pattern') return readTarget(target.field('left'), meaning, scope);
  if (target.kind() === 'array_pattern' || target.kind() === 'rest_pattern')
    return named(target).flatMap((item) => readTarget(item, { kind: 'unknown' }, scope));
  if (target.kind() !== 'object_pattern') return [];
  return named(target).flatMap((entry): Declaration[] => {
    if (entry.kind() === 'rest_pattern') return readTarget(named(entry)[0] ?? null, { kind: 'unknown' }, scope);
    if (entry.kind() === 'pair_pattern') {
      const field: Meaning = { kind: 'field', of: meaning, name: entry.field('key')?.text() ?? '' };
      return readTarget(entry.field('value'), field, scope);
    }
    const name = (entry.kind() === 'object_assignment_pattern' ? entry.field('left') : entry)?.text() ?? '';
    return [{ name, meaning: { kind: 'field', of: meaning, name }, scope }];
  });
}

function readImport(node: SgNode): Declaration[] {
  const scope = findScope(node, BLOCKS);
  const required = named(node).find((child) => child.kind() === 'import_require_clause');
  const module = unquote((required ?? node).field('source')?.text() ?? '');
  const found = node.findAll({
    rule: {
      any: ['import_specifier', 'namespace_import', 'import_clause', 'import_require_clause'].map((kind) => ({ kind })),
    },
  });
  return found.flatMap((clause): Declaration[] => {
    if (clause.kind() === 'import_specifier') {
      const imported = clause.field('name')?.text() ?? '';
      const name = clause.field('alias')?.text() ?? imported;
      return [
        { name, meaning: { kind: 'module', name: imported === 'default' ? module : `${module}.${imported}` }, scope },
      ];
    }
    const whole = named(clause).find((child) => child.kind() === 'identifier');
    return whole ? [{ name: whole.text(), meaning: { kind: 'module', name: module }, scope }] : [];
  });
}

/** `node:crypto` is `crypto`. */
function unquote(text: string): string {
  return text.slice(1, -1).replace(/^node:/, '');
}

function readStep(node: SgNode): Step {
  const kind = String(node.kind());
  if (kind === 'identifier' || kind === 'type_identifier' || kind === 'shorthand_property_identifier')
    return { kind: 'name', name: node.text() };
  if (kind === 'this') return { kind: 'self' };
  if (kind === 'object_type' || kind === 'interface_body' || kind === 'class' || kind === 'object')
    return { kind: 'shape', node };
  if (kind === 'string') return { kind: 'text', text: JSON.stringify(node.text().slice(1, -1)) };
  if (kind === 'template_string') {
    const [hole, more] = named(node).filter((part) => part.kind() === 'template_substitution');
    if (!hole) return { kind: 'text', text: JSON.stringify(node.text().slice(1, -1)) };
    return more ? { kind: 'unknown' } : wrap(named(hole)[0] ?? null);
  }
  if (kind === 'nested_type_identifier') return member(named(node)[0], node.field('name'));
  if (kind === 'member_expression') return member(node.field('object'), node.field('property'));
  if (kind === 'subscript_expression' && node.field('index')?.kind() === 'string') {
    const object = node.field('object');
    return object ? { kind: 'member', object, name: unquote(node.field('index')?.text() ?? '') } : { kind: 'unknown' };
  }
  if (kind === 'generic_type') return wrap(node.field('name'));
  if (WRAPPERS.has(kind)) return wrap(named(node).find((child) => child.kind() !== 'literal_type') ?? null);
  if (kind === 'binary_expression' && node.field('operator')?.text() === '+') return wrap(pickVariable(node));
  if (kind === 'binary_expression' && /^(\?\?|\|\|)$/.test(node.field('operator')?.text() ?? ''))
    return wrap(node.field('left'));
  if (kind === 'new_expression') return call(node.field('constructor'));
  if (kind === 'call_expression') {
    const callee = node.field('function');
    const loaded = /^(?:require|import)$/.test(callee?.text() ?? '') && named(node.field('arguments'))[0];
    if (callee && ENCODERS.test(callee.text())) return wrap(named(node.field('arguments'))[0] ?? null);
    return loaded && loaded.kind() === 'string' ? { kind: 'module', name: unquote(loaded.text()) } : call(callee);
  }
  return { kind: 'unknown' };
}

/** `'sha256=' + digest` is the digest. */
function pickVariable(node: SgNode): SgNode | null {
  const [left, right] = [node.field('left'), node.field('right')];
  return left?.kind() === 'string' ? right : left;
}

function member(object: SgNode | null | undefined, name: SgNode | null): Step {
  return object && name ? { kind: 'member', object, name: name.text() } : { kind: 'unknown' };
}

function wrap(node: SgNode | null): Step {
  return node ? { kind: 'inner', node } : { kind: 'unknown' };
}

function call(callee: SgNode | null): Step {
  return callee ? { kind: 'call', callee } : { kind: 'unknown' };
}

function readField(shape: SgNode, name: string): Meaning | null {
  const body = shape.field('body') ?? shape;
  for (const entry of named(body)) {
    const own = (entry.field('name') ?? entry.field('key'))?.text();
    if (own === name) {
      const meaning = typedOr(entry.field('type'), entry.field('value'));
      if (meaning.kind !== 'unknown' || entry.kind() !== 'public_field_definition') return meaning;
    }
    if (own === 'constructor') {
      for (const parameter of named(entry.field('parameters'))) {
        const kept = parameter
          .children()
          .some((child) => /^(accessibility_modifier|readonly)$/.test(String(child.kind())));
        if (kept && parameter.field('pattern')?.text() === name) return typedOr(parameter.field('type'), null);
      }
    }
  }
  const assigned = body.find({
    rule: { kind: 'assignment_expression', has: { field: 'left', regex: `^this\\.${name.replace(/[^\w#]/g, '.')}$` } },
  });
  const value = assigned?.field('right');
  return value ? { kind: 'value', node: value } : null;
}

export const typescript: NameReader = {
  declarations: {
    any: [
      'import_statement',
      'variable_declarator',
      'required_parameter',
      'optional_parameter',
      'arrow_function',
      'for_in_statement',
      'catch_clause',
      'assignment_expression',
      'function_declaration',
      'generator_function_declaration',
      'class_declaration',
      'abstract_class_declaration',
      'interface_declaration',
      'type_alias_declaration',
    ].map((kind) => ({ kind })),
  },
  readDeclarations,
  readStep,
  readField,
  classKinds: ['class_declaration', 'abstract_class_declaration', 'class'],
};
