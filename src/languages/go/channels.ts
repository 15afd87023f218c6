import type { Statement } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { asTarget } from './assignments.ts';
import { lowerCases, statementsOf } from './branches.ts';
import { isStill } from './comma-ok.ts';
import { doNode, setNode } from './nodes.ts';
import type { Scope } from './scope.ts';

/** `select`: one of its cases runs. What is received or sent is the first statement of the body. */
export function lowerSelect(node: Syntax, scope: Scope): Statement[] {
  const { lower } = scope.file;
  const bodies = lowerCases(node, scope, (one) => {
    const communication = childOf(one, 'communication');
    const first = communication ? lower.statement(communication, scope) : [];
    return { tests: [], body: [...first, ...lower.body(statementsOf(one), scope)] };
  });
  return [{ kind: 'switch', on: null, ...bodies, span: spanOf(node) }];
}

/** A channel is what it carries: after `ch <- v` it may be `v`, or what it was. */
export function lowerSend(node: Syntax, scope: Scope): Statement[] {
  const channel = childOf(node, 'channel');
  const value = childOf(node, 'value');
  if (!channel || !value) return [];
  const span = spanOf(node);
  const to = scope.file.lower.expression(channel, scope);
  const sent = scope.file.lower.expression(value, scope);
  const target = isStill(to) ? asTarget(to) : null;
  if (!target) return [doNode({ kind: 'other', parts: [to, sent], span }, span)];
  return [setNode(target, { kind: 'choice', test: null, yes: sent, no: to, span }, span, { declares: false })];
}
