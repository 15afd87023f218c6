import type { Finding } from '../findings/finding.ts';
import { listNames } from '../findings/fingerprint.ts';
import { idsOf, type LedgerEntry, pathOf } from '../ledger/ledger.ts';

/** The findings that were said before and that the analysers still find, each at its present place. */
export function findAgain({ record }: Pick<LedgerEntry, 'record'>, findings: readonly Finding[]): Finding[] {
  const ids = new Set(idsOf(record));
  return findings.filter(
    (finding) => finding.path === pathOf(record) && listNames(finding.fingerprint).some((name) => ids.has(name)),
  );
}
