import { z } from 'zod';
import { isWorse } from '../findings/finding.ts';
import { cutText } from '../text/cut-text.ts';
import type { ComparedEntry } from './compare-with-ledger.ts';
import { pathOf } from './ledger.ts';
import type { SummaryRecord } from './marker.ts';

/** What a person decided about what we said. It is applied to the ledger when the next plan is made, and written with it. */
export const Amendment = z.discriminatedUnion('kind', [
  /** The finding is named as the ledger has it: where it was last seen, and its id. */
  z.object({
    kind: z.literal('ignore'),
    path: z.string(),
    id: z.string(),
    by: z.string(),
    reason: z.string().nullable(),
    /** It was disputed, and withdrawn after another look. */
    won: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('dispute'),
    path: z.string(),
    id: z.string(),
    by: z.string(),
    reason: z.string().nullable(),
  }),
  z.object({ kind: z.literal('pause'), by: z.string() }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('override'), by: z.string(), reason: z.string() }),
]);
export type Amendment = z.infer<typeof Amendment>;

/** Entries as people decided about them. A fixed finding is past deciding. */
export function amendEntries(entries: readonly ComparedEntry[], amendments: readonly Amendment[]): ComparedEntry[] {
  return entries.map((entry) =>
    amendments.reduce<ComparedEntry>((now, amendment) => {
      if (amendment.kind !== 'ignore' && amendment.kind !== 'dispute') return now;
      const { claim, record } = now;
      if (pathOf(claim) !== amendment.path || claim.id !== amendment.id || record.state === 'fixed') return now;
      const state = amendment.kind === 'ignore' ? ('ignored' as const) : ('disputed' as const);
      if (record.state === 'ignored' && state === 'disputed') return now;
      // It became worse since that person read it.
      if (state === 'ignored' && claim.grade && record.grade && isWorse(record.grade, claim.grade)) return now;
      const reason = amendment.reason === null ? null : cutText(amendment.reason, 300);
      const won = amendment.kind === 'ignore' && amendment.won === true;
      return { ...now, changed: true, record: { ...now.record, state, by: cutText(amendment.by, 60), reason, won } };
    }, entry),
  );
}

/** Pause and overrides. An override is for one head: what is pushed after it is checked again. */
export function amendSummary(
  record: Pick<SummaryRecord, 'paused' | 'overrides'>,
  amendments: readonly Amendment[],
  head: string,
): Pick<SummaryRecord, 'paused' | 'overrides'> {
  return amendments.reduce((now, amendment) => {
    if (amendment.kind === 'pause') return { ...now, paused: cutText(amendment.by, 60) };
    if (amendment.kind === 'resume') return { ...now, paused: null };
    if (amendment.kind !== 'override') return now;
    const entry = { head, by: cutText(amendment.by, 60), reason: cutText(amendment.reason, 300) };
    const others = now.overrides.filter((one) => one.head !== head);
    return { ...now, overrides: [...others, entry].slice(-20) };
  }, record);
}
