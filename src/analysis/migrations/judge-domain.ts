import type { AlterDomainStmt, Node } from 'libpg-query';

/** Letters of the grammar: `C` adds a constraint, `O` is SET NOT NULL. Both look at every column of the domain. */
export function judgeDomain({ subtype, def }: AlterDomainStmt): 'domain-check' | null {
  const isUnchecked = def !== undefined && 'Constraint' in def && def.Constraint.skip_validation === true;
  return (subtype === 'C' && !isUnchecked) || subtype === 'O' ? 'domain-check' : null;
}

/** One column on the left of two assignments. Parts of one (`a[1]`, `a.b`) are apart. */
export function assignsTwice(targets: readonly Node[]): boolean {
  const names = targets.flatMap((one) =>
    'ResTarget' in one && (one.ResTarget.indirection ?? []).length === 0 ? (one.ResTarget.name ?? []) : [],
  );
  return new Set(names).size < names.length;
}
