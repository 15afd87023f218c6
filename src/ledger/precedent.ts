import { z } from 'zod';
import { CONFIG_PATH } from '../config/repository-config.ts';
import { type Finding, isByModel } from '../findings/finding.ts';
import { maskProse } from '../secrets/mask-text.ts';
import { cutText } from '../text/cut-text.ts';
import { isOpen, isProven, type LedgerEntry, pathOf } from './ledger.ts';

/** What a person settled about a finding on one pull request. The ledger on GitHub is where it is known from. */
export const Settled = z.object({
  /** Identity and file of the finding. */
  id: z.string(),
  path: z.string(),
  rule: z.string(),
  principle: z.string(),
  cwe: z.array(z.string()),
  model: z.boolean(),
  title: z.string(),
  /** `won`: disputed, and withdrawn after another look; `resolved`: its thread was closed, and the change merged with it. */
  how: z.enum(['ignored', 'won', 'resolved']),
  /** Someone with write access at that time. */
  by: z.string(),
  /** In that person's words. */
  reason: z.string().nullable(),
});
export type Settled = z.infer<typeof Settled>;

export interface Precedent extends Settled {
  /** The pull request. */
  number: number;
}

/** What is known of a repository. */
export interface Precedents {
  /** Newest first. */
  list: readonly Precedent[];
  /** Rules that the summary of a pull request proposed to switch off, with its number: once is enough. */
  proposed: ReadonlyMap<string, number>;
}

export const NO_PRECEDENTS: Precedents = { list: [], proposed: new Map() };

/** Of whose change this is. */
export interface Settling {
  author: string;
  fork: boolean;
  merged: boolean;
  /** Only such people's closing of a thread counts; `ignore` was taken from nobody else. */
  mayWrite: (login: string) => boolean;
}

/**
 * What people settled by these entries: ignored, withdrawn for them, or closed and merged as it was. Not what the config left out,
 * not what the author of a fork's change settled about it, and nothing that an edited marker claims.
 */
export function listSettled(entries: readonly LedgerEntry[], { author, fork, merged, mayWrite }: Settling): Settled[] {
  return entries.flatMap(({ record, seal, thread }): Settled[] => {
    const { id, rule, principle, cwe, model, title } = record;
    const settle = (how: Settled['how'], by: string, reason: string | null): Settled[] => {
      if (fork && by === author) return [];
      const words = reason === null ? null : cutText(maskProse(reason), 300, '…');
      return [{ id, path: pathOf(record), rule, principle, cwe, model, title, how, by, reason: words }];
    };
    const { by, reason, won } = record;
    if (record.state === 'ignored')
      return by === null || by === CONFIG_PATH ? [] : settle(won ? 'won' : 'ignored', by, reason);
    const closer = merged ? findCloser({ record, seal, thread }) : null;
    return closer !== null && mayWrite(closer) ? settle('resolved', closer, null) : [];
  });
}

/** Who closed threads whose findings stand. */
export function listClosers(entries: readonly LedgerEntry[]): Set<string> {
  return new Set(entries.flatMap((entry) => findCloser(entry) ?? []));
}

function findCloser({ record, seal, thread }: Pick<LedgerEntry, 'record' | 'seal' | 'thread'>): string | null {
  return thread?.resolved && isOpen(record) && isProven(seal) ? thread.resolvedBy : null;
}

/** Weaknesses that are about load and failure alone. Any other may be about an attacker. */
const PLAIN_CWES = new Set(
  [390, 391, 394, 400, 404, 407, 460, 667, 703, 754, 755, 770, 772, 1049, 1050, 1067, 1068, 1072, 1073, 1088].map(
    (number) => `CWE-${number}`,
  ),
);

/** By its principle or by any weakness that is named: what people settled takes nothing of it away. */
export function isSecurity({ principle, cwe }: Pick<Finding, 'principle' | 'cwe'>): boolean {
  return /\bsecurity\b/.test(principle) || cwe.some((one) => !PLAIN_CWES.has(one));
}

const MOST_SHOWN = 5;

/**
 * The newest precedents for a finding, of its rule or principle. A refutation takes a finding of the model away; one about
 * security is judged without them, so that no reason, however it is worded, hides an attacker's way in.
 */
export function choosePrecedents(
  list: readonly Precedent[],
  finding: Pick<Finding, 'ruleId' | 'principle' | 'cwe' | 'source'>,
): Precedent[] {
  if (isByModel(finding) && isSecurity(finding)) return [];
  return list.filter((one) => one.rule === finding.ruleId || one.principle === finding.principle).slice(0, MOST_SHOWN);
}
