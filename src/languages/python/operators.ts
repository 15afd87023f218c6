import type { Argument, Expression, Span } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { firstPart, isPart, limitDepth, type Scope, textOf } from './scope.ts';

/** What decides whether something happens: `and`, `or` and `not` stay operators, so that guards can be read. */
export function lowerTest(node: Syntax, scope: Scope): Expression {
  if (node.kind === 'parenthesized_expression') {
    const inner = firstPart(node);
    return inner ? lowerTest(inner, scope) : scope.file.expression(node, scope);
  }
  if (node.kind !== 'boolean_operator') return scope.file.expression(node, scope);
  const { operator, operands } = readChain(node);
  const tests = operands.map((one) => lowerTest(one, scope));
  return chain(tests, operator === 'and' ? '&&' : '||', node);
}

/** `a or b` as a value is one of them; `a and b` is b, or an a that is nothing. */
export function lowerBoolean(node: Syntax, scope: Scope): Expression {
  const { operator, operands } = readChain(node);
  const last = operands.pop();
  if (!last) return empty(node);
  if (operator === 'or') {
    const [first, ...rest] = [...operands, last].map((one) => scope.file.expression(one, scope));
    const join = (yes: Expression, no: Expression): Expression => ({
      kind: 'choice',
      test: null,
      yes,
      no,
      span: [node.start, no.span[1]],
    });
    return first ? rest.reduce(join, first) : empty(node);
  }
  const tests = operands.map((one) => lowerTest(one, scope));
  return tests.reduceRight<Expression>(
    (yes, test) => ({ kind: 'choice', test, yes, no: asNothing(test), span: [test.span[0], node.end] }),
    scope.file.expression(last, scope),
  );
}

/** The value of `a` where it counts as false. A name can be said again; a call would run twice, and has no text of anybody then. */
function asNothing(test: Expression): Expression {
  return test.kind === 'name' || (test.kind === 'field' && test.of.kind === 'name')
    ? test
    : { kind: 'value', value: null, span: test.span };
}

/** `a and b and c` hangs to the left: read by a loop, because it may be long. */
function readChain(node: Syntax): { operator: string; operands: Syntax[] } {
  const operator = operatorOf(node);
  const operands: Syntax[] = [];
  let at: Syntax | null = node;
  while (at?.kind === 'boolean_operator' && operatorOf(at) === operator) {
    const right = childOf(at, 'right');
    if (right) operands.push(right);
    at = childOf(at, 'left');
  }
  if (at) operands.push(at);
  return { operator, operands: operands.reverse() };
}

/** Binaries that hang to the left. */
function chain(parts: readonly Expression[], operator: string, node: Syntax): Expression {
  const [first, ...rest] = parts;
  const join = (left: Expression, right: Expression): Expression => ({
    kind: 'binary',
    operator,
    left,
    right,
    span: [left.span[0], right.span[1]],
  });
  return first ? rest.reduce(join, first) : empty(node);
}

function empty(node: Syntax): Expression {
  return { kind: 'other', parts: [], span: spanOf(node) };
}

export function lowerNot(node: Syntax, scope: Scope): Expression {
  const of = childOf(node, 'argument');
  return { kind: 'unary', operator: '!', of: of ? lowerTest(of, scope) : empty(node), span: spanOf(node) };
}

export function lowerUnary(node: Syntax, scope: Scope): Expression {
  const argument = childOf(node, 'argument');
  const operator = childOf(node, 'operator')?.kind ?? '-';
  const of = argument ? scope.file.expression(argument, scope) : empty(node);
  if (operator === '-' && of.kind === 'value' && typeof of.value === 'number')
    return { ...of, value: -of.value, span: spanOf(node) };
  return { kind: 'unary', operator, of, span: spanOf(node) };
}

