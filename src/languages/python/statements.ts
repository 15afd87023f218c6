import type { Expression, Statement } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { lowerTypeAlias } from './aliases.ts';
import { lowerAugmented } from './assign.ts';
import { lowerClass } from './classes.ts';
import { lowerFor, lowerIf, lowerTry, lowerWhile, lowerWith } from './compound.ts';
import { lowerFieldOrAssignment } from './declarations.ts';
import { decoratorsOf, lowerFunction } from './functions.ts';
import { lowerImport, lowerImportFrom } from './imports.ts';
import { lowerMatch } from './match.ts';
import { firstPart, isPart, partsOf, type Scope, textOf } from './scope.ts';

type Lower = (node: Syntax, scope: Scope) => Statement[];

const nothing: Lower = () => [];
const leave: Lower = (node) => [{ kind: 'leave', span: spanOf(node) }];

const STATEMENTS: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ['expression_statement', lowerExpressionStatement],
  ['return_statement', lowerReturn],
  ['raise_statement', lowerRaise],
  ['assert_statement', lowerAssert],
  ['delete_statement', lowerDelete],
  ['print_statement', lowerPrint],
  ['exec_statement', lowerPrint],
  ['break_statement', leave],
  ['continue_statement', leave],
  ['pass_statement', nothing],
  ['global_statement', lowerGlobal],
  ['nonlocal_statement', lowerGlobal],
  ['import_statement', lowerImport],
  ['import_from_statement', lowerImportFrom],
  ['future_import_statement', lowerImportFrom],
  ['if_statement', lowerIf],
  ['for_statement', lowerFor],
  ['while_statement', lowerWhile],
  ['try_statement', lowerTry],
  ['with_statement', lowerWith],
  ['match_statement', lowerMatch],
  ['function_definition', (node, scope) => lowerFunction(node, scope)],
  ['class_definition', (node, scope) => lowerClass(node, scope)],
  ['decorated_definition', lowerDecorated],
  ['type_alias_statement', lowerTypeAlias],
  ['block', lowerStatements],
  // What could not be read is lowered as far as its parts can.
  ['ERROR', lowerStatements],
]);

/** Each statement of a block or a file. */
export function lowerStatements(block: Syntax, scope: Scope): Statement[] {
  const result: Statement[] = [];
  for (const child of block.children) if (isPart(child)) result.push(...lowerStatement(child, scope));
  return result;
}

function lowerStatement(node: Syntax, scope: Scope): Statement[] {
  const lower = STATEMENTS.get(node.kind);
  return lower ? lower(node, scope) : doIt(scope.file.expression(node, scope), node);
}

function doIt(value: Expression, node: Syntax): Statement[] {
  // `...` stands where nothing is to be done.
  if (value.kind === 'other' && value.parts.length === 0) return [];
  return [{ kind: 'do', value, when: 'now', span: spanOf(node) }];
}

function lowerExpressionStatement(node: Syntax, scope: Scope): Statement[] {
  const [first, ...rest] = partsOf(node);
  if (!first) return [];
  if (first.kind === 'assignment') return lowerFieldOrAssignment(first, scope);
  if (first.kind === 'augmented_assignment') return lowerAugmented(first, scope);
  return [first, ...rest].flatMap((one) => doIt(scope.file.expression(one, scope), one));
}

/** `global last`, `nonlocal count` */
function lowerGlobal(node: Syntax, scope: Scope): Statement[] {
  const names = partsOf(node).map((part) => textOf(part, scope));
  const { outer } = scope.file;
  outer.set(scope.function, [...(outer.get(scope.function) ?? []), ...names]);
  return [];
}

function lowerReturn(node: Syntax, scope: Scope): Statement[] {
  const value = firstPart(node);
  return [{ kind: 'return', value: value && scope.file.expression(value, scope), span: spanOf(node) }];
}

/** `raise X from Y` */
function lowerRaise(node: Syntax, scope: Scope): Statement[] {
  const cause = childOf(node, 'cause');
  const thrown = node.children.find((child) => isPart(child) && child !== cause);
  const value = thrown ? scope.file.expression(thrown, scope) : null;
  const before = cause && cause.kind !== 'none' ? doIt(scope.file.expression(cause, scope), cause) : [];
  return [...before, { kind: 'throw', value, span: spanOf(node) }];
}

/** A guard: what follows runs only where it holds. */
function lowerAssert(node: Syntax, scope: Scope): Statement[] {
  const [condition, message] = partsOf(node);
  if (!condition) return [];
  const span = spanOf(node);
  const of = scope.file.test(condition, scope);
  const value = message ? scope.file.expression(message, scope) : null;
  const test: Expression = { kind: 'unary', operator: '!', of, span: of.span };
  return [{ kind: 'if', test, yes: [{ kind: 'throw', value, span }], no: [], span }];
}

function lowerDelete(node: Syntax, scope: Scope): Statement[] {
  return doIt(
    { kind: 'other', parts: partsOf(node).map((one) => scope.file.expression(one, scope)), span: spanOf(node) },
    node,
  );
}

/** `print x` and `exec x` of Python 2 are calls. */
function lowerPrint(node: Syntax, scope: Scope): Statement[] {
  const word = node.children[0];
  const name = node.kind === 'print_statement' ? 'print' : 'exec';
  const parts = partsOf(node).flatMap((one) => (one.kind === 'chevron' ? partsOf(one) : [one]));
  const given = parts.map((one) => ({ name: null, value: scope.file.expression(one, scope) }));
  const of: Expression = { kind: 'name', name, span: spanOf(word ?? node) };
  return doIt({ kind: 'call', of, arguments: given, made: false, span: spanOf(node) }, node);
}

function lowerDecorated(node: Syntax, scope: Scope): Statement[] {
  const definition = childOf(node, 'definition');
  const decorators = decoratorsOf(node, scope);
  if (definition?.kind === 'function_definition') return lowerFunction(definition, scope, decorators, node);
  if (definition?.kind === 'class_definition') return lowerClass(definition, scope, decorators, node);
  return decorators.flatMap((value) => doIt(value, node));
}
