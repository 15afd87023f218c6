import { z } from 'zod';

export const FileCoverage = z.object({
  path: z.string(),
  status: z.enum(['reviewed', 'clipped', 'skipped']),
  /** One of scope/reasons.ts, or of another version; null: it was looked at in every way. */
  reasonCode: z.string().nullable().default(null),
  /** What is to be said in place of the code's general words: which analyser failed, and how. */
  detail: z.string().nullable().default(null),
  analysers: z.array(z.string()),
});
export type FileCoverage = z.infer<typeof FileCoverage>;

export const ModelUsage = z.object({
  inputTokens: z.number(),
  cacheReadTokens: z.number(),
  outputTokens: z.number(),
  costUsd: z.number(),
});
export type ModelUsage = z.infer<typeof ModelUsage>;

export const NO_USAGE: ModelUsage = { inputTokens: 0, cacheReadTokens: 0, outputTokens: 0, costUsd: 0 };

export const StageUsage = z.object({
  stage: z.string(),
  /** Null: of a review before models were noted. */
  model: z.string().nullable().default(null),
  requests: z.number().int(),
  usage: ModelUsage,
});
export type StageUsage = z.infer<typeof StageUsage>;

/** What became of one thing that the model said, for whoever asks why. */
export const ModelStep = z.object({
  stage: z.string(),
  path: z.string(),
  line: z.number().int().nullable(),
  title: z.string(),
  /** How many angles said it. */
  votes: z.number().int(),
  outcome: z.enum(['kept', 'refuted', 'undecided', 'dropped', 'doubted', 'confirmed', 'withdrawn']),
  reason: z.string(),
});
export type ModelStep = z.infer<typeof ModelStep>;

export const ModelCoverage = z.object({
  /** `running` is only said while it is so: in what is posted before the review is whole. */
  status: z.enum(['off', 'complete', 'partial', 'failed', 'running']),
  reason: z.string().nullable(),
  usage: ModelUsage,
  /** What the model said and the App could not place, by reason: how many. */
  dropped: z.record(z.string(), z.number()).optional(),
  /** Findings of analysers that no second reader tried, and why: what they say stands, so the review is whole without it. */
  untried: z.object({ findings: z.number().int(), reason: z.string() }).optional(),
  /** What each stage cost. */
  stages: z.array(StageUsage).optional(),
  steps: z.array(ModelStep).optional(),
});
export type ModelCoverage = z.infer<typeof ModelCoverage>;

export const Coverage = z.object({
  files: z.array(FileCoverage),
  model: ModelCoverage,
  /** Files that the source could not even list. */
  unlisted: z.number().int(),
});
export type Coverage = z.infer<typeof Coverage>;

/** What of the model's review is missing, in words. */
export function describeGap({ status, reason, untried }: ModelCoverage): string | null {
  const gap = status === 'complete' ? null : reason;
  // One cause is said once.
  const why = untried?.reason === gap ? '' : `: ${untried?.reason}`;
  const left = untried && `${untried.findings} unproven findings were not tried by a second reader${why}`;
  const parts = [gap, left].filter((part) => part);
  return parts.length === 0 ? null : parts.join('; ');
}

/** Backend files that were asked for and not fully looked at: while there is one, a review is never green. */
export function listUnreviewed(coverage: Coverage): FileCoverage[] {
  return coverage.files.filter((file) => file.status === 'clipped');
}

/** All that was asked for was looked at, by whoever was to look. */
export function isWhole(coverage: Coverage): boolean {
  const { model, unlisted } = coverage;
  return listUnreviewed(coverage).length === 0 && unlisted === 0 && !['failed', 'partial'].includes(model.status);
}

/** Only credentials were looked for: such a file does not count as reviewed. */
export function isSearchedOnly({ reasonCode }: FileCoverage): boolean {
  return reasonCode === 'CREDENTIALS_ONLY' || reasonCode === 'TEST_CODE' || reasonCode === 'OLD_MIGRATION';
}
