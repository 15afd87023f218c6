import type { Expression, Statement } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { asTarget, isBlank, isDeclaring, listOf, setOrDo } from './assignments.ts';
import { lowerInitializer, within } from './branches.ts';
import { partOf } from './nodes.ts';
import { isChannel, makeName, type Scope, textOf } from './scope.ts';

/** `for` in each of its forms. */
export function lowerFor(node: Syntax, scope: Scope): Statement[] {
  const { lower } = scope.file;
  const body = childOf(node, 'body');
  const head = namedOf(node).find((child) => child !== body) ?? null;
  const span = spanOf(node);
  if (head?.kind === 'range_clause') return [lowerRange(node, head, body, scope)];
  const condition = head?.kind === 'for_clause' ? childOf(head, 'condition') : head;
  const update = head?.kind === 'for_clause' ? childOf(head, 'update') : null;
  const before = head ? lowerInitializer(head, scope) : [];
  const test = condition ? lower.expression(condition, scope) : null;
  const inner = [...lower.body(body, scope), ...(update ? lower.statement(update, scope) : [])];
  return within(before, { kind: 'loop', target: null, over: null, gives: 'items', test, body: inner, span }, span);
}

/** `for k, v := range over`: pairs that the body takes apart; with one name the keys, or what a channel or an iterator gives. */
function lowerRange(node: Syntax, head: Syntax, body: Syntax | null, scope: Scope): Statement {
  const { lower } = scope.file;
  const right = childOf(head, 'right');
  const span = spanOf(node);
  const over: Expression = right ? lower.expression(right, scope) : { kind: 'other', parts: [], span: spanOf(head) };
  const names = listOf(childOf(head, 'left'));
  const [first, second] = names;
  const base = { kind: 'loop', over, test: null, span } as const;
  if (first && !second) {
    const target = isBlank(first, scope) ? null : asTarget(lower.expression(first, scope));
    const gives = right && givesItems(right, scope) ? 'items' : 'keys';
    return { ...base, target, gives, body: lower.body(body, scope) };
  }
  if (!first) return { ...base, target: null, gives: 'pairs', body: lower.body(body, scope) };
  const pair = makeName(scope);
  const how = { declares: isDeclaring(head), type: null };
  const taken = names.flatMap((name, index) =>
    isBlank(name, scope) ? [] : [setOrDo(name, partOf(pair, index, spanOf(head)), head, how, scope)],
  );
  return {
    ...base,
    target: { kind: 'name', name: pair, span: spanOf(head) },
    gives: 'pairs',
    body: [...taken, ...lower.body(body, scope)],
  };
}

/** Functions of the standard library whose iterators give one value at a time. */
const GIVE_ITEMS = /^(?:maps\.(?:Keys|Values)|slices\.(?:Values|Chunk)|(?:strings|bytes)\.(?:Lines|\w+Seq))$/;

/** A channel of this file, or an iterator over single values. */
function givesItems(over: Syntax, scope: Scope): boolean {
  const { file } = scope;
  if (over.kind === 'identifier') return isChannel(textOf(over, file), scope);
  const field = childOf(over, 'field');
  if (field) return file.channels.has(textOf(field, file));
  const called = childOf(over, 'function');
  const name = called ? textOf(called, file) : '';
  // `golang.org/x/exp/maps` gives lists.
  const from = name.replace(/\..*/, '');
  return GIVE_ITEMS.test(name) && file.packages.get(from) === from;
}
