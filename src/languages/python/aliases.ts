import type { Statement } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import type { Annotation } from './annotation.ts';
import { shortTypeName } from './known-types.ts';
import { resolveName } from './names.ts';
import { firstPart, partsOf, type Scope, textOf } from './scope.ts';
import { lowerAnnotation } from './types.ts';

/** `type Name = T` */
export function lowerTypeAlias(node: Syntax, scope: Scope): Statement[] {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  const annotation = right && lowerAnnotation(right, scope);
  const name = left && (firstPart(left)?.kind === 'generic_type' ? firstPart(firstPart(left) ?? left) : left);
  if (annotation && name) record(node, textOf(name, scope), annotation, scope);
  return [];
}

const FORMS = new Set([
  'Annotated',
  'Union',
  'Optional',
  'Literal',
  'List',
  'Dict',
  'Set',
  'Tuple',
  'Sequence',
  'Mapping',
  'Callable',
]);

/** `Name = Literal["a", "b"]`, `Name: TypeAlias = T`, `Name = NewType("Name", T)`: it is a value as well, and stays one. */
export function recordAlias(node: Syntax, left: Syntax, scope: Scope): void {
  const right = childOf(node, 'right');
  const written = right && writtenType(right, childOf(node, 'type'), scope);
  if (!written) return;
  record(node, textOf(left, scope), lowerAnnotation(written, scope), scope);
}

function record(node: Syntax, name: string, annotation: Annotation, scope: Scope): void {
  const { type, decorators } = annotation;
  const isMore = decorators.length > 0;
  if (isMore) scope.file.annotated.set(name, annotation);
  if (type)
    scope.file.types.push({
      name,
      type,
      extends: [],
      methods: [],
      ...(isMore && { decorators }),
      span: spanOf(node),
    });
}

function writtenType(right: Syntax, type: Syntax | null, scope: Scope): Syntax | null {
  if (type && shortTypeName(resolveName(textOf(type, scope), scope)) === 'TypeAlias') return right;
  const head =
    right.kind === 'subscript' ? childOf(right, 'value') : right.kind === 'call' ? childOf(right, 'function') : null;
  if (!head) return null;
  const name = shortTypeName(resolveName(textOf(head, scope), scope));
  if (right.kind === 'subscript') return FORMS.has(name) ? right : null;
  const given = name === 'NewType' ? childOf(right, 'arguments') : null;
  return (given && partsOf(given)[1]) ?? null;
}
