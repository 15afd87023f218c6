import type { Expression, Statement } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { isAssignment, lowerAssignmentStatement } from './assignments.ts';
import { lowerExport } from './exports.ts';
import { lowerDo, lowerFor, lowerForIn, lowerWhile } from './loops.ts';
import { bare, type Lowering, lowerBody, textOf } from './lowering.ts';
import { lowerImport } from './modules.ts';
import { isPattern, madeName, takeApart } from './patterns.ts';
import { lowerSwitch } from './switches.ts';
import { lowerAlias, lowerEnum, lowerInterface } from './type-declarations.ts';
import { lowerVariables } from './variables.ts';

type Lower = (c: Lowering, node: Syntax) => Statement[];

function doIt(value: Expression): Statement {
  return { kind: 'do', value, when: 'now', span: value.span };
}

function lowerExpressionStatement(c: Lowering, node: Syntax): Statement[] {
  return namedOf(node).flatMap((one) => lowerEffect(c, one));
}

/** What is only done: `a(), b()` are two, `ok && f()` is an `if`. */
function lowerEffect(c: Lowering, given: Syntax): Statement[] {
  const node = bare(given);
  if (isAssignment(node)) return lowerAssignmentStatement(c, node);
  if (node.kind === 'sequence_expression') return namedOf(node).flatMap((one) => lowerEffect(c, one));
  // `namespace A {}` is an expression to the grammar.
  if (node.kind === 'internal_module') return lowerNamespace(c, node);
  const span = spanOf(node);
  const [test, yes, no] = ['condition', 'consequence', 'alternative'].map((field) => childOf(node, field));
  if (node.kind === 'ternary_expression' && test && yes && no)
    return [{ kind: 'if', test: c.test(test), yes: lowerEffect(c, yes), no: lowerEffect(c, no), span }];
  const operator = node.kind === 'binary_expression' ? childOf(node, 'operator')?.kind : undefined;
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if ((operator !== '&&' && operator !== '||') || !left || !right) return [doIt(c.expression(node))];
  const asked = c.test(left);
  return [
    {
      kind: 'if',
      test: operator === '&&' ? asked : { kind: 'unary', operator: '!', of: asked, span: asked.span },
      yes: lowerEffect(c, right),
      no: [],
      span,
    },
  ];
}

function lowerIf(c: Lowering, node: Syntax): Statement[] {
  const condition = childOf(node, 'condition');
  const test: Expression = condition ? c.test(condition) : { kind: 'other', parts: [], span: spanOf(node) };
  const yes = lowerBody(c, childOf(node, 'consequence'));
  const otherwise = childOf(node, 'alternative');
  const no = otherwise ? namedOf(otherwise).flatMap((one) => lowerBody(c, one)) : [];
  return [{ kind: 'if', test, yes, no, span: spanOf(node) }];
}

function lowerTry(c: Lowering, node: Syntax): Statement[] {
  const body = lowerBody(c, childOf(node, 'body'));
  const handler = childOf(node, 'handler');
  const finalizer = childOf(node, 'finalizer');
  return [
    {
      kind: 'try',
      body,
      catches: handler ? [lowerCatch(c, handler)] : [],
      lastly: finalizer ? lowerBody(c, childOf(finalizer, 'body')) : [],
      span: spanOf(node),
    },
  ];
}

function lowerCatch(c: Lowering, node: Syntax): Extract<Statement, { kind: 'try' }>['catches'][number] {
  const caught = childOf(node, 'parameter');
  const span = spanOf(node);
  if (!caught || !isPattern(caught))
    return { name: caught && textOf(c, caught), types: [], body: lowerBody(c, childOf(node, 'body')), span };
  const made = madeName(c, spanOf(caught));
  const parts = takeApart(c, caught, made, { declares: true });
  return { name: made.name, types: [], body: [...parts, ...lowerBody(c, childOf(node, 'body'))], span };
}

const lowerBlock: Lower = (c, node) => [{ kind: 'block', body: lowerBody(c, node), holds: null, span: spanOf(node) }];

/** A `namespace` of TypeScript. */
const lowerNamespace: Lower = (c, node) => {
  const body = childOf(node, 'body');
  return body ? lowerBlock(c, body) : [];
};

const lowerGiven =
  (kind: 'return' | 'throw'): Lower =>
  (c, node) => {
    const [written] = namedOf(node);
    if (!written) return [{ kind, value: null, span: spanOf(node) }];
    // `return a(), b`: what stands before the last one is only done.
    const value = bare(written);
    const before = value.kind === 'sequence_expression' ? namedOf(value).slice(0, -1) : [];
    const last = before.length > 0 ? (namedOf(value).at(-1) ?? value) : value;
    return [...before.flatMap((one) => lowerEffect(c, one)), { kind, value: c.expression(last), span: spanOf(node) }];
  };

