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
} from '../dialect.ts';
import {
  findClassField,
  readField,
  readParameter,
  readType,
  readTypeDeclaration,
  readTypeText,
} from './python-types.ts';

const HARMLESS = new Set([
  'integer',
  'float',
  'true',
  'false',
  'none',
  'unary_operator',
  'not_operator',
  'comparison_operator',
]);

function readExpression(node: SgNode): Expression {
  const kind = String(node.kind());
  if (HARMLESS.has(kind)) return { kind: 'harmless' };
  if (kind === 'string') return { kind: 'concat', parts: readString(node) };
  if (kind === 'concatenated_string') return { kind: 'concat', parts: named(node) };
  if (kind === 'identifier') return { kind: 'name', name: node.text() };
  if (['parenthesized_expression', 'await', 'list_splat', 'named_expression'].includes(kind)) {
    const inner = named(node).at(-1);
    if (inner) return { kind: 'wrapped', inner };
  }
  if (kind === 'binary_operator') return readBinary(node);
  if (kind === 'boolean_operator') {
    const [whenTrue, whenFalse] = [node.field('left'), node.field('right')];
    if (whenTrue && whenFalse) return { kind: 'choice', condition: null, whenTrue, whenFalse };
  }
  if (kind === 'conditional_expression') {
    const [whenTrue, condition, whenFalse] = named(node);
    if (whenTrue && condition && whenFalse) return { kind: 'choice', condition, whenTrue, whenFalse };
  }
  if (kind === 'attribute') {
    const object = node.field('object');
    if (object) return { kind: 'member', object, property: node.field('attribute')?.text() ?? '' };
  }
  if (kind === 'subscript') {
    const object = node.field('value');
    if (object) return { kind: 'index', object, index: node.field('subscript') };
  }
  if (kind === 'list' || kind === 'tuple' || kind === 'set') return { kind: 'list', items: named(node) };
  if (kind === 'list_comprehension' || kind === 'generator_expression') {
    const item = node.field('body') ?? named(node)[0];
    if (item) return { kind: 'each', item };
  }
  if (kind === 'call') {
    const call = readCall(node);
    if (call?.name === 'format' && call.receiver && isText(call.receiver)) {
      return formatCall(call.receiver, call);
    }
    if (call) return { kind: 'call', call };
  }
  return { kind: 'unknown' };
}

/** `'…'.format(a, name=b)`; with `*args` or `**values` it is not known what goes where. */
function formatCall(template: SgNode, { args, named: keywords }: Call): Expression {
  const open = args.some((arg) => /splat/.test(String(arg.kind())));
  return { kind: 'format', template, args, named: open ? null : keywords, style: 'braces' };
}

/** `'…' % value`, `% (a, b)`, `% {'name': a}`. */
function formatPercent(template: SgNode, right: SgNode): Expression {
  const style = 'printf' as const;
  if (right.kind() === 'tuple') return { kind: 'format', template, args: named(right), named: new Map(), style };
  if (right.kind() !== 'dictionary') return { kind: 'format', template, args: [right], named: new Map(), style };
  const pairs = named(right).flatMap((pair): [string, SgNode][] => {
    const [key, value] = [pair.field('key'), pair.field('value')];
    return key && value ? [[key.text().slice(1, -1), value]] : [];
  });
  return { kind: 'format', template, args: [], named: new Map(pairs), style };
}

function isText(node: SgNode): boolean {
  return ['string', 'concatenated_string', 'identifier', 'parenthesized_expression'].includes(String(node.kind()));
}

function readString(node: SgNode): (string | SgNode)[] {
  return node.children().flatMap((child): (string | SgNode)[] => {
    if (child.kind() === 'string_content') return [child.text()];
    if (child.kind() !== 'interpolation') return [];
    const format = child
      .children()
      .find((part) => part.kind() === 'format_specifier')
      ?.text();
    // {n:d} raises for anything but a number.
    return format && /[dfeg%]$/.test(format) ? ['0'] : named(child).slice(0, 1);
  });
}

function readBinary(node: SgNode): Expression {
  const [left, right] = [node.field('left'), node.field('right')];
  const operator = node.field('operator')?.text();
  if (!left || !right) return { kind: 'unknown' };
  if (operator === '+') return { kind: 'concat', parts: [left, right] };
  if (operator === '%') {
    return isText(left) ? formatPercent(left, right) : { kind: 'harmless' };
  }
  if (operator === '*') return { kind: 'repeat', item: isText(left) || left.kind() === 'list' ? left : right };
  return { kind: 'harmless' };
}

