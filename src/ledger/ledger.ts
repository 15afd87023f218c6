import { type Finding, gradeOf } from '../findings/finding.ts';
import { cutText } from '../text/cut-text.ts';
import type { Conversation, OwnReview, SealState, Thread } from './conversation.ts';
import {
  type FindingRecord,
  hashIdentity,
  parseBrokenSummary,
  parseFindingMarker,
  parseSummaryMarker,
  type SummaryRecord,
} from './marker.ts';

/** A finding that was said, with its thread. Without a thread, it is in the summary. */
export interface LedgerEntry {
  /** What is believed. */
  record: FindingRecord;
  /** What the marker says. */
  claim: FindingRecord;
  seal: SealState;
  thread: Thread | null;
}

/** What was said on a pull request. It is kept nowhere but in our own comments there, so losing the database loses nothing. */
export interface Ledger {
  entries: LedgerEntry[];
  summary: { review: OwnReview; record: SummaryRecord } | null;
  /** What a deleted comment said, as `hashIdentity` names it: it is not said again, and nothing else knows of it. */
  deleted: ReadonlySet<string>;
  /** Threads that someone else began. */
  others: Thread[];
  /** What we said under another name: the App where this is the Action, and the other way round. Its comments are not ours to edit. */
  kin: LedgerEntry[];
  /** How many markers of ours are not as we wrote them: what they claim must be looked for anew. */
  unproven: number;
  /** What of the conversation is not known, as it is longer than what is read. */
  unread: readonly string[];
}

/**
 * Reads the ledger out of the markers in our own comments; a marker that someone else copied counts for nothing. One of ours
 * that is not signed names its finding, so that nothing is said twice; that the finding is settled it does not prove.
 */
export function rebuildLedger(conversation: Conversation): Ledger {
  const entries: LedgerEntry[] = [];
  const kin: LedgerEntry[] = [];
  const others: Thread[] = [];
  for (const thread of conversation.threads) {
    const { mine, bot, body, seal } = thread.first;
    // A person can copy a marker. A bot that was made to repeat one keeps its finding out of our comments, not out of the count.
    const claim = mine || bot ? parseFindingMarker(body) : null;
    if (!claim) {
      // Other workflows of a repository speak with the same token as ours.
      if (!mine || !body.includes('<!-- backend-dev:')) others.push(thread);
      continue;
    }
    // GitHub leaves a comment in its file: a marker of another file was carried here.
    const carried = claim.path !== thread.path && seal !== 'off';
    const entry = toEntry({ ...claim, path: thread.path }, carried ? 'none' : seal, thread);
    (mine ? entries : kin).push(entry);
  }
  const summaries = conversation.reviews.flatMap((review) => {
    const claim = parseSummaryMarker(review.body) ?? parseBrokenSummary(review.body);
    if (!claim) return [];
    const record = isProven(review.seal) ? claim : { ...claim, paused: null, overrides: [], proposed: [] };
    return [{ review, record }];
  });
  const summary = summaries.find((one) => isProven(one.review.seal)) ?? summaries[0] ?? null;
  const unplaced = (summary?.record.unplaced ?? []).map((claim) =>
    toEntry(claim, summary?.review.seal ?? 'none', null),
  );
  // A finding whose comment was posted although the summary lists it (a fold that was retried) is the comment's.
  const keyOfRecord = (record: FindingRecord): string => keyOf(pathOf(record), record.id);
  const placed = new Set(entries.map((entry) => keyOfRecord(entry.record)));
  const all = [...entries, ...unplaced.filter((entry) => !placed.has(keyOfRecord(entry.record)))];
  const known = new Set(all.flatMap((entry) => listIdentities(entry.record)));
  return {
    entries: all,
    summary,
    deleted: new Set(summary?.record.posted.filter((place) => !known.has(place))),
    others,
    kin,
    unproven: [...entries, ...(summary ? [summary.review] : [])].filter(({ seal }) => seal === 'none').length,
    unread: conversation.unread,
  };
}

/** What a thread says, by its first comment; of a thread that we began under another name, what we keep of the same flaw. */
export function findByThread({ entries, kin }: Ledger, first: number): LedgerEntry | null {
  const begins = ({ thread }: LedgerEntry): boolean => thread?.first.databaseId === first;
  const own = entries.find(begins);
  const other = own ? undefined : kin.find(begins);
  if (!other) return own ?? null;
  const said = new Set(idsOf(other.record).map((id) => keyOf(pathOf(other.record), id)));
  const isSame = ({ record }: LedgerEntry): boolean => idsOf(record).some((id) => said.has(keyOf(pathOf(record), id)));
  return entries.find((entry) => !entry.thread && isSame(entry)) ?? null;
}

/**
 * Only the model takes back what the model alone said, and only its own agent; a comment on several says more than was tried, and one
 * whose marker somebody has edited does not prove who said it.
 */
export function mayBeTakenBack({ record, seal }: Pick<LedgerEntry, 'record' | 'seal'>, agent: string): boolean {
  return record.model && record.also.length === 0 && record.agent === agent && isProven(seal);
}

export function isProven(seal: SealState): boolean {
  return seal === 'current' || seal === 'earlier';
}

function toEntry(claim: FindingRecord, seal: SealState, thread: Thread | null): LedgerEntry {
  const record: FindingRecord = isProven(seal)
    ? claim
    : { ...claim, state: 'open', at: null, by: null, reason: null, won: false };
  return { record, claim, seal, thread };
}

/** A marker that is to be written anew, though its finding is as it was. */
export function mustSign({ seal }: Pick<LedgerEntry, 'seal'>): boolean {
  return seal === 'none' || seal === 'earlier';
}

export function keyOf(path: string, id: string): string {
  return `${path}\0${id}`;
}

/** Identities that an entry stands for. */
export function idsOf({ id, also }: Pick<FindingRecord, 'id' | 'also'>): string[] {
  return [id, ...also];
}

/** What a comment speaks of, as `hashIdentity` names it. */
export function listIdentities(record: FindingRecord): string[] {
  return idsOf(record).map((id) => hashIdentity(id, pathOf(record)));
}

/** The file that a finding was last seen in. */
export function pathOf({ movedTo, path }: Pick<FindingRecord, 'movedTo' | 'path'>): string {
  return movedTo ?? path;
}

/** What stands open after a comparison, and counts. */
export function isOpen({ state }: Pick<FindingRecord, 'state'>): boolean {
  return state === 'open' || state === 'regressed' || state === 'disputed';
}

/** Stands in the summary as suspected: nobody was told of it by a comment. */
export function isSuspicion({ record, thread }: Pick<LedgerEntry, 'record' | 'thread'>): boolean {
  return thread === null && !record.model && isOpen(record) && record.grade?.endsWith('-low') === true;
}

export function fitDoubt({ doubt }: Finding): string | null {
  return doubt === null ? null : cutText(doubt, 300, '…');
}

/** A finding as an agent first says it. */
export function toRecord(finding: Finding, agent: string): FindingRecord {
  return {
    id: finding.fingerprint,
    also: finding.alsoAt.map((one) => one.fingerprint),
    rule: finding.ruleId,
    principle: finding.principle,
    cwe: finding.cwe,
    severity: finding.severity,
    grade: finding.grade ?? gradeOf(finding),
    title: cutText(finding.title, 200),
    path: finding.path,
    movedTo: null,
    line: finding.startLine,
    side: finding.side,
    model: finding.source === 'model',
    state: 'open',
    at: null,
    by: null,
    reason: null,
    won: false,
    agent,
    saidBy: null,
    doubt: fitDoubt(finding),
  };
}
