import { expandNames } from './models.ts';
import type { UseClause } from './use-clause.ts';

/** A clause, and the rule that it belongs to. */
export interface Use {
  rule: string;
  /** Which of the rule's clauses in this language. */
  index: number;
  clause: UseClause;
}

/** The clauses of one language, to be asked by name. */
export interface UseTable {
  call: ReadonlyMap<string, readonly Use[]>;
  made: ReadonlyMap<string, readonly Use[]>;
  set: ReadonlyMap<string, readonly Use[]>;
  read: ReadonlyMap<string, readonly Use[]>;
  import: ReadonlyMap<string, readonly Use[]>;
}

const PLACES = ['call', 'made', 'set', 'read', 'import'] as const;

export function compileUses(uses: readonly Use[]): UseTable {
  const table = { call: new Map(), made: new Map(), set: new Map(), read: new Map(), import: new Map() };
  for (const use of uses)
    for (const place of PLACES)
      for (const name of expandNames(use.clause[place] ?? []))
        table[place].set(name, [...(table[place].get(name) ?? []), use]);
  return table;
}