/** `a < b <= c` is `a < b and b <= c`. */
export function lowerComparison(node: Syntax, scope: Scope): Expression {
  const sides = node.children.filter((child) => child.field !== 'operators' && isPart(child));
  const operators = node.children.filter((child) => child.field === 'operators');
  const values = sides.map((side) => scope.file.expression(side, scope));
  const pairs: Expression[] = [];
  for (const [index, operator] of operators.entries()) {
    const [left, right] = [values[index], values[index + 1]];
    if (!left || !right) break;
    const written = textOf(operator, scope).replace(/\s+/g, ' ');
    const span: Span = [left.span[0], right.span[1]];
    pairs.push({ kind: 'binary', operator: written === '<>' ? '!=' : written, left, right, span });
  }
  limitDepth(pairs.length);
  return pairs.length > 0 ? chain(pairs, '&&', node) : { kind: 'other', parts: values, span: spanOf(node) };
}

export function lowerBinary(node: Syntax, scope: Scope): Expression {
  const operator = operatorOf(node);
  if (operator === '+') return lowerSum(node, scope);
  const [left, right] = sidesOf(node, scope);
  if (operator === '%') return lowerFormat(left, right, node);
  if (operator === '|' && (left.kind === 'map' || right.kind === 'map')) {
    return {
      kind: 'map',
      entries: [left, right].map((value) => ({ key: null, value })),
      type: null,
      span: spanOf(node),
    };
  }
  return { kind: 'binary', operator, left, right, span: spanOf(node) };
}

function operatorOf(node: Syntax): string {
  return childOf(node, 'operator')?.kind ?? '';
}

function sidesOf(node: Syntax, scope: Scope): [Expression, Expression] {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  return [
    left ? scope.file.expression(left, scope) : empty(node),
    right ? scope.file.expression(right, scope) : empty(node),
  ];
}

/** `a + b + c`: one text of three, or one list. */
function lowerSum(node: Syntax, scope: Scope): Expression {
  const parts: Expression[] = [];
  let at: Syntax | null = node;
  while (at?.kind === 'binary_operator' && operatorOf(at) === '+') {
    const right = childOf(at, 'right');
    if (right) parts.push(scope.file.expression(right, scope));
    at = childOf(at, 'left');
  }
  if (at) parts.push(scope.file.expression(at, scope));
  parts.reverse();
  return joinSum(parts, node);
}

/** What `+` makes of these. */
function joinSum(parts: readonly Expression[], node: Syntax): Expression {
  if (parts.some(isList)) {
    const items = parts.flatMap((part): readonly Expression[] =>
      part.kind === 'list' ? part.items : [{ kind: 'spread', of: part, span: part.span }],
    );
    return { kind: 'list', items, span: spanOf(node) };
  }
  const isCount = parts.some(isNumber) && !parts.some(isText);
  return isCount ? chain(parts, '+', node) : { kind: 'concat', parts, span: spanOf(node) };
}

/** `'-' * 3` is a text as well. */
function isText(one: Expression): boolean {
  if (one.kind === 'binary' && one.operator === '*') return isText(one.left) || isText(one.right);
  return one.kind === 'text' || one.kind === 'concat' || one.kind === 'format';
}

function isList({ kind }: Expression): boolean {
  return kind === 'list' || kind === 'each';
}

function isNumber(one: Expression): boolean {
  return one.kind === 'value' || (one.kind === 'binary' && '-*/%'.includes(one.operator));
}

/** `template % values`; with a number on one side it is arithmetic. */
function lowerFormat(template: Expression, values: Expression, node: Syntax): Expression {
  const span = spanOf(node);
  if (!isText(template) && (isNumber(values) || isNumber(template)))
    return { kind: 'binary', operator: '%', left: template, right: values, span };
  return { kind: 'format', template, values: formatValues(values, childOf(node, 'right')?.kind === 'list'), span };
}

/** Only a tuple is taken apart: a list is one value. */
function formatValues(values: Expression, isList: boolean): Argument[] {
  if (values.kind === 'list' && !isList) return values.items.map((value) => ({ name: null, value }));
  if (values.kind !== 'map') return [{ name: null, value: values }];
  return values.entries.map(({ key, value }) => {
    if (key === null) return { name: '**', value: { kind: 'spread', of: value, span: value.span } };
    return { name: key.kind === 'text' ? key.value : null, value };
  });
}
