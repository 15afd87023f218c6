import type { Expression, Parameter, Statement, Type } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { assignTo, isPattern } from './assign.ts';
import { nameAt } from './names.ts';
import { firstPart, isPart, makeName, type Scope, textOf } from './scope.ts';
import { lowerAnnotation } from './types.ts';

export interface Parameters {
  list: Parameter[];
  /** What the body begins with: parts of a tuple that is a parameter (Python 2). */
  first: Statement[];
}

/**
 * @param around where defaults and types are evaluated
 * @param own the scope of the body
 */
export function lowerParameters(node: Syntax | null, around: Scope, own: Scope): Parameters {
  const result: Parameters = { list: [], first: [] };
  for (const child of node?.children ?? []) {
    if (!isPart(child) || child.kind.endsWith('_separator')) continue;
    const name = patternOf(child);
    if (isPattern(name)) {
      const made = makeName(own);
      result.list.push(parameter(made, child, around));
      result.first.push(...assignTo(name, nameAt(made, spanOf(name)), own));
    } else if (name.kind !== 'ERROR') result.list.push(parameter(textOf(bareName(name), around), child, around));
  }
  return result;
}

/** The name of a parameter, with its stars. */
function patternOf(node: Syntax): Syntax {
  const named = childOf(node, 'name') ?? (node.kind === 'typed_parameter' ? firstPart(node) : node);
  return named ?? node;
}

function bareName(node: Syntax): Syntax {
  return node.kind === 'identifier' ? node : (firstPart(node) ?? node);
}

export function firstParameterName(node: Syntax | null, scope: Scope): string | null {
  const first = node && firstPart(node);
  const name = first && patternOf(first);
  return name?.kind === 'identifier' ? textOf(name, scope) : null;
}

function parameter(name: string, node: Syntax, scope: Scope): Parameter {
  const { kind } = patternOf(node);
  const type = childOf(node, 'type');
  const value = childOf(node, 'value');
  const annotation: { type: Type | null; decorators: readonly Expression[] } = type
    ? lowerAnnotation(type, scope)
    : { type: null, decorators: [] };
  return {
    name,
    ...annotation,
    byDefault: value && scope.file.expression(value, scope),
    rest: kind === 'list_splat_pattern' ? 'list' : kind === 'dictionary_splat_pattern' ? 'map' : null,
    field: false,
    span: spanOf(node),
  };
}
