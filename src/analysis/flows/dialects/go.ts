import type { SgNode } from '@ast-grep/napi';
import {
  type Call,
  type Definition,
  type Dialect,
  definition,
  type Expression,
  escapeRegExp,
  type FunctionFacts,
  named,
  plainText,
  type TypeMeaning,
} from '../dialect.ts';

const HARMLESS = new Set(['int_literal', 'float_literal', 'rune_literal', 'true', 'false', 'nil', 'iota']);
const SAFE_TYPE =
  /^\*?(u?int(8|16|32|64)?|uintptr|float(32|64)|bool|byte|rune|uuid\.UUID|time\.(Time|Duration|Month))$/;
const BUILDER_WRITES = new Set(['WriteString', 'WriteByte', 'WriteRune', 'Write']);

function readExpression(node: SgNode): Expression {
  const kind = String(node.kind());
  if (HARMLESS.has(kind)) return { kind: 'harmless' };
  if (kind === 'interpreted_string_literal' || kind === 'raw_string_literal')
    return { kind: 'text', text: node.text().slice(1, -1) };
  if (kind === 'identifier') return { kind: 'name', name: node.text() };
  if (kind === 'parenthesized_expression' || kind === 'variadic_argument' || kind === 'literal_element') {
    const inner = named(node)[0];
    if (inner) return { kind: 'wrapped', inner };
  }
  if (kind === 'binary_expression') {
    const [left, right] = [node.field('left'), node.field('right')];
    if (left && right && node.field('operator')?.text() === '+') return { kind: 'concat', parts: [left, right] };
    return { kind: 'harmless' };
  }
  if (kind === 'selector_expression') {
    const object = node.field('operand');
    if (object) return { kind: 'member', object, property: node.field('field')?.text() ?? '' };
  }
  if (kind === 'index_expression') {
    const object = node.field('operand');
    if (object) return { kind: 'index', object, index: node.field('index') };
  }
  if (kind === 'slice_expression' || kind === 'unary_expression' || kind === 'type_assertion_expression') {
    const inner = node.field('operand');
    if (inner) return { kind: 'wrapped', inner };
  }
  if (kind === 'composite_literal') {
    const body = node.field('body');
    if (body && node.field('type')?.kind() === 'slice_type') return { kind: 'list', items: named(body) };
  }
  if (kind === 'call_expression') {
    const call = readCall(node);
    const [template, ...args] = call?.args ?? [];
    if (call && template && (call.callee === 'fmt.Sprintf' || call.callee === 'fmt.Errorf'))
      return { kind: 'format', template, args, named: new Map(), style: 'printf' };
    if (call?.callee === 'fmt.Fprintf' && args[0])
      return { kind: 'format', template: args[0], args: args.slice(1), named: new Map(), style: 'printf' };
    if (call?.callee === 'fmt.Fprint') return { kind: 'concat', parts: args };
    if (call?.callee === 'fmt.Sprint') return { kind: 'concat', parts: call.args };
    if (call?.callee === 'strings.Repeat' && template) return { kind: 'repeat', item: template };
    if (call) return { kind: 'call', call };
  }
  if (kind === 'type_conversion_expression') {
    const inner = node.field('operand');
    if (SAFE_TYPE.test(node.field('type')?.text() ?? '')) return { kind: 'harmless' };
    if (inner) return { kind: 'wrapped', inner };
  }
  return { kind: 'unknown' };
}

function readCall(node: SgNode): Call | null {
  const fn = node.field('function');
  const list = node.field('arguments');
  if (!fn || !list) return null;
  const receiver = fn.kind() === 'selector_expression' ? fn.field('operand') : null;
  const name = receiver ? (fn.field('field')?.text() ?? '') : fn.text();
  return { callee: plainText(fn), name, receiver, args: named(list), named: new Map() };
}

