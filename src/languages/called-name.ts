import type { Expression } from './form.ts';

/** The last name of what is called: `find` of `db.orders.find`; "": it has none. */
export function calledName(of: Expression): string {
  return of.kind === 'field' || of.kind === 'name' ? of.name : '';
}
