import type { Expression, Span, Statement, Target, Type } from '../form.ts';

export function nameNode(name: string, span: Span): Expression {
  return { kind: 'name', name, span };
}

export function valueNode(value: number | boolean | null, span: Span): Expression {
  return { kind: 'value', value, span };
}

/** `of[0]`: the first of several results, the key of a pair. */
export function partOf(of: string, index: number, span: Span): Expression {
  return { kind: 'index', of: nameNode(of, span), by: valueNode(index, span), span };
}

export function binaryNode(left: Expression, operator: string, right: Expression, span: Span): Expression {
  return { kind: 'binary', operator, left, right, span };
}

export function setNode(
  target: Target,
  value: Expression,
  span: Span,
  how: { declares: boolean; append?: boolean; type?: Type | null },
): Statement {
  return {
    kind: 'set',
    target,
    value,
    declares: how.declares && target.kind === 'name',
    append: how.append ?? false,
    type: how.type ?? null,
    span,
  };
}

export function declareNode(name: string, value: Expression, span: Span): Statement {
  return setNode({ kind: 'name', name, span }, value, span, { declares: true });
}

export function doNode(value: Expression, span: Span): Statement {
  return { kind: 'do', value, when: 'now', span };
}

export function blockNode(body: readonly Statement[], span: Span): Statement {
  return { kind: 'block', body, holds: null, span };
}
