import type { Expression, Statement, Type } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { listOf } from './assignments.ts';
import { lowerCases, lowerInitializer, statementsOf, within } from './branches.ts';
import { checkType, lowerOnce } from './comma-ok.ts';
import { setNode } from './nodes.ts';
import { type Scope, textOf } from './scope.ts';
import { lowerType } from './types.ts';

/** `switch x := v.(type) { … }`: each test asks for a type, and the body begins with the value as that. */
export function lowerTypeSwitch(node: Syntax, scope: Scope): Statement[] {
  const span = spanOf(node);
  const before = lowerInitializer(node, scope);
  const value = childOf(node, 'value');
  const of: Expression = value ? lowerOnce(value, span, before, scope) : { kind: 'other', parts: [], span };
  const alias = listOf(childOf(node, 'alias'))[0];
  const bodies = lowerCases(node, scope, (one) => {
    const types = one.children.filter((child) => child.field === 'type' && child.named);
    const set = alias ? [declareAs(alias, of, unionOf(types, scope), scope)] : [];
    return {
      tests: types.map((type) => checkType(of, type, spanOf(type), scope)),
      body: [...set, ...scope.file.lower.body(statementsOf(one), scope)],
    };
  });
  return within(before, { kind: 'switch', on: null, ...bodies, span }, span);
}

function declareAs(alias: Syntax, of: Expression, type: Type | null, scope: Scope): Statement {
  const span = spanOf(alias);
  const value: Expression = { kind: 'cast', of, type, span };
  return setNode({ kind: 'name', name: textOf(alias, scope.file), span }, value, span, { declares: true });
}

/** Of several types one says all only if each says something. */
function unionOf(types: readonly Syntax[], scope: Scope): Type | null {
  const lowered = types.flatMap((type) => {
    const one = textOf(type, scope.file) === 'nil' ? null : lowerType(type, scope);
    return one ? [one] : [];
  });
  if (lowered.length < types.length || lowered.length === 0) return null;
  return lowered.length === 1 ? (lowered[0] ?? null) : { kind: 'union', of: lowered };
}