const lowerLeave: Lower = (_, node) => [{ kind: 'leave', span: spanOf(node) }];
const lowerInner: Lower = (c, node) => lowerBody(c, childOf(node, 'body'));
const lowerNothing: Lower = () => [];

function declare(c: Lowering, node: Syntax, value: Expression): Statement[] {
  const name = childOf(node, 'name');
  if (!name) return [doIt(value)];
  const target = { kind: 'name' as const, name: textOf(c, name), span: spanOf(name) };
  return [{ kind: 'set', target, value, declares: true, append: false, type: null, span: spanOf(node) }];
}

const lowerFunctionDeclaration: Lower = (c, node) =>
  declare(c, node, { kind: 'function', id: c.function(node), span: spanOf(node) });

const lowerClassDeclaration: Lower = (c, node) =>
  declare(c, node, { kind: 'class', id: c.class(node), span: spanOf(node) });

/** `import A = B.C` of TypeScript. */
const lowerImportAlias: Lower = (c, node) => {
  const [name, value] = namedOf(node);
  if (!name || !value) return [];
  const target = { kind: 'name' as const, name: textOf(c, name), span: spanOf(name) };
  return [
    { kind: 'set', target, value: c.expression(value), declares: true, append: false, type: null, span: spanOf(node) },
  ];
};

/** `declare …` says what is elsewhere: only its types are read. */
const lowerAmbient: Lower = (c, node) =>
  namedOf(node).flatMap((one): Statement[] => {
    if (/^(?:statement_block|export_statement|module|internal_module|ambient_declaration)$/.test(one.kind))
      return lowerAmbient(c, one);
    if (one.kind === 'expression_statement') return lowerAmbient(c, one);
    if (!/^(?:interface|type_alias|enum)_declaration$/.test(one.kind)) return [];
    return (LOWER[one.kind] ?? lowerNothing)(c, one);
  });

const LOWER: Readonly<Record<string, Lower>> = {
  expression_statement: lowerExpressionStatement,
  lexical_declaration: lowerVariables,
  variable_declaration: lowerVariables,
  function_declaration: lowerFunctionDeclaration,
  generator_function_declaration: lowerFunctionDeclaration,
  class_declaration: lowerClassDeclaration,
  abstract_class_declaration: lowerClassDeclaration,
  if_statement: lowerIf,
  switch_statement: lowerSwitch,
  for_statement: lowerFor,
  for_in_statement: lowerForIn,
  while_statement: lowerWhile,
  do_statement: lowerDo,
  try_statement: lowerTry,
  return_statement: lowerGiven('return'),
  throw_statement: lowerGiven('throw'),
  break_statement: lowerLeave,
  continue_statement: lowerLeave,
  statement_block: lowerBlock,
  labeled_statement: lowerInner,
  import_statement: lowerImport,
  export_statement: lowerExport,
  interface_declaration: lowerInterface,
  type_alias_declaration: lowerAlias,
  enum_declaration: lowerEnum,
  internal_module: lowerNamespace,
  module: lowerNamespace,
  import_alias: lowerImportAlias,
  ambient_declaration: lowerAmbient,
  // Signatures without a body, and what says nothing.
  function_signature: lowerNothing,
  empty_statement: lowerNothing,
  debugger_statement: lowerNothing,
  hash_bang_line: lowerNothing,
  html_comment: lowerNothing,
};

function lowerStatement(c: Lowering, node: Syntax): Statement[] {
  const lower = LOWER[node.kind];
  if (lower) return lower(c, node);
  // What the grammar could not read may hold whole statements.
  if (node.kind === 'ERROR' || node.kind === 'with_statement')
    return namedOf(node).flatMap((one) => lowerStatement(c, one));
  return lowerEffect(c, node);
}

function isHoisted(node: Syntax): boolean {
  const declared = node.kind === 'export_statement' ? childOf(node, 'declaration') : node;
  return /^(?:generator_)?function_declaration$/.test(declared?.kind ?? '');
}

export function lowerStatements(c: Lowering, nodes: readonly Syntax[]): Statement[] {
  const said = nodes.filter(({ named, kind }) => named && kind !== 'comment');
  const first: Statement[] = [];
  const rest: Statement[] = [];
  for (const node of said) if (isHoisted(node)) first.push(...lowerStatement(c, node));
  for (const node of said) if (!isHoisted(node)) rest.push(...lowerStatement(c, node));
  return [...first, ...rest];
}
