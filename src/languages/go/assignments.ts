import type { Expression, Statement, Target, Type } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { lowerWithCheck } from './comma-ok.ts';
import { binaryNode, declareNode, doNode, nameNode, partOf, setNode } from './nodes.ts';
import { isNumber } from './operators.ts';
import { makeName, type Scope, textOf } from './scope.ts';

/** How the targets of one statement are set. */
interface How {
  declares: boolean;
  type: Type | null;
}

/** `a, b := f()`, `a, b = b, a`. */
export function lowerAssignment(node: Syntax, scope: Scope): Statement[] {
  const left = listOf(childOf(node, 'left'));
  const right = listOf(childOf(node, 'right'));
  const operator = childOf(node, 'operator')?.kind ?? '=';
  const [target] = left;
  const [value] = right;
  if (operator !== '=' && target && value) return [lowerCompound(node, target, operator, value, scope)];
  return lowerSets(left, right, node, { declares: isDeclaring(node), type: null }, scope);
}

/** `:=`, also in a case of a `select` and in the head of a `for`. */
export function isDeclaring(node: Syntax): boolean {
  return node.children.some((child) => child.kind === ':=');
}

/** `x += y`; of numbers, and with the other operators, `x = x - y`. */
function lowerCompound(node: Syntax, target: Syntax, operator: string, value: Syntax, scope: Scope): Statement {
  const given = scope.file.lower.expression(value, scope);
  const isAppend = operator === '+=' && !isNumber(value, scope);
  if (isAppend) return setOrDo(target, given, node, { declares: false, type: null, append: true }, scope);
  const before = scope.file.lower.expression(target, scope);
  const after = binaryNode(before, operator.slice(0, -1), given, spanOf(node));
  return setOrDo(target, after, node, { declares: false, type: null }, scope);
}

/** `i++`, `i--`. */
export function lowerStep(node: Syntax, scope: Scope): Statement[] {
  const target = namedOf(node)[0];
  if (!target) return [];
  const span = spanOf(node);
  const operator = node.kind === 'inc_statement' ? '+' : '-';
  const one: Expression = { kind: 'value', value: 1, span };
  const after = binaryNode(scope.file.lower.expression(target, scope), operator, one, span);
  return [setOrDo(target, after, node, { declares: false, type: null }, scope)];
}

/** Each target gets its value; of one value with several results its part. */
export function lowerSets(
  targets: readonly Syntax[],
  values: readonly Syntax[],
  node: Syntax,
  how: How,
  scope: Scope,
): Statement[] {
  const [value] = values;
  noteChannels(targets, values, scope);
  if (values.length === 1 && targets.length > 1 && value) return lowerParts(targets, value, node, how, scope);
  const given = values.map((one) => scope.file.lower.expression(one, scope));
  const span = spanOf(node);
  const before: Statement[] = [];
  if (isTangled(targets, values, scope))
    given.forEach((one, index) => {
      const name = makeName(scope);
      before.push(declareNode(name, one, span));
      given[index] = nameNode(name, span);
    });
  const sets = given.map((one, index) => {
    const target = targets[index];
    return target ? setOrDo(target, one, node, how, scope) : doNode(one, span);
  });
  return [...before, ...sets];
}

function lowerParts(targets: readonly Syntax[], value: Syntax, node: Syntax, how: How, scope: Scope): Statement[] {
  const span = spanOf(node);
  const checked = targets.length === 2 ? lowerWithCheck(value, span, scope) : null;
  if (checked) {
    const [item, check] = [checked.item, checked.check].map((one, index) => {
      const target = targets[index];
      return target && !isBlank(target, scope) ? [setOrDo(target, one, node, how, scope)] : [];
    });
    const sets = [...(item ?? []), ...(check ?? [])];
    return [...checked.before, ...(sets.length > 0 ? sets : [doNode(checked.item, span)])];
  }
  const given = scope.file.lower.expression(value, scope);
  if (targets.every((one) => isBlank(one, scope))) return [doNode(given, span)];
  const name = makeName(scope);
  return [
    declareNode(name, given, span),
    ...targets.flatMap((target, index) =>
      isBlank(target, scope) ? [] : [setOrDo(target, partOf(name, index, span), node, how, scope)],
    ),
  ];
}

/** What is set is a name, a field or an item; `_` and the result of a call are not kept. */
export function setOrDo(
  target: Syntax,
  value: Expression,
  node: Syntax,
  how: How & { append?: boolean },
  scope: Scope,
): Statement {
  const span = spanOf(node);
  if (isBlank(target, scope)) return doNode(value, span);
  const written = scope.file.lower.expression(target, scope);
  const kept = asTarget(written);
  return kept ? setNode(kept, value, span, how) : doNode({ kind: 'other', parts: [written, value], span }, span);
}

export function asTarget(one: Expression): Target | null {
  return one.kind === 'name' || one.kind === 'field' || one.kind === 'index' ? one : null;
}

export function isBlank(node: Syntax, scope: Scope): boolean {
  return node.end - node.start === 1 && textOf(node, scope.file) === '_';
}

export function listOf(node: Syntax | null): Syntax[] {
  if (node === null) return [];
  return node.kind === 'expression_list' ? namedOf(node) : [node];
}

/** A later value needs what an earlier target was before: `a, b = b, a`. */
function isTangled(targets: readonly Syntax[], values: readonly Syntax[], scope: Scope): boolean {
  if (values.length < 2) return false;
  const set = new Set<string>();
  return values.some((value, index) => {
    const tangled = index > 0 && mentions(value, set, scope);
    const root = rootOf(targets[index]);
    if (root) set.add(textOf(root, scope.file));
    return tangled;
  });
}

function rootOf(target: Syntax | undefined): Syntax | null {
  let root = target;
  while (root && root.kind !== 'identifier') root = namedOf(root)[0];
  return root ?? null;
}

function mentions(node: Syntax, names: ReadonlySet<string>, scope: Scope): boolean {
  if (node.kind === 'identifier') return names.has(textOf(node, scope.file));
  return node.children.some((child) => child.named && mentions(child, names, scope));
}

function noteChannel(target: Syntax, scope: Scope): void {
  const field = childOf(target, 'field');
  if (field) scope.file.channels.add(textOf(field, scope.file));
  else scope.channels.add(textOf(target, scope.file));
}

/** `ch := make(chan T)`. */
function noteChannels(targets: readonly Syntax[], values: readonly Syntax[], scope: Scope): void {
  values.forEach((value, index) => {
    const list = value.kind === 'call_expression' ? childOf(value, 'arguments') : null;
    const target = targets[index];
    if (target && list?.children[1]?.kind === 'channel_type') noteChannel(target, scope);
  });
}
