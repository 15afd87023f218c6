import type { SgNode } from '@ast-grep/napi';
import { type Declaration, findScope, type Meaning, type NameReader, named, type Step } from './name-reader.ts';

const SCOPES = new Set([
  'function_definition',
  'lambda',
  'module',
  'class_definition',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);
/** What only writes its argument in another way. */
const ENCODERS = /^(str|bytes|binascii\.hexlify|base64\.\w+encode)$/;
const WRAPPERS = new Set(['parenthesized_expression', 'await', 'type', 'as_pattern_target']);

function readDeclarations(node: SgNode): Declaration[] {
  const kind = String(node.kind());
  const scope = findScope(node, SCOPES);
  if (kind === 'import_statement' || kind === 'import_from_statement') return readImport(node, scope);
  if (kind === 'assignment' || kind === 'named_expression') {
    const [target, value] = [node.field('left') ?? node.field('name'), node.field('right') ?? node.field('value')];
    return readTarget(target, typedOr(node.field('type'), value), scope);
  }
  if (kind === 'as_pattern') {
    const value = named(node)[0];
    const entered = node.parent()?.kind() === 'with_item' && value;
    const target = named(node.field('alias'))[0] ?? null;
    return readTarget(target, entered ? { kind: 'value', node: value } : { kind: 'unknown' }, scope);
  }
  if (kind === 'parameters' || kind === 'lambda_parameters')
    return named(node).flatMap((parameter) => readParameter(parameter, scope));
  if (kind === 'for_statement' || kind === 'for_in_clause')
    return readTarget(node.field('left'), { kind: 'unknown' }, scope);
  const name = node.field('name')?.text();
  if (name === undefined) return [];
  return [{ name, meaning: kind === 'class_definition' ? { kind: 'shape', node } : { kind: 'unknown' }, scope }];
}

function typedOr(type: SgNode | null | undefined, value: SgNode | null | undefined): Meaning {
  if (value && value.kind() !== 'none') return { kind: 'value', node: value };
  return type ? { kind: 'instance', type } : { kind: 'unknown' };
}

function readTarget(target: SgNode | null, meaning: Meaning, scope: SgNode): Declaration[] {
  if (!target) return [];
  if (target.kind() === 'identifier') return [{ name: target.text(), meaning, scope }];
  if (!['pattern_list', 'tuple_pattern', 'list_pattern', 'list_splat_pattern'].includes(String(target.kind())))
    return [];
  return named(target).flatMap((item) => readTarget(item, { kind: 'unknown' }, scope));
}

function readParameter(parameter: SgNode, scope: SgNode): Declaration[] {
  const target =
    parameter.kind() === 'identifier' ? parameter : (parameter.field('name') ?? named(parameter)[0] ?? null);
  return readTarget(target, typedOr(parameter.field('type'), null), scope);
}

function readImport(node: SgNode, scope: SgNode): Declaration[] {
  const from = node.field('module_name');
  return named(node)
    .filter((child) => child.id() !== from?.id())
    .flatMap((child): Declaration[] => {
      const imported = (child.kind() === 'aliased_import' ? child.field('name') : child)?.text() ?? '';
      const alias = child.field('alias')?.text();
      if (from) {
        const meaning: Meaning = { kind: 'module', name: `${from.text()}.${imported}` };
        return [{ name: alias ?? imported, meaning, scope }];
      }
      // `import a.b` declares `a`; `import a.b as c` declares `c`.
      const [first = ''] = imported.split('.');
      return [{ name: alias ?? first, meaning: { kind: 'module', name: alias ? imported : first }, scope }];
    });
}

function readStep(node: SgNode): Step {
  const kind = String(node.kind());
  if (kind === 'identifier') return node.text() === 'self' ? { kind: 'self' } : { kind: 'name', name: node.text() };
  if (kind === 'string') return readString(node);
  if (kind === 'attribute') {
    const [object, name] = [node.field('object'), node.field('attribute')];
    return object && name ? { kind: 'member', object, name: name.text() } : { kind: 'unknown' };
  }
  if (kind === 'call') {
    const callee = node.field('function');
    if (callee && ENCODERS.test(callee.text())) return wrap(named(node.field('arguments'))[0]);
    return callee ? { kind: 'call', callee } : { kind: 'unknown' };
  }
  if (kind === 'generic_type') {
    // Optional[Session], Annotated[Session, …]: the instance is of what is inside.
    const [base, parameters] = named(node);
    const inner = /^(Optional|Annotated)$/.test(base?.text() ?? '') ? named(parameters ?? null)[0] : base;
    return inner ? { kind: 'inner', node: inner } : { kind: 'unknown' };
  }
  if (kind === 'binary_operator' && node.text().includes('|') && node.parent()?.kind() === 'type')
    return wrap(named(node).find((side) => side.kind() !== 'none'));
  if (kind === 'binary_operator' && node.field('operator')?.text() === '+') {
    const [left, right] = [node.field('left'), node.field('right')];
    return wrap((left?.kind() === 'string' ? right : left) ?? undefined);
  }
  if (kind === 'boolean_operator') return wrap(node.field('left') ?? undefined);
  if (WRAPPERS.has(kind)) return wrap(named(node)[0]);
  return { kind: 'unknown' };
}

function readString(node: SgNode): Step {
  const text = /^['"]([\w.]+)(?:\s*\|[^'"]*)?['"]$/.exec(node.text())?.[1];
  // A type may be written as a string, so that it can be named before it is declared.
  if (text !== undefined && node.parent()?.kind() === 'type') return { kind: 'name', name: text };
  const [hole, more] = named(node).filter((part) => part.kind() === 'interpolation');
  if (hole) return more ? { kind: 'unknown' } : wrap(named(hole)[0]);
  const content = named(node).filter((part) => part.kind() === 'string_content');
  return { kind: 'text', text: JSON.stringify(content.map((part) => part.text()).join('')) };
}

function wrap(node: SgNode | undefined): Step {
  return node ? { kind: 'inner', node } : { kind: 'unknown' };
}

function readField(shape: SgNode, name: string): Meaning | null {
  if (!/^\w+$/.test(name)) return null;
  const found = shape.find({ rule: { kind: 'assignment', has: { field: 'left', regex: `^(self\\.)?${name}$` } } });
  return found ? typedOr(found.field('type'), found.field('right')) : null;
}

export const python: NameReader = {
  declarations: {
    any: [
      'import_statement',
      'import_from_statement',
      'assignment',
      'named_expression',
      'as_pattern',
      'parameters',
      'lambda_parameters',
      'for_statement',
      'for_in_clause',
      'function_definition',
      'class_definition',
    ].map((kind) => ({ kind })),
  },
  readDeclarations,
  readStep,
  readField,
  classKinds: ['class_definition'],
};
