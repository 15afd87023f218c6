import type { Expression, Span, Statement, Target, Type } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { bare, type Lowering, makeName, textOf } from './lowering.ts';
import { keyText, lowerKey } from './objects.ts';

/** What an assignment sets where it takes nothing apart; null for a pattern. */
export function lowerTarget(c: Lowering, given: Syntax): Target | null {
  const node = bare(given);
  if (isPattern(node)) return null;
  if (node.kind === 'shorthand_property_identifier_pattern' || node.kind === 'identifier')
    return {
      kind: 'name',
      name: c.commonJs && textOf(c, node) === 'exports' ? '$exports' : textOf(c, node),
      span: spanOf(node),
    };
  const value = c.expression(node.kind === 'as_expression' ? (namedOf(node)[0] ?? node) : node);
  if (value.kind === 'name' || value.kind === 'field' || value.kind === 'index') return value;
  // A broken program may assign to anything: what it assigns to is kept, and nothing is set.
  return { kind: 'index', of: value, by: { kind: 'value', value: null, span: value.span }, span: value.span };
}

export function isPattern(node: Syntax): boolean {
  return node.kind === 'object_pattern' || node.kind === 'array_pattern';
}

interface Given {
  declares: boolean;
  /** Told of each name that is set. */
  onName?: (name: string) => void;
}

/** Reading it again costs nothing and changes nothing. */
function isShort(value: Expression, left = 3): boolean {
  if (value.kind === 'name') return true;
  return value.kind === 'field' && left > 0 && isShort(value.of, left - 1);
}

/** The assignments that `pattern = value` is. */
export function takeApart(
  c: Lowering,
  pattern: Syntax,
  value: Expression,
  given: Given,
  type: Type | null = null,
): Statement[] {
  const span = spanOf(pattern);
  if (pattern.kind === 'assignment_pattern' || pattern.kind === 'object_assignment_pattern') {
    const [left, right] = [childOf(pattern, 'left'), childOf(pattern, 'right')];
    if (!left || !right) return [];
    const no = !isPattern(left) ? c.named(right, textOf(c, left), spanOf(left)) : c.expression(right);
    return takeApart(c, left, { kind: 'choice', test: null, yes: value, no, span }, given);
  }
  if (!isPattern(pattern)) {
    const target = lowerTarget(c, pattern);
    if (!target) return [];
    if (target.kind === 'name') given.onName?.(target.name);
    return [
      { kind: 'set', target, value, declares: given.declares && target.kind === 'name', append: false, type, span },
    ];
  }
  if (isShort(value)) return partsOf(c, pattern, value, given);
  const made = madeName(c, value.span);
  return [
    { kind: 'set', target: made, value, declares: true, append: false, type, span: value.span },
    ...partsOf(c, pattern, made, given),
  ];
}

export function madeName(c: Lowering, span: Span): Extract<Expression, { kind: 'name' }> {
  return { kind: 'name', name: makeName(c), span };
}

function partsOf(c: Lowering, pattern: Syntax, of: Expression, given: Given): Statement[] {
  return pattern.kind === 'object_pattern' ? fieldsOf(c, pattern, of, given) : itemsOf(c, pattern, of, given);
}

function fieldsOf(c: Lowering, pattern: Syntax, of: Expression, given: Given): Statement[] {
  return namedOf(pattern).flatMap((part) => {
    const span = spanOf(part);
    if (part.kind === 'shorthand_property_identifier_pattern')
      return takeApart(c, part, { kind: 'field', of, name: textOf(c, part), span }, given);
    if (part.kind === 'object_assignment_pattern') {
      const left = childOf(part, 'left');
      return left ? takeApart(c, part, { kind: 'field', of, name: textOf(c, left), span: spanOf(left) }, given) : [];
    }
    if (part.kind === 'rest_pattern') return namedOf(part).flatMap((rest) => takeApart(c, rest, of, given));
    const key = childOf(part, 'key');
    const inner = childOf(part, 'value');
    if (!key || !inner) return [];
    const name = keyText(c, key);
    const value: Expression =
      name === null ? { kind: 'index', of, by: lowerKey(c, key), span } : { kind: 'field', of, name, span };
    return takeApart(c, inner, value, given);
  });
}

function itemsOf(c: Lowering, pattern: Syntax, of: Expression, given: Given): Statement[] {
  let at = 0;
  return pattern.children.flatMap((part) => {
    if (part.kind === ',') at++;
    if (!part.named || part.kind === 'comment') return [];
    const span = spanOf(part);
    const by: Expression = { kind: 'value', value: at, span };
    if (part.kind === 'rest_pattern')
      return namedOf(part).flatMap((rest) => takeApart(c, rest, { kind: 'slice', of, parts: [by], span }, given));
    return takeApart(c, part, { kind: 'index', of, by, span }, given);
  });
}
