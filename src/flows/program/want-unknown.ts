import { memo } from '../../languages/memo.ts';
import { OWN_PACKAGE } from '../../languages/resolve-module.ts';
import type { Condition } from '../data/use-clause.ts';
import { type Evaluated, mayWant, type Run, want, wantImport } from '../run/run.ts';
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

/**
 * Of Go, `s.db.Begin()` where another file of the package declares what `s` is: what its fields are, that file says. It is asked for
 * if a clause is about a method of that name.
 */
export function wantReceiver(
  run: Run,
  home: Home,
  { name, method }: Evaluated,
  calls: ReadonlyMap<string, unknown>,
): void {
  if (home.module.language !== 'go' || name === null || !methodsIn(calls).has(method) || !mayWant(run)) return;
  const [, root = ''] = /^([A-Za-z]\w*)\.\w+\.\w+$/.exec(name) ?? [];
  if (root === '' || [home, ...run.program.beside(home)].some((one) => typesIn(one).has(root))) return;
  // Something of an import, or a name that no file of the package declares as a type.
  if (home.module.imports.some(({ local }) => local === root)) return;
  want(run, { path: home.path, module: OWN_PACKAGE, declares: [root] });
}

/** `Begin` of `database/sql.DB.Begin`. */
const methodsIn = memo(
  (calls: ReadonlyMap<string, unknown>): ReadonlySet<string> =>
    new Set([...calls.keys()].flatMap((key) => /\.[A-Z]\w*\.([A-Z]\w*)$/.exec(key)?.[1] ?? [])),
);

const typesIn = memo(({ module }: Home): ReadonlySet<string> => new Set(module.types.map(({ name }) => name)));
