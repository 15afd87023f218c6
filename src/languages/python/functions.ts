import { emptyFunction } from '../empty-function.ts';
import type { Expression, FunctionForm, Statement } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { nameAt, resolveName } from './names.ts';
import { firstParameterName, lowerParameters } from './parameters.ts';
import { firstPart, type Scope, textOf } from './scope.ts';
import { lowerType } from './types.ts';

/** `def`; in a class it becomes one of its methods, and no statement. */
export function lowerFunction(
  node: Syntax,
  scope: Scope,
  decorators: readonly Expression[] = [],
  whole = node,
): Statement[] {
  const nameNode = childOf(node, 'name');
  const name = nameNode ? textOf(nameNode, scope) : '';
  const role = decideRole(name, decorators, scope);
  const given = childOf(node, 'parameters');
  const self = scope.class && !decorators.some(isStatic) ? firstParameterName(given, scope) : null;
  const id = reserve(scope);
  const own = openScope(scope, id, given, self);
  const { list, first } = lowerParameters(given, scope, own);
  const returns = childOf(node, 'return_type');
  const body = childOf(node, 'body');
  const statements = body ? scope.file.statements(body, own) : [];
  const sets = scope.file.outer.get(id);
  scope.file.functions[id] = {
    id,
    name,
    span: spanOf(whole),
    at: spanOf(nameNode ?? node),
    parameters: self === null ? list : list.slice(1),
    body: [...first, ...statements],
    owner: scope.class?.id ?? null,
    receiver: null,
    parent: scope.function,
    decorators,
    returns: returns && lowerType(returns, scope),
    role,
    async: node.children[0]?.kind === 'async',
    public: isPublic(name, scope),
    ...(sets && { sets }),
  };
  if (scope.class) {
    scope.class.methods.push(id);
    return [];
  }
  const span = spanOf(whole);
  const target = { kind: 'name', name, span: spanOf(nameNode ?? node) } as const;
  return [
    {
      kind: 'set',
      target,
      value: { kind: 'function', id, span },
      declares: scope.direct,
      append: false,
      type: null,
      span,
    },
  ];
}

export function lowerLambda(node: Syntax, scope: Scope): Expression {
  const id = reserve(scope);
  const given = childOf(node, 'parameters');
  const own = openScope(scope, id, given, null);
  const { list, first } = lowerParameters(given, scope, own);
  const body = childOf(node, 'body');
  const value = body && scope.file.expression(body, own);
  scope.file.functions[id] = {
    ...emptyFunction(id, scope.function),
    span: spanOf(node),
    at: spanOf(node.children[0] ?? node),
    parameters: list,
    body: [...first, { kind: 'return', value, span: value?.span ?? spanOf(node) }],
  };
  return { kind: 'function', id, span: spanOf(node) };
}

/** Its index comes before those of the functions in it. */
function reserve(scope: Scope): number {
  const id = scope.file.functions.length;
  scope.file.functions.push(emptyFunction(id, scope.function));
  return id;
}

function openScope(scope: Scope, id: number, given: Syntax | null, self: string | null): Scope {
  const renames = new Map(scope.renames);
  if (renames.size > 0) for (const name of namesOf(given, scope)) renames.delete(name);
  if (self !== null) renames.set(self, (span) => nameAt('this', span));
  // Parts of a comprehension's item may be used here by the made-up name that they have around it.
  const next = scope.renames.size > 0 ? scope.made.next : 0;
  return { file: scope.file, function: id, class: null, direct: true, renames, made: { next } };
}

/** All names among the parameters; too many is no harm. */
function namesOf(node: Syntax | null, scope: Scope): string[] {
  if (node === null || node.field === 'value' || node.field === 'type') return [];
  if (node.kind === 'identifier') return [textOf(node, scope)];
  return node.children.flatMap((child) => namesOf(child, scope));
}

const GETTERS = /(?:^|\.)(?:property|cached_property|hybrid_property|abstractproperty|getter)$/;

function decideRole(name: string, decorators: readonly Expression[], scope: Scope): FunctionForm['role'] {
  if (scope.class === null) return 'function';
  if (name === '__init__') return 'constructor';
  const names = decorators.map((one) => resolveName(decoratorName(one), scope));
  // In a method of the class the name `this` is the class itself.
  if (names.some((one) => one === 'staticmethod' || one === 'classmethod')) return 'static';
  return names.some((one) => GETTERS.test(one)) ? 'getter' : 'method';
}

function isStatic(decorator: Expression): boolean {
  return decoratorName(decorator) === 'staticmethod';
}

function decoratorName(one: Expression): string {
  if (one.kind === 'call') return decoratorName(one.of);
  if (one.kind === 'name') return one.name;
  return one.kind === 'field' ? `${decoratorName(one.of)}.${one.name}` : '';
}

/** Names like `__call__` belong to the language, and anybody may use them. */
function isPublic(name: string, scope: Scope): boolean {
  return scope.function === 0 && (!name.startsWith('_') || /^__\w+__$/.test(name));
}

/** Decorated functions and classes begin with their decorators. */
export function decoratorsOf(node: Syntax, scope: Scope): Expression[] {
  const decorators: Expression[] = [];
  for (const child of node.children) {
    const value = child.kind === 'decorator' ? firstPart(child) : null;
    if (value) decorators.push(scope.file.expression(value, scope));
  }
  return decorators;
}
