import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { Grade, Severity } from '../findings/finding.ts';
import { cutText } from '../text/cut-text.ts';

const CLOSE = ' -->';

/** What our review says about itself in an HTML comment. It is found again after a crash, so that nothing is posted twice. */
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
  rule: z.string().regex(/^[a-z0-9-]{1,120}$/),
  principle: z.string().max(250),
  cwe: z.array(z.string().max(12)).default([]),
  severity: Severity,
  /** How bad it was, by its analyser and before any config, when it was last said or when it was ignored; null in old markers. */
  grade: Grade.nullable().default(null),
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
  /** Ignored because a dispute of that person was won. */
  won: z.boolean().default(false),
  /** The agent that found it: no other can tell that it is gone. */
  agent: z.string().max(40).default(DEFAULT_AGENT),
  /** Who had said it before, so that we did not: it counts, and stands in the summary alone. */
  saidBy: z.string().max(60).nullable().default(null),
  /** Why the model doubts it. */
  doubt: z.string().max(300).nullable().default(null),
});
export type FindingRecord = z.infer<typeof FindingRecord>;

/**
 * What is written must be read back, or the finding is said again: texts are cut to what the schema takes.
 * @throws ZodError when that is not enough; such a record is never posted
 */
export function fitRecord(record: FindingRecord): FindingRecord {
  const fit = <T extends string | null>(text: T, most: number): T =>
    (text === null ? null : cutText(text.toWellFormed(), most)) as T;
  return FindingRecord.parse({
    ...record,
    rule: fit(record.rule, 120),
    principle: fit(record.principle, 250),
    cwe: record.cwe.filter((cwe) => cwe.length <= 12),
    title: fit(record.title, 200),
    path: record.path.toWellFormed(),
    movedTo: record.movedTo?.toWellFormed() ?? null,
    by: fit(record.by, 60),
    reason: fit(record.reason, 300),
    agent: fit(record.agent, 40),
    saidBy: fit(record.saidBy, 60),
    doubt: fit(record.doubt, 300),
  });
}

export function formatFindingMarker(record: FindingRecord): string {
  return formatJson('finding', compact(fitRecord(record)));
}

export function parseFindingMarker(body: string): FindingRecord | null {
  return parseJson('finding', FindingRecord, body);
}

const MAX_POSTED = 300;
const MAX_UNPLACED = 500;
const PostedIdentity = z.string().regex(/^[0-9a-f]{28}$/);

/** Those of a list that can be read: one that cannot must not take the others with it. */
function listOf<T>(schema: z.ZodType<T>, most: number) {
  return z
    .array(z.unknown())
    .default([])
    .transform((list) => list.flatMap((one) => schema.safeParse(one).data ?? []).slice(0, most));
}

/** An identity in a file, short: equal code in two files is said twice. */
export function hashIdentity(id: string, path: string): string {
  return `${id}${createHash('sha256').update(path).digest('hex').slice(0, 8)}`;
}

const MAX_OVERRIDES = 20;
const MAX_PROPOSED = 20;

/** What the summary keeps for all of the pull request. */
export const SummaryRecord = z.object({
  version: z.literal(1),
  head: Sha,
  /** Findings that stand in no inline comment. */
  unplaced: listOf(FindingRecord, MAX_UNPLACED),
  /** What stands in comments, as `hashIdentity` names it: without a comment later, a person has deleted it. */
  posted: listOf(PostedIdentity, MAX_POSTED),
  /** Who paused automatic reviews. */
  paused: z.string().max(60).nullable().default(null),
  /** Checks that a person let pass, newest last. */
  overrides: listOf(z.object({ head: Sha, by: z.string().max(60), reason: z.string().max(300) }), MAX_OVERRIDES),
  /** Rules that it proposed to switch off. */
  proposed: listOf(z.string().max(120), MAX_PROPOSED),
});
export type SummaryRecord = z.infer<typeof SummaryRecord>;

export function formatSummaryMarker(record: SummaryRecord): string {
  const { unplaced, proposed, ...rest } = SummaryRecord.parse({
    ...record,
    unplaced: record.unplaced.map(fitRecord),
    paused: record.paused === null ? null : cutText(record.paused, 60),
    overrides: record.overrides.slice(-MAX_OVERRIDES),
  });
  return formatJson('summary', { ...rest, unplaced: unplaced.map(compact), ...(proposed.length > 0 && { proposed }) });
}

export function parseSummaryMarker(body: string): SummaryRecord | null {
  return parseJson('summary', SummaryRecord, body);
}

/** A summary of ours that holds nothing that can be read any more: it is still the summary. */
export function parseBrokenSummary(body: string): SummaryRecord | null {
  const head = parseReviewMarker(body)?.head;
  return head && body.includes('<!-- backend-dev:summary ') ? SummaryRecord.parse({ version: 1, head }) : null;
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
function formatJson(kind: MarkerKind, value: unknown): string {
  const json = JSON.stringify(value)
    .replaceAll('--', '-\\u002d')
    .replace(/[<>]/g, (char) => (char === '<' ? '\\u003c' : '\\u003e'));
  return `<!-- backend-dev:${kind} ${json}${CLOSE}`;
}

export type MarkerKind = 'finding' | 'summary';

/** The last marker of a kind in a body: its JSON, the signature beside it, and where it stands. */
export interface FoundMarker {
  json: string;
  signature: string | null;
  start: number;
  end: number;
}

export function findMarker(kind: MarkerKind, body: string): FoundMarker | null {
  const open = `<!-- backend-dev:${kind} `;
  const start = body.lastIndexOf(open);
  const end = body.indexOf(CLOSE, start);
  if (start === -1 || end === -1) return null;
  const text = body.slice(start + open.length, end);
  // JSON ends with a brace, so this is none of it.
  const at = text.lastIndexOf(' sig=');
  const signature = at === -1 ? null : text.slice(at + ' sig='.length);
  const signed = signature !== null && /^[\w-]+$/.test(signature);
  return {
    json: signed ? text.slice(0, at) : text,
    signature: signed ? signature : null,
    start,
    end: end + CLOSE.length,
  };
}

/** The body with its marker of this kind, if it has one, signed. */
export function signMarker(kind: MarkerKind, body: string, sign: (json: string) => string): string {
  const found = findMarker(kind, body);
  if (!found) return body;
  const marker = `<!-- backend-dev:${kind} ${found.json} sig=${sign(found.json)}${CLOSE}`;
  return `${body.slice(0, found.start)}${marker}${body.slice(found.end)}`;
}

/** Null for a marker that is missing or that a person changed into something else. */
function parseJson<T>(kind: MarkerKind, schema: z.ZodType<T>, body: string): T | null {
  const found = findMarker(kind, body);
  if (!found) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(found.json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
