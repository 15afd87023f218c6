import { OWN_PACKAGE } from '../../languages/resolve-module.ts';
import type { Condition } from '../data/use-clause.ts';
import { mayWant, type Run, want, wantImport } from '../run/run.ts';
import type { Home, Value } from '../values/value.ts';

/** Whether a condition holds because something is not known. */
export function isOfUnknown(condition: Condition): boolean {
  return (
    typeof condition === 'object' &&
    (condition.unknown ?? condition.bare ?? condition.unknownItem ?? condition.looks) !== undefined
  );
}

/**
 * What is not known here may be a constant, or be made of constants, in a file that is not there: `"DELETE … = " + placeholder(1)`.
 * Such files are asked for, and the clause is asked again with them.
 */
export function wantUnknown(run: Run, home: Home, value: Value): void {
  // What callers give is in none of them.
  const names = value.pieces.flatMap((piece) =>
    piece.kind === 'hole' && piece.taints.length === 0 && !piece.fixed ? piece.name.split(/\W+/) : [],
  );
  if (names.length === 0 || !mayWant(run)) return;
  const { path } = home;
  if (home.module.language === 'go' && run.program.beside(home).length === 0) want(run, { path, module: OWN_PACKAGE });
  for (const one of home.module.imports)
    if (names.includes(one.local) && run.program.resolve(home, one.module).length === 0) wantImport(run, home, one);
}
