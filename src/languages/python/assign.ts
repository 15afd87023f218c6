import type { Expression, Span, Statement, Target } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { itemAt, lowerName, nameAt } from './names.ts';
import { firstPart, makeName, partsOf, type Scope, textOf } from './scope.ts';
import { lowerAnnotation } from './types.ts';

/** `a = b = value`, `a: int = value`, `a: int`. */
export function lowerAssignment(node: Syntax, scope: Scope): Statement[] {
  const targets: Syntax[] = [];
  let at: Syntax | null = node;
  while (at?.kind === 'assignment') {
    const left = childOf(at, 'left');
    if (left) targets.push(left);
    const right: Syntax | null = childOf(at, 'right');
    if (!right) break;
    at = right;
  }
  const type = childOf(node, 'type');
  // A name that is declared without a value has one at some time.
  const value: Expression =
    at && at.kind !== 'assignment'
      ? scope.file.expression(at, scope)
      : { kind: 'other', parts: [], span: spanOf(node) };
  const typed = type ? lowerAnnotation(type, scope).type : null;
  return assignAll(targets, value, scope, spanOf(node)).map((one) =>
    typed && one.kind === 'set' ? { ...one, type: typed } : one,
  );
}

/** The value is evaluated once, whatever is set of it. */
function assignAll(targets: readonly Syntax[], value: Expression, scope: Scope, span: Span): Statement[] {
  const [first, ...rest] = targets;
  if (!first) return [{ kind: 'do', value, when: 'now', span }];
  if (rest.length === 0) return assignTo(first, value, scope, span);
  const ready = isRepeatable(value) ? value : nameAt(makeName(scope), value.span);
  const before = ready === value || ready.kind !== 'name' ? [] : [setMade(ready.name, value, span)];
  return [...before, ...targets.flatMap((target) => assignTo(target, ready, scope, span))];
}

function isRepeatable({ kind }: Expression): boolean {
  return kind === 'name' || kind === 'text' || kind === 'value';
}

function setMade(name: string, value: Expression, span: Span): Statement {
  return {
    kind: 'set',
    target: { kind: 'name', name, span: value.span },
    value,
    declares: true,
    append: false,
    type: null,
    span,
  };
}

const PATTERNS = new Set(['pattern_list', 'tuple_pattern', 'list_pattern', 'tuple', 'list', 'expression_list']);

export function isPattern(node: Syntax): boolean {
  return PATTERNS.has(node.kind);
}

/** Sets a name, field or item, or each part of a pattern. */
export function assignTo(node: Syntax, value: Expression, scope: Scope, span: Span = spanOf(node)): Statement[] {
  if (!isPattern(node)) {
    return [{ kind: 'set', target: lowerTarget(node, scope), value, declares: false, append: false, type: null, span }];
  }
  if (value.kind === 'name' && !partsOf(node).some((part) => textOf(part, scope) === value.name))
    return takeApart(node, value, scope);
  const name = makeName(scope);
  return [setMade(name, value, span), ...takeApart(node, nameAt(name, value.span), scope)];
}

/** `a, (b, *c), d = value` */
function takeApart(pattern: Syntax, value: Expression, scope: Scope): Statement[] {
  const parts = partsOf(pattern);
  const star = parts.findIndex(isStarred);
  return parts.flatMap((part, index) => assignTo(inner(part), partOf(parts, index, star, value), scope));
}

/**
 * What the part of a pattern at this place gets; after a starred one it is counted from the end.
 *
 * @param star the place of the starred one, or -1
 */
export function partOf(parts: readonly Syntax[], index: number, star: number, value: Expression): Expression {
  const part = parts[index];
  const span: Span = part ? spanOf(part) : value.span;
  if (index === star) {
    const ends = [index, index + 1 - parts.length].filter((end, at) => at === 0 || end < 0);
    return {
      kind: 'slice',
      of: value,
      parts: ends.map((end): Expression => ({ kind: 'value', value: end, span })),
      ends: ends.map((_, at) => (at === 0 ? 'from' : 'to')),
      span,
    };
  }
  return itemAt(value, star >= 0 && index > star ? index - parts.length : index, span);
}

export function isStarred({ kind }: Syntax): boolean {
  return kind === 'list_splat_pattern' || kind === 'list_splat' || kind === 'splat_pattern';
}

export function inner(part: Syntax): Syntax {
  if (!isStarred(part) && part.kind !== 'parenthesized_expression') return part;
  return firstPart(part) ?? part;
}

/** A pattern stands in no target: see `assignTo`. */
export function lowerTarget(node: Syntax, scope: Scope): Target {
  const of = node.kind === 'identifier' ? lowerName(node, scope) : scope.file.expression(inner(node), scope);
  if (of.kind === 'name' || of.kind === 'field' || of.kind === 'index') return of;
  // `x[1:3] = y` puts something into x.
  if (of.kind === 'slice')
    return { kind: 'index', of: of.of, by: { kind: 'other', parts: of.parts, span: of.span }, span: of.span };
  return { kind: 'index', of, by: { kind: 'other', parts: [], span: of.span }, span: of.span };
}

/** A loop's target, and what its body begins with. */
export function lowerLoopTarget(node: Syntax, scope: Scope): { target: Target; first: Statement[] } {
  if (!isPattern(node)) return { target: lowerTarget(node, scope), first: [] };
  const name = makeName(scope);
  return {
    target: { kind: 'name', name, span: spanOf(node) },
    first: takeApart(node, nameAt(name, spanOf(node)), scope),
  };
}

/** `a += b`, and the other operators, which set what they give. */
export function lowerAugmented(node: Syntax, scope: Scope): Statement[] {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (!left || !right) return [];
  const operator = (childOf(node, 'operator')?.kind ?? '+=').slice(0, -1);
  const target = lowerTarget(left, scope);
  const value = scope.file.expression(right, scope);
  const span = spanOf(node);
  if (operator === '+') return [{ kind: 'set', target, value, declares: false, append: true, type: null, span }];
  const changed: Expression =
    operator === '%' && value.kind !== 'value'
      ? { kind: 'format', template: target, values: [{ name: null, value }], span }
      : { kind: 'binary', operator, left: target, right: value, span };
  return [{ kind: 'set', target, value: changed, declares: false, append: false, type: null, span }];
}

/** `(name := value)` */
export function lowerWalrus(node: Syntax, scope: Scope): Expression {
  const [name, value] = [childOf(node, 'name'), childOf(node, 'value')];
  if (!name || !value) return { kind: 'other', parts: [], span: spanOf(node) };
  return {
    kind: 'set',
    target: lowerTarget(name, scope),
    value: scope.file.expression(value, scope),
    append: false,
    span: spanOf(node),
  };
}
