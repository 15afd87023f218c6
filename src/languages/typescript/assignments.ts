import type { Expression, Span, Statement, Target } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { bare, type Lowering, textOf } from './lowering.ts';
import { isPattern, lowerTarget, takeApart } from './patterns.ts';

/** One assignment as data: a statement or an expression is made of it. */
interface Assignment {
  target: Target;
  value: Expression;
  append: boolean;
}

/** The first file of a package that sets `module.exports` gives it to others. */
function noteExports(c: Lowering, target: Target): void {
  const isExports = (one: Target | Expression): boolean => one.kind === 'name' && one.name === '$exports';
  if (!isExports(target) && !(target.kind === 'field' && isExports(target.of))) return;
  if (!c.exports.some(({ name }) => name === '=')) c.exports.push({ name: '=', local: '$exports', module: null });
}

function lowerCompound(c: Lowering, node: Syntax, left: Syntax, right: Syntax, target: Target): Assignment {
  const written = textOf(c, childOf(node, 'operator') ?? node);
  const span = spanOf(node);
  if (written === '+=') return { target, value: c.expression(right), append: true };
  const operator = written.slice(0, -1);
  if (operator === '||' || operator === '??')
    return { target, value: { kind: 'choice', test: null, yes: target, no: c.expression(right), span }, append: false };
  if (operator === '&&')
    return {
      target,
      value: { kind: 'choice', test: c.test(left), yes: c.expression(right), no: target, span },
      append: false,
    };
  return { target, value: { kind: 'binary', operator, left: target, right: c.expression(right), span }, append: false };
}

function lowerAssignment(c: Lowering, node: Syntax): Assignment | null {
  if (node.kind === 'update_expression') {
    const argument = childOf(node, 'argument');
    const target = argument ? lowerTarget(c, argument) : null;
    if (!target) return null;
    const span = spanOf(node);
    const operator = textOf(c, childOf(node, 'operator') ?? node).startsWith('+') ? '+' : '-';
    return {
      target,
      value: { kind: 'binary', operator, left: target, right: { kind: 'value', value: 1, span }, span },
      append: false,
    };
  }
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const target = left ? lowerTarget(c, left) : null;
  if (!left || !right || !target) return null;
  if (node.kind === 'augmented_assignment_expression') return lowerCompound(c, node, left, right, target);
  return lowerChain(c, target, right);
}

/** `a = b = c`, walked by a loop: old scripts have long ones. */
function lowerChain(c: Lowering, first: Target, given: Syntax): Assignment {
  const inner: { target: Target; span: Span }[] = [];
  noteExports(c, first);
  let last = first;
  let right = bare(given);
  while (right.kind === 'assignment_expression') {
    const left = childOf(right, 'left');
    const next = childOf(right, 'right');
    const target = left && next && lowerTarget(c, left);
    if (!target) break;
    noteExports(c, target);
    inner.push({ target, span: spanOf(right) });
    last = target;
    right = bare(next);
  }
  const value = inner.reduceRight<Expression>(
    (value, { target, span }) => ({ kind: 'set', target, value, append: false, span }),
    c.named(right, last.kind === 'index' ? '' : last.name, last.span),
  );
  return { target: first, value, append: false };
}

function lowerPatternAssignment(c: Lowering, node: Syntax): Statement[] | null {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right || !isPattern(bare(left))) return null;
  return takeApart(c, bare(left), c.expression(right), { declares: false });
}

export function isAssignment(node: Syntax): boolean {
  return /^(?:(?:augmented_)?assignment|update)_expression$/.test(node.kind);
}

export function lowerAssignmentStatement(c: Lowering, node: Syntax): Statement[] {
  const span = spanOf(node);
  const parts = lowerPatternAssignment(c, node);
  if (parts) return parts;
  const one = lowerAssignment(c, node);
  if (one) return [{ kind: 'set', ...one, declares: false, type: null, span }];
  const value: Expression = { kind: 'other', parts: namedOf(node).map((child) => c.expression(child)), span };
  return [{ kind: 'do', value, when: 'now', span }];
}

export function lowerAssignmentValue(c: Lowering, node: Syntax): Expression {
  const span = spanOf(node);
  const parts = lowerPatternAssignment(c, node);
  if (parts)
    return {
      kind: 'other',
      parts: parts.flatMap((one) =>
        one.kind === 'set'
          ? [{ kind: 'set' as const, target: one.target, value: one.value, append: one.append, span: one.span }]
          : [],
      ),
      span,
    };
  const one = lowerAssignment(c, node);
  if (one) return { kind: 'set', ...one, span };
  return { kind: 'other', parts: namedOf(node).map((child) => c.expression(child)), span };
}
