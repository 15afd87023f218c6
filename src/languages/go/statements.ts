import type { Expression, Statement } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { listOf, lowerAssignment, lowerStep } from './assignments.ts';
import { lowerIf, lowerSwitch } from './branches.ts';
import { lowerSelect, lowerSend } from './channels.ts';
import { lowerConstants, lowerVariables } from './declarations.ts';
import { lowerFor } from './loops.ts';
import { blockNode, doNode, nameNode, setNode, valueNode } from './nodes.ts';
import { type Scope, textOf } from './scope.ts';
import { lowerTypeDeclaration } from './type-declarations.ts';
import { lowerTypeSwitch } from './type-switch.ts';

type Lower = (node: Syntax, scope: Scope) => Statement[];

const leave: Lower = (node) => [{ kind: 'leave', span: spanOf(node) }];
const nothing: Lower = () => [];
/** A label stands before its statement, and what cannot be read around some that can. */
const inside: Lower = (node, scope) =>
  namedOf(node).flatMap((child) => (child.kind === 'label_name' ? [] : lowerStatement(child, scope)));

/** By the kind of the node. What is not here is an expression. */
const LOWER = new Map<string, Lower>([
  ['short_var_declaration', lowerAssignment],
  ['assignment_statement', lowerAssignment],
  ['receive_statement', lowerReceive],
  ['inc_statement', lowerStep],
  ['dec_statement', lowerStep],
  ['var_declaration', lowerVariables],
  ['const_declaration', lowerConstants],
  ['type_declaration', lowerTypes],
  ['expression_statement', lowerDo('now')],
  ['defer_statement', lowerDo('defer')],
  ['go_statement', lowerDo('go')],
  ['send_statement', lowerSend],
  ['return_statement', lowerReturn],
  ['if_statement', lowerIf],
  ['expression_switch_statement', lowerSwitch],
  ['type_switch_statement', lowerTypeSwitch],
  ['select_statement', lowerSelect],
  ['for_statement', lowerFor],
  ['block', (node, scope) => [blockNode(lowerBody(node, scope), spanOf(node))]],
  ['labeled_statement', inside],
  ['ERROR', inside],
  ['break_statement', leave],
  ['continue_statement', leave],
  ['goto_statement', leave],
  // Its case holds what it falls into.
  ['fallthrough_statement', nothing],
  ['empty_statement', nothing],
]);

export function lowerStatement(node: Syntax, scope: Scope): Statement[] {
  const lower = LOWER.get(node.kind);
  return lower ? lower(node, scope) : [doNode(scope.file.lower.expression(node, scope), spanOf(node))];
}

export function lowerBody(node: Syntax | null, scope: Scope): Statement[] {
  const statements: Statement[] = [];
  for (const child of node?.children ?? []) {
    if (!child.named || child.kind === 'comment') continue;
    const lowered = child.kind === 'statement_list' ? lowerBody(child, scope) : lowerStatement(child, scope);
    for (const one of lowered) statements.push(one);
  }
  return statements;
}

function lowerTypes(node: Syntax, scope: Scope): Statement[] {
  lowerTypeDeclaration(node, scope);
  return [];
}

function lowerDo(when: 'now' | 'defer' | 'go'): Lower {
  return (node, scope) => {
    if (when === 'defer') noteDeferred(node, scope);
    return namedOf(node).map((value) => ({
      kind: 'do',
      value: scope.file.lower.expression(value, scope),
      when,
      span: spanOf(node),
    }));
  };
}

/** Characters. What is deferred is read again at each way out. */
const MOST_DEFERRED = 400;

/** `defer func() { out = x }()` of a function with one result, `out`: it is set after the `return`. */
function noteDeferred(node: Syntax, scope: Scope): void {
  const [result = '_', ...others] = scope.results;
  const called = namedOf(node)[0]?.children.find(({ kind }) => kind === 'func_literal');
  const body = called && childOf(called, 'body');
  if (!body || others.length > 0 || /^(?:_|err.*)$/i.test(result)) return;
  const text = textOf(body, scope.file);
  const sets = new RegExp(`(?<![\\w.])${result}\\s*=(?!=)`).test(text);
  if (sets && text.length <= MOST_DEFERRED && !/\breturn\b|\bfunc\b/.test(text))
    scope.deferred = [body, ...scope.deferred];
}

/** In a `select`: `v := <-ch`, or a bare `<-ch`. */
function lowerReceive(node: Syntax, scope: Scope): Statement[] {
  if (node.children.some((child) => child.field === 'left')) return lowerAssignment(node, scope);
  return namedOf(node).map((value) => doNode(scope.file.lower.expression(value, scope), spanOf(node)));
}

/** Several results are a list; without a value the named ones are given. */
function lowerReturn(node: Syntax, scope: Scope): Statement[] {
  const span = spanOf(node);
  const written = namedOf(node).flatMap(listOf);
  const items: Expression[] =
    written.length > 0
      ? written.map((one) => scope.file.lower.expression(one, scope))
      : scope.results.map((name) => (name === '_' ? valueNode(null, span) : nameNode(name, span)));
  const [first] = items;
  const [result] = scope.results;
  if (first && items.length === 1 && result !== undefined && scope.deferred.length > 0) {
    const name = { kind: 'name' as const, name: result, span };
    const after = scope.deferred.flatMap((body) => lowerBody(body, scope));
    return [setNode(name, first, span, { declares: false }), ...after, { kind: 'return', value: name, span }];
  }
  return [{ kind: 'return', value: items.length > 1 ? { kind: 'list', items, span } : (first ?? null), span }];
}
