import type { SgNode } from '@ast-grep/napi';
import { isFunction } from '../../languages.ts';
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
} from '../dialect.ts';
import { readField, readType, readTypeDeclaration, readTypeText, TYPE_KINDS } from './typescript-types.ts';

const HARMLESS = new Set([
  'number',
  'true',
  'false',
  'null',
  'undefined',
  'regex',
  'unary_expression',
  'update_expression',
]);
const WRAPPERS = new Set([
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
  'spread_element',
]);
function readExpression(node: SgNode): Expression {
  const kind = String(node.kind());
  if (HARMLESS.has(kind)) return { kind: 'harmless' };
  if (WRAPPERS.has(kind)) return wrap(kind === 'type_assertion' ? named(node).at(-1) : named(node)[0]);
  if (kind === 'string') return { kind: 'text', text: unquote(node.text()) };
  if (kind === 'template_string') return { kind: 'concat', parts: readTemplate(node) };
  if (kind === 'identifier') return { kind: 'name', name: node.text() };
  if (kind === 'binary_expression') return readBinary(node);
  if (kind === 'ternary_expression') {
    const [whenTrue, whenFalse] = [node.field('consequence'), node.field('alternative')];
    if (whenTrue && whenFalse) return { kind: 'choice', condition: node.field('condition'), whenTrue, whenFalse };
  }
  if (kind === 'member_expression') {
    const object = node.field('object');
    if (object) return { kind: 'member', object, property: node.field('property')?.text() ?? '' };
  }
  if (kind === 'subscript_expression') {
    const object = node.field('object');
    if (object) return { kind: 'index', object, index: node.field('index') };
  }
  if (kind === 'array') return { kind: 'list', items: named(node) };
  if (kind === 'call_expression' || kind === 'new_expression') {
    const call = readCall(node);
    if (call) return { kind: 'call', call };
  }
  return { kind: 'unknown' };
}

function wrap(inner: SgNode | undefined): Expression {
  return inner ? { kind: 'wrapped', inner } : { kind: 'unknown' };
}

function readBinary(node: SgNode): Expression {
  const [left, right] = [node.field('left'), node.field('right')];
  const operator = node.field('operator')?.text();
  if (!left || !right) return { kind: 'unknown' };
  if (operator === '+') return { kind: 'concat', parts: [left, right] };
  if (operator === '??' || operator === '||' || operator === '&&') {
    return { kind: 'choice', condition: null, whenTrue: left, whenFalse: right };
  }
  return { kind: 'harmless' };
}

function readTemplate(node: SgNode): (string | SgNode)[] {
  return node.children().flatMap((child): (string | SgNode)[] => {
    if (child.kind() === 'template_substitution') return named(child).slice(0, 1);
    return child.kind() === 'string_fragment' || child.kind() === 'escape_sequence' ? [child.text()] : [];
  });
}