function readDefinitions(node: SgNode): Definition[] {
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

function readWrite(node: SgNode): Definition[] {
  const call = readCall(node);
  if (!call) return [];
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

function readTypeText(type: SgNode | null): string | null {
  return type?.text().replace(/\s+/g, '') ?? null;
}

function readType(type: string): TypeMeaning {
  const bare = type.replace(/^(?:\.\.\.|\[\d*\]|\*)+/, '');
  if (SAFE_TYPE.test(bare)) return 'safe';
  if (/^(?:string|any|interface\{\}|error|map\[.*\](?:string|any|interface\{\}))$/.test(bare)) return 'text';
  return bare.startsWith('struct{') ? 'object' : null;
}

function readTypeDeclaration(node: SgNode): TypeMeaning {
  return node.kind() === 'struct_type' ? 'object' : readType(node.text().replace(/\s+/g, ''));
}

function readField(node: SgNode, field: string): string | null {
  const fields = node.findAll({ rule: { kind: 'field_declaration' } });
  const found = fields.find((one) =>
    one.children().some((child) => child.kind() === 'field_identifier' && child.text() === field),
  );
  return readTypeText(found?.field('type') ?? null);
}

function readEntry(node: SgNode, key: string): SgNode | null {
  const literal = node.kind() === 'unary_expression' ? node.field('operand') : node;
  const body = literal?.kind() === 'composite_literal' ? literal.field('body') : null;
  const entry = named(body ?? node).find(
    (one) =>
      one.kind() === 'keyed_element' &&
      named(one)[0]
        ?.text()
        .replace(/^"(.*)"$/, '$1') === key,
  );
  return body && entry ? (named(entry)[1] ?? null) : null;
}

function readFunction(fn: SgNode): FunctionFacts {
  const name = fn.field('name')?.text() ?? null;
  return { name, visible: name !== null && /^[A-Z]/.test(name) };
}

/** The receiver's name in the method around a node. */
function readSelf(node: SgNode): string | null {
  const method = node.ancestors().find((at) => at.kind() === 'method_declaration');
  return /^\(\s*(\w+)/.exec(method?.field('receiver')?.text() ?? '')?.[1] ?? null;
}

function readReturns(fn: SgNode): SgNode[] {
  return fn
    .findAll({ rule: { kind: 'return_statement' } })
    .filter(
      (found) =>
        found
          .ancestors()
          .find((at) => ['function_declaration', 'method_declaration', 'func_literal'].includes(String(at.kind())))
          ?.id() === fn.id(),
    )
    .flatMap((found) => named(named(found)[0] ?? found).slice(0, 1));
}

function readParameters(fn: SgNode): string[] {
  const list = fn.field('parameters');
  return list
    ? named(list).flatMap((declaration) =>
        declaration
          .children()
          .filter((child) => child.kind() === 'identifier')
          .map((child) => child.text()),
      )
    : [];
}

function readGuard(condition: string, name: string): 'allows' | 'forbids' | null {
  const n = escapeRegExp(name);
  const listed = new RegExp(`(?:\\w\\[${n}\\]|slices\\.Contains\\([^()]*,${n}\\)|MatchString\\(${n}\\))`).test(
    condition,
  );
  if (listed)
    return /!(?:ok|found|exists|allowed|valid|\w+[.[(])/.test(condition) || condition.startsWith('!')
      ? 'forbids'
      : 'allows';
  if (new RegExp(`^${n}=="[^"]`).test(condition)) return 'allows';
  if (new RegExp(`^${n}!="[^"]`).test(condition)) return 'forbids';
  return null;
}

export const go: Dialect = {
  callKinds: ['call_expression'],
  definitionKinds: [
    'short_var_declaration',
    'assignment_statement',
    'var_spec',
    'const_spec',
    'parameter_declaration',
    'variadic_parameter_declaration',
    'range_clause',
    'function_declaration',
    'type_spec',
    'type_alias',
    'import_spec',
  ],
  guardKinds: ['if_statement', 'expression_switch_statement'],
  defaultCaseKind: 'default_case',
  blockKinds: new Set([
    'block',
    'source_file',
    'if_statement',
    'for_statement',
    'expression_case',
    'default_case',
    'communication_case',
    'function_declaration',
    'method_declaration',
    'func_literal',
  ]),
  branchKinds: null,
  classKinds: [],
  readExpression,
  readCall,
  readDefinitions,
  readReturns,
  readParameters,
  readFunction,
  readSelf,
  readType,
  readTypeDeclaration,
  readField,
  readEntry,
  passThrough: new Set([
    'strings.TrimSpace',
    'strings.ToLower',
    'strings.ToUpper',
    'strings.Trim',
    'strings.TrimPrefix',
    'strings.TrimSuffix',
    'strings.ReplaceAll',
    'strings.Replace',
    'strings.Split',
    'string',
    'String',
    'Get',
    'strings.Title',
  ]),
  readGuard,
};
