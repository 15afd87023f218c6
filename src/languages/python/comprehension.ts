import type { Expression, Target } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { inner, isPattern, isStarred, lowerTarget, partOf } from './assign.ts';
import { lowerPair } from './collections.ts';
import { nameAt } from './names.ts';
import { firstPart, limitDepth, makeName, partsOf, type Scope, textOf } from './scope.ts';

interface Turn {
  scope: Scope;
  target: Target;
  over: Expression;
  where: Expression[];
}

/** `[a for b in c if d for e in b]`: an `each`, whose result is another one for every further `for`. */
export function lowerComprehension(node: Syntax, scope: Scope): Expression {
  const turns: Turn[] = [];
  let own = scope;
  for (const child of node.children) {
    if (child.kind === 'for_in_clause') {
      const turn = lowerTurn(child, own);
      turns.push(turn);
      own = turn.scope;
    } else if (child.kind === 'if_clause') {
      const test = firstPart(child);
      if (test) turns.at(-1)?.where.push(scope.file.test(test, own));
    }
  }
  limitDepth(turns.length);
  const body = childOf(node, 'body');
  const pair = body?.kind === 'pair' ? lowerPair(body, own) : null;
  let result: Expression =
    pair?.value ?? (body ? scope.file.expression(body, own) : { kind: 'other', parts: [], span: spanOf(node) });
  for (const [index, { target, over, where }] of [...turns.entries()].reverse()) {
    const innermost = index === turns.length - 1;
    if (!innermost) result = { kind: 'spread', of: result, span: result.span };
    const key = innermost ? (pair?.key ?? null) : null;
    result = { kind: 'each', target, over, where, key, result, span: spanOf(node) };
  }
  return result;
}

function lowerTurn(node: Syntax, scope: Scope): Turn {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  const over: Expression = right
    ? scope.file.expression(right, scope)
    : { kind: 'other', parts: [], span: spanOf(node) };
  if (!left || !isPattern(left)) {
    const target: Target = left ? lowerTarget(left, scope) : { kind: 'name', name: '_', span: spanOf(node) };
    return { scope: shadow(scope, target), target, over, where: [] };
  }
  const name = makeName(scope);
  const renames = new Map(scope.renames);
  renameParts(left, (span) => nameAt(name, span), scope, renames);
  return { scope: { ...scope, renames }, target: { kind: 'name', name, span: spanOf(left) }, over, where: [] };
}

function shadow(scope: Scope, target: Target): Scope {
  if (target.kind !== 'name' || !scope.renames.has(target.name)) return scope;
  const renames = new Map(scope.renames);
  renames.delete(target.name);
  return { ...scope, renames };
}

/** There is no place for statements: each name of the pattern is written as the part of the item that it is. */
function renameParts(
  pattern: Syntax,
  whole: (span: Expression['span']) => Expression,
  scope: Scope,
  renames: Map<string, (span: Expression['span']) => Expression>,
): void {
  const parts = partsOf(pattern);
  const star = parts.findIndex(isStarred);
  for (const [index, part] of parts.entries()) {
    const bare = inner(part);
    const give = (span: Expression['span']): Expression => ({ ...partOf(parts, index, star, whole(span)), span });
    if (isPattern(bare)) renameParts(bare, give, scope, renames);
    else renames.set(textOf(bare, scope), give);
  }
}
