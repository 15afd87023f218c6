import type { SgNode } from '@ast-grep/napi';
import { escapeRegExp } from '../../../text/escape-reg-exp.ts';
import { type Dialect, type FunctionFacts, named } from '../dialect.ts';
import { readDefinitions } from './python-definitions.ts';
import { readCall, readExpression } from './python-expressions.ts';
import { findClassField, readField, readType, readTypeDeclaration } from './python-types.ts';

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
  const hidden = name === null || nested || (name.startsWith('_') && !name.startsWith('__')) || isMain(fn);
  return { name, visible: !hidden };
}

/** A file that reads the arguments of its command line when it is loaded: no other file loads it, and calls its functions. */
function isMain(fn: SgNode): boolean {
  const statements = fn.getRoot().root().children();
  return statements.some((one) => one.kind() === 'expression_statement' && /^[\w\s,=]*\.parse_args\(/.test(one.text()));
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
    'casefold',
    'capitalize',
    'removeprefix',
    'removesuffix',
    'partition',
    'rsplit',
    'splitlines',
    'unquote',
    'unquote_plus',
    'parse.unquote',
    'parse.unquote_plus',
    'urllib.parse.unquote',
    'urllib.parse.unquote_plus',
    'b64decode',
    'base64.b64decode',
    'base64.urlsafe_b64decode',
    'html.unescape',
    'json.loads',
  ]),
  readGuard,
};
