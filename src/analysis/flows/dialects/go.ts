import type { SgNode } from '@ast-grep/napi';
import { escapeRegExp } from '../../../text/escape-reg-exp.ts';
import { type Dialect, type FunctionFacts, named } from '../dialect.ts';
import { readDefinitions } from './go-definitions.ts';
import { readCall, readExpression } from './go-expressions.ts';
import { readField, readType, readTypeDeclaration } from './go-types.ts';

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
    'strings.Fields',
    'strings.SplitN',
    'url.QueryUnescape',
    'url.PathUnescape',
    'html.UnescapeString',
    'io.ReadAll',
    'ioutil.ReadAll',
    'json.NewDecoder',
  ]),
  readGuard,
};
