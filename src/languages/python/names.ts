import type { Expression, Span } from '../form.ts';
import { spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type Scope, textOf } from './scope.ts';

export function lowerName(node: Syntax, scope: Scope): Expression {
  const name = textOf(node, scope);
  return scope.renames.get(name)?.(spanOf(node)) ?? { kind: 'name', name, span: spanOf(node) };
}

export function nameAt(name: string, span: Span): Expression {
  return { kind: 'name', name, span };
}

export function itemAt(of: Expression, index: number, span: Span): Expression {
  return { kind: 'index', of, by: { kind: 'value', value: index, span }, span };
}

/** What a name means, by the imports that stand before it: `dt.date` is `datetime.date` after `import datetime as dt`. */
export function resolveName(written: string, scope: Scope): string {
  const dot = written.indexOf('.');
  const first = dot < 0 ? written : written.slice(0, dot);
  const rest = dot < 0 ? '' : written.slice(dot);
  const found = scope.file.fullNames.get(first);
  return found === undefined ? written : `${found}${rest}`;
}
