import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { Severity } from './finding.ts';

/** What our review says about itself in an HTML comment: found again after a crash, so that nothing is posted twice. */
export interface ReviewMarker {
  run: string;
  head: string;
}

const REVIEW = /<!-- backend-dev:review run=([0-9a-f-]{36}) head=([0-9a-f]{40,64}) -->/;

export function formatReviewMarker({ run, head }: ReviewMarker): string {
  return `<!-- backend-dev:review run=${run} head=${head} -->`;
}

export function parseReviewMarker(body: string): ReviewMarker | null {
  const [, run, head] = REVIEW.exec(body) ?? [];
  return run && head ? { run, head } : null;
}

export const FINDING_STATES = ['open', 'fixed', 'ignored', 'disputed', 'regressed'] as const;
const FindingState = z.enum(FINDING_STATES);
export type FindingState = z.infer<typeof FindingState>;

const Sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const Fingerprint = z.string().regex(/^[0-9a-f]{20}$/);

/** What the ledger keeps of a finding in the comment that said it, or in the summary when it has no comment. */
export const FindingRecord = z.object({
  id: Fingerprint,
  /** Identities of the places that the same comment lists. */
  also: z.array(Fingerprint).default([]),
  rule: z.string().regex(/^[a-z0-9-]{1,80}$/),
  principle: z.string().max(120),
  cwe: z.array(z.string().max(12)).default([]),
  severity: Severity,
  title: z.string().max(200),
  path: z.string(),
  /** The file that its code went to since; GitHub leaves the comment where it was. */
  movedTo: z.string().nullable().default(null),
  /** Where it was when it was said; GitHub knows where it is now. */
  line: z.number().int().positive(),
  side: z.enum(['LEFT', 'RIGHT']),
  /** Judged by the model: not finding it again does not prove that it is gone. */
  model: z.boolean().default(false),
  state: FindingState,
  /** The commit in which it was fixed or came back. */
  at: Sha.nullable().default(null),
  /** Who ignored or disputed it, and why. */
  by: z.string().max(60).nullable().default(null),
  reason: z.string().max(300).nullable().default(null),
  /** The agent that found it: no other can tell that it is gone. */
  agent: z.string().max(40).default(DEFAULT_AGENT),
  /** Who had said it before, so that we did not: it counts, and stands in the summary alone. */
  saidBy: z.string().max(60).nullable().default(null),
  /** Why the model doubts it. */
  doubt: z.string().max(300).nullable().default(null),
});
export type FindingRecord = z.infer<typeof FindingRecord>;

export function formatFindingMarker(record: FindingRecord): string {
  return formatJson('finding', compact(record));
}

export function parseFindingMarker(body: string): FindingRecord | null {
  return parseJson('finding', FindingRecord, body);
}

const MAX_POSTED = 300;

/** An identity in a file, short: equal code in two files is said twice. */
export function hashPlace(id: string, path: string): string {
  return `${id}${createHash('sha256').update(path).digest('hex').slice(0, 8)}`;
}

/** What the summary keeps for all of the pull request. */
export const SummaryRecord = z.object({
  version: z.literal(1),
  head: Sha,
  /** Findings that stand in no inline comment. */
  unplaced: z.array(FindingRecord).max(500).default([]),
  /** What stands in comments, as `hashPlace` names it: without a comment later, a person has deleted it. */
  posted: z
    .array(z.string().regex(/^[0-9a-f]{28}$/))
    .max(MAX_POSTED)
    .default([]),
  /** Who paused automatic reviews. */
  paused: z.string().max(60).nullable().default(null),
  /** Checks that a person let pass, newest last. */
  overrides: z
    .array(z.object({ head: Sha, by: z.string().max(60), reason: z.string().max(300) }))
    .max(20)
    .default([]),
});
export type SummaryRecord = z.infer<typeof SummaryRecord>;

export function formatSummaryMarker(record: SummaryRecord): string {
  const { posted, unplaced, ...rest } = record;
  return formatJson('summary', { ...rest, posted: posted.slice(0, MAX_POSTED), unplaced: unplaced.map(compact) });
}

export function parseSummaryMarker(body: string): SummaryRecord | null {
  return parseJson('summary', SummaryRecord, body);
}

/** Without what the schema fills in again. */
function compact(record: FindingRecord): object {
  const isDefault = (value: unknown): boolean =>
    value === null || value === false || (Array.isArray(value) && value.length === 0);
  const { agent, ...rest } = record;
  const kept = Object.entries(rest).filter(([, value]) => !isDefault(value));
  return Object.fromEntries(agent === DEFAULT_AGENT ? kept : [...kept, ['agent', agent]]);
}

/** JSON that cannot end the HTML comment around it: "--", "<" and ">" are written as escapes. */
function formatJson(kind: string, value: unknown): string {
  const json = JSON.stringify(value)
    .replaceAll('--', '-\\u002d')
    .replace(/[<>]/g, (char) => (char === '<' ? '\\u003c' : '\\u003e'));
  return `<!-- backend-dev:${kind} ${json} -->`;
}

/** Null for a marker that is missing or that a person changed into something else. */
function parseJson<T>(kind: string, schema: z.ZodType<T>, body: string): T | null {
  const start = body.lastIndexOf(`<!-- backend-dev:${kind} `);
  const end = body.indexOf(' -->', start);
  if (start === -1 || end === -1) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(body.slice(start + `<!-- backend-dev:${kind} `.length, end)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