function readCall(node: SgNode): Call | null {
  const fn = node.field('function');
  const list = node.field('arguments');
  if (!fn || !list) return null;
  const receiver = fn.kind() === 'attribute' ? fn.field('object') : null;
  const all = list.kind() === 'generator_expression' ? [list] : named(list);
  const keywords = all.filter((arg) => arg.kind() === 'keyword_argument');
  const entries = keywords.flatMap((arg): [string, SgNode][] => {
    const [key, value] = [arg.field('name'), arg.field('value')];
    return key && value ? [[key.text(), value]] : [];
  });
  const name = receiver ? (fn.field('attribute')?.text() ?? '') : fn.text();
  return {
    callee: plainText(fn),
    name,
    receiver,
    args: all.filter((arg) => arg.kind() !== 'keyword_argument'),
    named: new Map(entries),
  };
}

function readDefinitions(node: SgNode): Definition[] {
  const kind = String(node.kind());
  if (kind === 'assignment' || kind === 'named_expression') {
    const [target, value] = [node.field('left') ?? node.field('name'), node.field('right') ?? node.field('value')];
    if (!target || !value) return [];
    const type = readTypeText(node.field('type'));
    if (target.kind() === 'identifier') {
      const closed = /^(?:typing\.|t\.)?(?:Literal|Annotated|NewType|Enum)\b/.test(value.text().slice(0, 40));
      return [definition({ name: target.text(), node, kind: closed ? 'type' : 'assign', value, type })];
    }
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

function readReturns(fn: SgNode): SgNode[] {
  if (fn.kind() === 'lambda') return [fn.field('body')].filter((body) => body !== null);
  return fn
    .findAll({ rule: { kind: 'return_statement' } })
    .filter(
      (found) =>
        found
          .ancestors()
          .find((at) => at.kind() === 'function_definition')
          ?.id() === fn.id(),
    )
    .flatMap((found) => named(found).slice(0, 1));
}

function readParameters(fn: SgNode): string[] {
  const list = fn.field('parameters');
  const names = list
    ? named(list).map(
        (parameter) =>
          (parameter.kind() === 'identifier' ? parameter : (parameter.field('name') ?? named(parameter)[0]))?.text() ??
          '',
      )
    : [];
  return names[0] === 'self' || names[0] === 'cls' ? names.slice(1) : names;
}

function readFunction(fn: SgNode): FunctionFacts {
  const name = fn.field('name')?.text() ?? null;
  const nested = fn.ancestors().some((at) => at.kind() === 'function_definition' || at.kind() === 'lambda');
  const hidden = name === null || nested || (name.startsWith('_') && !name.startsWith('__'));
  return { name, visible: !hidden };
}

function readSelf(node: SgNode): string | null {
  return /^(?:self|cls)\./.exec(node.text().slice(0, 5))?.[0].slice(0, -1) ?? null;
}

function readEntry(node: SgNode, key: string): SgNode | null {
  if (node.kind() === 'class_definition') return findClassField(node, key)?.field('right') ?? null;
  if (node.kind() !== 'dictionary') return null;
  const pair = named(node).find((entry) => entry.field('key')?.text().slice(1, -1) === key);
  return pair?.field('value') ?? null;
}

function readGuard(condition: string, name: string): 'allows' | 'forbids' | null {
  const n = escapeRegExp(name);
  if (
    new RegExp(`(?<![\\w.])${n}notin`).test(condition) ||
    new RegExp(`^not.*(?:match|fullmatch)\\([^()]*${n}\\)`).test(condition)
  )
    return 'forbids';
  if (
    new RegExp(`(?<![\\w.])${n}in[A-Za-z_({\\[]|(?:match|fullmatch)\\([^()]*${n}\\)|(?<![\\w.])${n}==['"\\d]`).test(
      condition,
    )
  )
    return 'allows';
  if (new RegExp(`(?<![\\w.])${n}!=['"][^'"]`).test(condition)) return 'forbids';
  return null;
}

export const python: Dialect = {
  callKinds: ['call'],
  definitionKinds: [
    'assignment',
    'named_expression',
    'augmented_assignment',
    'parameters',
    'lambda_parameters',
    'for_statement',
    'for_in_clause',
    'function_definition',
    'class_definition',
    'import_statement',
    'import_from_statement',
  ],
  guardKinds: ['if_statement'],
  defaultCaseKind: null,
  blockKinds: new Set([
    'function_definition',
    'module',
    'lambda',
    'list_comprehension',
    'generator_expression',
    'class_definition',
  ]),
  branchKinds: new Set(['block', 'module', 'lambda', 'list_comprehension', 'generator_expression']),
  classKinds: ['class_definition'],
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
    'strip',
    'lstrip',
    'rstrip',
    'lower',
    'upper',
    'str',
    'title',
    'decode',
    'encode',
    'format',
    'replace',
    'split',
    'get',
    'pop',
    'dict',
    'list',
    'tuple',
    'sorted',
    'dedent',
    'textwrap.dedent',
  ]),
  readGuard,
};
