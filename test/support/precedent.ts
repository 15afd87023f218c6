import type { Precedent } from '../../src/ledger/precedent.ts';

/** Somebody ignored that a list has no end. */
export function precedent(own: Partial<Precedent> = {}): Precedent {
  return {
    number: 7,
    id: 'a'.repeat(20),
    path: 'src/admin/list.ts',
    rule: 'list-without-limit',
    principle: 'apis/pagination-for-lists',
    cwe: ['CWE-770'],
    model: false,
    title: 'This list has no end',
    how: 'ignored',
    by: 'wes',
    reason: 'Admin lists are short here.',
    ...own,
  };
}
