import type { Expression, Module } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { partsOf, visitExpressions } from '../../languages/visit-expressions.ts';

export interface NameUse {
  /** The longest chain of fields that begins with the name: `resp.Body.Close`. */
  chain: Expression;
  /** What that stands in; null: a statement. */
  parent: Expression | null;
}

/** Where a name is read in a file. */
export function usesOfName(module: Module, name: string): readonly NameUse[] {
  return indexUses(module).get(name) ?? [];
}

const indexUses = memo((module: Module): ReadonlyMap<string, readonly NameUse[]> => {
  const parents = new Map<Expression, Expression>();
  const names: Extract<Expression, { kind: 'name' }>[] = [];
  visitExpressions(module, (one) => {
    if (one.kind === 'name') names.push(one);
    for (const part of partsOf(one)) parents.set(part, one);
  });
  const found = new Map<string, NameUse[]>();
  for (const name of names) {
    let chain: Expression = name;
    let parent = parents.get(name);
    while (parent?.kind === 'field') {
      chain = parent;
      parent = parents.get(parent);
    }
    const list = found.get(name.name) ?? [];
    list.push({ chain, parent: parent ?? null });
    found.set(name.name, list);
  }
  return found;
});
