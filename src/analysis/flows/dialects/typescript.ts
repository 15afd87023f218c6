import type { SgNode } from '@ast-grep/napi';
import { escapeRegExp } from '../../../text/escape-reg-exp.ts';
import { isFunction } from '../../languages.ts';
import { BLOCKS } from '../../names/typescript.ts';
import { type Dialect, type FunctionFacts, named } from '../dialect.ts';
import { readDefinitions } from './typescript-definitions.ts';
import { readCall, readExpression } from './typescript-expressions.ts';
import { readField, readType, readTypeDeclaration, TYPE_KINDS } from './typescript-types.ts';

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
  blockKinds: BLOCKS,
  // Without braces, and between the cases of a switch, a name holds further than what is set is certain.
  branchKinds: new Set([...BLOCKS, 'if_statement', 'else_clause', 'switch_case', 'switch_default']),
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
    'decodeURI',
    'JSON.parse',
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
