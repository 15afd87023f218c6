import type { Ledger } from '../ledger/ledger.ts';

/** What people must know of how the ledger was read. */
export function describeLedger({ unproven, unread }: Pick<Ledger, 'unproven' | 'unread'>): string[] {
  const edited = unproven === 1 ? '1 comment of this review was' : `${unproven} comments of this review were`;
  return [
    ...(unproven === 0
      ? []
      : [
          `${edited} edited by hand, or written before comments were signed: the states in it (ignored, paused, overridden) were not taken over, and all files were reviewed.`,
        ]),
    ...(unread.length === 0
      ? []
      : [
          `This pull request has more ${unread.join(' and ')} than the App reads, so it does not know all that was said before. New findings are only in the summary and the check.`,
        ]),
  ];
}