function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\n/g, '\n')
    .replace(/\\(['"`\\])/g, '$1');
}

function readCall(node: SgNode): Call | null {
  const fn = node.field('function') ?? node.field('constructor');
  if (!fn) return null;
  const args = node.field('arguments');
  // sql`…`: the arguments are a template string. A tag decides what becomes of the holes, so it is a call without arguments.
  const list = args && args.kind() !== 'template_string' ? named(args) : [];
  const receiver = fn.kind() === 'member_expression' ? fn.field('object') : null;
  const name = receiver ? (fn.field('property')?.text() ?? '') : fn.text();
  const options = list.filter((arg) => arg.kind() === 'object').flatMap(named);
  const entries = options.flatMap((pair): [string, SgNode][] => {
    const [key, value] = [pair.field('key'), pair.field('value')];
    return key && value ? [[key.text(), value]] : [];
  });
  return { callee: plainText(fn), name, receiver, args: list, named: new Map(entries) };
}

function readDefinitions(node: SgNode): Definition[] {
  const kind = String(node.kind());
  if (kind === 'variable_declarator') {
    const [target, value] = [node.field('name'), node.field('value')];
    return target ? readTarget(target, value, node, 'assign', readTypeText(node.field('type'))) : [];
  }
  if (kind === 'assignment_expression') {
    const target = node.field('left');
    if (!target || !isTarget(target)) return [];
    return [definition({ name: target.text(), node, kind: 'assign', declares: false, value: node.field('right') })];
  }
  if (kind === 'augmented_assignment_expression') {
    const target = node.field('left');
    if (!target || !isTarget(target) || node.field('operator')?.text() !== '+=') return [];
    return [definition({ name: target.text(), node, kind: 'append', declares: false, value: node.field('right') })];
  }
  if (kind === 'required_parameter' || kind === 'optional_parameter') {
    const target = node.field('pattern');
    const type = readTypeText(node.field('type'));
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

function readFunction(fn: SgNode): FunctionFacts {
  const parent = fn.parent();
  const target = parent?.kind() === 'assignment_expression' ? (parent.field('left')?.text() ?? '') : '';
  const holder = parent?.field('name') ?? parent?.field('key');
  const held = holder && !isFunction(parent ?? fn) ? holder.text() : null;
  const name = fn.field('name')?.text() ?? held ?? (target === '' ? null : target.slice(target.lastIndexOf('.') + 1));
  const kinds = fn.ancestors().map((at) => String(at.kind()));
  const nested = kinds.some((kind) => /^(?:function|arrow_function|generator_function)/.test(kind));
  const member = fn.kind() === 'method_definition' || /^(?:pair|public_field_definition)$/.test(kinds[0] ?? '');
  const hidden = /^(?:private|protected)\b/.test((kinds[0] === 'public_field_definition' ? parent : fn)?.text() ?? '');
  const exported = kinds.includes('export_statement') || /^(?:module\.)?exports\b|\.prototype\./.test(target);
  return { name, visible: !nested && !hidden && !name?.startsWith('#') && (member || exported) };
}

function readSelf(node: SgNode): string | null {
  return node.text().startsWith('this.') ? 'this' : null;
}

function readEntry(node: SgNode, key: string): SgNode | null {
  const inner = node.text().startsWith('Object.freeze(') ? node.field('arguments') : node;
  const literal = inner?.kind() === 'arguments' ? (named(inner)[0] ?? null) : inner;
  if (literal?.kind() === 'enum_declaration') {
    const members = named(literal.field('body') ?? literal);
    return members.find((one) => one.field('name')?.text() === key)?.field('value') ?? null;
  }
  if (literal?.kind() !== 'object') return null;
  const pair = named(literal).find(
    (entry) =>
      entry.kind() === 'pair' &&
      entry
        .field('key')
        ?.text()
        .replace(/^(['"])(.*)\1$/, '$2') === key,
  );
  return pair?.field('value') ?? null;
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

function readReturns(fn: SgNode): SgNode[] {
  const body = fn.field('body');
  if (!body) return [];
  if (body.kind() !== 'statement_block') return [body];
  return body
    .findAll({ rule: { kind: 'return_statement' } })
    .filter(
      (found) =>
        found
          .ancestors()
          .find((at) => at.kind().toString().includes('function') || at.kind() === 'method_definition')
          ?.id() === fn.id(),
    )
    .flatMap((found) => named(found).slice(0, 1));
}

function readParameters(fn: SgNode): string[] {
  const single = fn.field('parameter');
  if (single) return [single.text()];
  const list = fn.field('parameters');
  return list ? named(list).map((parameter) => parameter.field('pattern')?.text() ?? '') : [];
}

function readGuard(condition: string, name: string): 'allows' | 'forbids' | null {
  const n = escapeRegExp(name);
  const test = new RegExp(
    `(?:\\.(?:includes|has|hasOwn|hasOwnProperty|test|indexOf)\\((?:[^()]*,)?${n}(?:as\\w+)?\\)|(?<![\\w.])${n}in[A-Za-z_]|\\.test\\(${n}\\)|[A-Za-z_\\w]\\[${n}\\])`,
  );
  if (test.test(condition)) return /^\(?!|===?-1|<0|===?undefined|===?null/.test(condition) ? 'forbids' : 'allows';
  if (new RegExp(`^\\(?${n}===?['"\\d]`).test(condition)) return 'allows';
  if (new RegExp(`^\\(?${n}!==?['"\\d](?!["'])`).test(condition) && !new RegExp(`${n}!==?(''|"")`).test(condition))
    return 'forbids';
  return null;
}

export const typescript: Dialect = {
  callKinds: ['call_expression'],
  definitionKinds: [
    'variable_declarator',
    'assignment_expression',
    'augmented_assignment_expression',
    'required_parameter',
    'optional_parameter',
    'arrow_function',
    'for_in_statement',
    'function_declaration',
    'public_field_definition',
    ...TYPE_KINDS,
    'import_statement',
  ],
  guardKinds: ['if_statement', 'switch_statement'],
  defaultCaseKind: 'switch_default',
  blockKinds: new Set(['statement_block', 'program', 'for_statement', 'for_in_statement', 'switch_body', 'class_body']),
  branchKinds: null,
  classKinds: ['class_declaration', 'class', 'abstract_class_declaration'],
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
    'trim',
    'trimStart',
    'trimEnd',
    'toLowerCase',
    'toUpperCase',
    'toString',
    'slice',
    'substring',
    'substr',
    'concat',
    'String',
    'normalize',
    'padStart',
    'padEnd',
    'decodeURIComponent',
    'URL',
    'URLSearchParams',
    'split',
    'filter',
    'flat',
    'at',
    'get',
    'replaceAll',
    'replace',
    'repeat',
    'pop',
    'shift',
    'reverse',
    'sort',
  ]),
  readGuard,
};
