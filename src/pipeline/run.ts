import { z } from 'zod';
import { Finding } from '../findings/finding.ts';
import { Settled } from '../ledger/precedent.ts';
import { ReviewPlan } from '../plan/plan.ts';
import { Coverage } from '../scope/coverage.ts';
import { Reviewed, Scope } from '../scope/scope.ts';
import { Disproved } from './model-reviewer.ts';

export const STAGES = ['started', 'fetched', 'analysed', 'proven', 'judged', 'saved', 'posted', 'done'] as const;
export type Stage = (typeof STAGES)[number];

const Side = z.object({
  oldStart: z.number(),
  newStart: z.number(),
  lines: z.array(
    z.object({
      kind: z.enum(['context', 'added', 'removed']),
      oldLine: z.number().nullable(),
      newLine: z.number().nullable(),
      text: z.string(),
    }),
  ),
});

/** What a pull request taught: what people settled there, and rules that its summary proposed to switch off. */
const Learned = z.object({ settled: z.array(Settled), proposed: z.array(z.string()) });
export type Learned = z.infer<typeof Learned>;

/** What a run must not lose. From `judged` on nothing is analysed or paid for again; from `saved` on nothing is decided again. */
export const RunData = z.object({
  /** GraphQL node id. */
  checkRunId: z.string().nullable().default(null),
  /** Comments that GitHub did not take, as `keyOfComment` names them. */
  refused: z.array(z.string()).default([]),
  startedAt: z.number().default(0),
  /** Who reviews; fixed once the run began. */
  agent: z.string().nullable().default(null),
  /** That agent is the one that reviews automatically here. */
  automatic: z.boolean().default(true),
  /** Kept to the end: what the next review of this pull request builds on. */
  reviewed: Reviewed.nullable().default(null),
  /** Kept to the end, for the reviews of its repository. */
  learned: Learned.nullable().default(null),
  /** A file that is looked at now, of a run that ended the App's process before; null: none. */
  underway: z.string().nullable().default(null),
  /** Files that such a run goes on without. */
  avoided: z.array(z.string()).default([]),
  judged: z
    .object({
      findings: z.array(Finding),
      coverage: Coverage,
      /** Line numbers only: no source text is kept. */
      hunks: z.record(z.string(), z.array(Side)),
      scope: Scope,
      /** What the summary says beside the findings. */
      notes: z.array(z.string()),
      /** Paths that were not looked at again. */
      carried: z.array(z.string()),
      /** Path now -> path before, of this change's renames. */
      renames: z.record(z.string(), z.string()),
      /** Open comments of the model that the code disproves now. */
      disproved: z.array(Disproved).default([]),
      /** What is remembered when this review is posted. */
      reviewed: Reviewed,
    })
    .nullable()
    .default(null),
  /** What was posted, or was about to be, while the model was still reading. */
  proven: z.object({ plan: ReviewPlan, posted: z.boolean() }).nullable().default(null),
  plan: ReviewPlan.nullable().default(null),
});
export type RunData = z.infer<typeof RunData>;

/** What was found, and how much was looked at. */
export type Judged = NonNullable<RunData['judged']>;

export interface Run {
  id: string;
  headSha: string;
  /** The branch that the head is compared with; null for a run of an older version. */
  baseRef: string | null;
  stage: Stage;
  /** How often it was begun and did not end in an orderly way: crashes and unknown errors. */
  attempts: number;
  /** Begun before: what was sent then may have arrived. */
  resumed: boolean;
  data: RunData;
}

/**
 * A run that is given up here may have changed what stands on the pull request without leaving what it reviewed: then nothing
 * that an earlier review left may be built on.
 */
export function mayHaveWritten({ stage, resumed, data }: Run): boolean {
  return stage === 'posted' || (stage === 'saved' && resumed) || data.refused.length > 0 || data.proven !== null;
}
