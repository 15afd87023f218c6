import type { Expression, Statement } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { recordAlias } from './aliases.ts';
import { lowerAssignment } from './assign.ts';
import { type ClassDraft, type Scope, textOf } from './scope.ts';
import { lowerAnnotation } from './types.ts';

/** In a class body the assignment of a name declares a field; at the top of a file it may give a type another name. */
export function lowerFieldOrAssignment(node: Syntax, scope: Scope): Statement[] {
  const left = childOf(node, 'left');
  if (scope.class && left?.kind === 'identifier') return lowerField(node, left, scope, scope.class);
  if (scope.function === 0 && scope.direct && left?.kind === 'identifier') recordAlias(node, left, scope);
  return lowerAssignment(node, scope);
}

/** `a: int = 1`, `a = b = 1` */
function lowerField(node: Syntax, left: Syntax, scope: Scope, draft: ClassDraft): Statement[] {
  const [type, right] = [childOf(node, 'type'), childOf(node, 'right')];
  const before = right?.kind === 'assignment' ? lowerFieldOrAssignment(right, scope) : [];
  const annotation = type ? lowerAnnotation(type, scope) : { type: null, decorators: [] };
  draft.fields.push({
    name: textOf(left, scope),
    type: annotation.type,
    value: right ? valueOf(right, scope) : null,
    // What is annotated is declared for each instance, as in a dataclass; what is only set belongs to the class.
    static: type === null || /^(?:\w+\.)?ClassVar\b/.test(textOf(type, scope)),
    decorators: annotation.decorators,
    span: spanOf(node),
  });
  return before;
}

/** Of `a = b = value` b has been set before, and a is the same. */
function valueOf(right: Syntax, scope: Scope): Expression {
  return scope.file.expression((right.kind === 'assignment' && childOf(right, 'left')) || right, scope);
}
