import { CONFIG_PATH } from '../config/repository-config.ts';
import type { Conversation, OwnReview, SealState, Thread } from './conversation.ts';
import { cutText } from './cut-text.ts';
import { type Finding, gradeOf, isAtLeast, isByModel, isWorse } from './finding.ts';
import { listNames } from './fingerprint.ts';
import {
  type FindingRecord,
  hashPlace,
  parseBrokenSummary,
  parseFindingMarker,
  parseSummaryMarker,
  type SummaryRecord,
} from './marker.ts';

/** A finding that was said, with the thread that says it; without one it stands in the summary. */
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
  /** What a deleted comment said, as `hashPlace` names it: it is not said again, and nothing else knows of it. */
  deleted: ReadonlySet<string>;
  /** Threads that someone else began. */
  others: Thread[];
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
  const entries = conversation.threads.flatMap((thread): LedgerEntry[] => {
    const { mine, body, seal } = thread.first;
    const claim = mine ? parseFindingMarker(body) : null;
    if (!claim) return [];
    // GitHub leaves a comment in its file: a marker of another file was carried here.
    const carried = claim.path !== thread.path && seal !== 'off';
    return [toEntry({ ...claim, path: thread.path }, carried ? 'none' : seal, thread)];
  });
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
  const keyOfRecord = (record: FindingRecord): string => keyOf(placeOf(record), record.id);
  const placed = new Set(entries.map((entry) => keyOfRecord(entry.record)));
  const all = [...entries, ...unplaced.filter((entry) => !placed.has(keyOfRecord(entry.record)))];
  const known = new Set(all.flatMap((entry) => listPlaces(entry.record)));
  return {
    entries: all,
    summary,
    deleted: new Set(summary?.record.posted.filter((place) => !known.has(place))),
    others: conversation.threads.filter((thread) => !thread.first.mine),
    unproven: [...entries, ...(summary ? [summary.review] : [])].filter(({ seal }) => seal === 'none').length,
    unread: conversation.unread,
  };
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

/** How a file stands in the review that is compared with the ledger. */
export type FileStanding = 'looked' | 'carried' | 'unsure' | 'gone';

export interface CompareInput {
  ledger: Ledger;
  findings: readonly Finding[];
  /** `looked`: analysed whole now; `carried`: unchanged since it was; `unsure`: asked for and not fully analysed; `gone`: not in the change. */
  standingOf: (path: string) => FileStanding;
  /** The name before a rename in this change, by the name now. */
  renames: ReadonlyMap<string, string>;
  /** The model looked at all files of this review. */
  modelComplete: boolean;
  head: string;
  /** Who reviews: it can tell of its own findings alone that they are gone. */
  agent: string;
}

export interface ComparedEntry extends LedgerEntry {
  /** The finding as it stands now; null when it was not looked for or not found. */
  finding: Finding | null;
  /** The record is not what our comment says: it must be written. */
  changed: boolean;
}

export interface Comparison {
  /** Never said. */
  fresh: Finding[];
  /** Every entry of the ledger in its new state. */
  entries: ComparedEntry[];
  /** Said by a person or another bot on the same lines. */
  reported: { finding: Finding; thread: Thread }[];
}

/** The name now, by the name before a rename. */
type Renamed = ReadonlyMap<string, string>;

/** Compares what was found with what was said. Pure, and linear in both but for the threads of others. */
export function compareWithLedger(input: CompareInput): Comparison {
  const { ledger, findings } = input;
  const renamed = new Map([...input.renames].map(([path, previous]) => [previous, path]));
  const said = new Set<Finding>();
  const { matches, worse } = matchEntries(input, renamed, said);
  const entries = ledger.entries.map((entry) => advance(entry, matches.get(entry) ?? [], input, renamed));
  const fresh: Finding[] = [];
  const reported: Comparison['reported'] = [];
  const taken = new Set(ledger.entries.flatMap(({ record }) => idsOf(record).map((id) => keyOf(placeOf(record), id))));
  for (const one of findings) {
    if (said.has(one)) continue;
    const names = worse.get(one);
    const finding = names ? nameAnew(one, (name) => names.has(name) || taken.has(keyOf(one.path, name))) : one;
    const thread = ledger.others.find((other) => saysIt(other, finding));
    if (thread) reported.push({ finding, thread });
    else fresh.push(finding);
  }
  return { fresh, entries, reported };
}

/** Worse than what was ignored under its name: it is another finding, and gets another name. */
function nameAnew(finding: Finding, isTaken: (name: string) => boolean): Finding {
  const names = listNames(finding.fingerprint);
  return { ...finding, fingerprint: names.find((name) => !isTaken(name)) ?? names.at(-1) ?? '' };
}

/** What a person ignored is that flaw as it was, and nothing worse. What the config leaves out, it leaves out. */
function covers({ record }: LedgerEntry, finding: Finding): boolean {
  if (record.state !== 'ignored' || record.by === CONFIG_PATH) return true;
  return record.grade === null
    ? isAtLeast(record.severity, finding.severity)
    : !isWorse(finding.grade ?? gradeOf(finding), record.grade);
}

/**
 * Which finding an entry speaks of, by rising tolerance: the same identity in the same file, under its new name, in a file
 * that took the place of one that is gone, and at last the model's words on the same lines. Every finding is matched once.
 * `worse`: findings that entries would speak of, had they not been ignored while they were less bad, with the names of those.
 */
function matchEntries(
  { ledger, findings, standingOf }: CompareInput,
  renamed: Renamed,
  said: Set<Finding>,
): { matches: Map<LedgerEntry, Finding[]>; worse: Map<Finding, Set<string>> } {
  const named = findings.flatMap((finding) => listNames(finding.fingerprint).map((name) => ({ name, finding })));
  const byKey = new Map(named.map(({ name, finding }) => [keyOf(finding.path, name), finding]));
  const byId = Map.groupBy(named, ({ name }) => name);
  const byPath = Map.groupBy(findings, (finding) => finding.path);
  const matches = new Map<LedgerEntry, Finding[]>();
  const worse = new Map<Finding, Set<string>>();
  const take = (entry: LedgerEntry, found: readonly (Finding | undefined)[]): void => {
    const [first, ...others] = new Set(
      found.filter((finding) => finding !== undefined && !said.has(finding)),
    ) as Set<Finding>;
    if (!first) return;
    // An edited marker may name findings that its comment never said; a comment lists places of one rule.
    const own = isProven(entry.seal)
      ? [first, ...others]
      : [first, ...others.filter((one) => one.ruleId === first.ruleId)];
    const free = own.filter((finding) => covers(entry, finding));
    for (const finding of own)
      if (!free.includes(finding)) worse.set(finding, new Set([...(worse.get(finding) ?? []), ...idsOf(entry.record)]));
    for (const finding of free) said.add(finding);
    if (free.length > 0) matches.set(entry, free);
  };
  const takeIn = (entry: LedgerEntry, path: string | undefined): void => {
    if (path === undefined) return;
    take(
      entry,
      idsOf(entry.record).map((id) => byKey.get(keyOf(path, id))),
    );
  };
  for (const entry of ledger.entries) takeIn(entry, placeOf(entry.record));
  // Git guesses renames by likeness, so what a file says of itself comes first.
  for (const entry of ledger.entries) if (!matches.has(entry)) takeIn(entry, renamed.get(placeOf(entry.record)));
  for (const entry of ledger.entries) {
    if (matches.has(entry)) continue;
    const { record } = entry;
    if (standingOf(placeOf(record)) === 'gone') {
      const found = idsOf(record).flatMap(
        (id) => byId.get(id)?.flatMap((one) => (said.has(one.finding) ? [] : [one.finding])) ?? [],
      );
      // Its code may have gone to several files; the comment follows to the one with most of it.
      const files = [...Map.groupBy(found, (finding) => finding.path).values()];
      take(entry, files.sort((a, b) => b.length - a.length)[0] ?? []);
    } else if (record.model)
      take(entry, [byPath.get(placeOf(record))?.find((one) => !said.has(one) && isSameJudgement(entry, one))]);
  }
  return { matches, worse };
}

function keyOf(path: string, id: string): string {
  return `${path}\0${id}`;
}

/** Identities that an entry stands for. */
export function idsOf({ id, also }: Pick<FindingRecord, 'id' | 'also'>): string[] {
  return [id, ...also];
}

/** What a comment speaks of, as `hashPlace` names it. */
export function listPlaces(record: FindingRecord): string[] {
  return idsOf(record).map((id) => hashPlace(id, placeOf(record)));
}

/** The model words a flaw anew each time: what it says of the same lines under the same principle is the same flaw. */
function isSameJudgement({ record, thread }: LedgerEntry, finding: Finding): boolean {
  if (!record.model || finding.source !== 'model') return false;
  const line = thread && !thread.onFile ? thread.line : record.line;
  if (line === null || line < finding.startLine - 2 || line > finding.endLine + 2) return false;
  return record.principle === finding.principle || record.cwe.some((cwe) => finding.cwe.includes(cwe));
}

function advance(
  entry: LedgerEntry,
  matched: readonly Finding[],
  input: CompareInput,
  renamed: Renamed,
): ComparedEntry {
  // A comment on several is as bad as the worst that is left of them.
  const found = [...matched].sort(
    (a, b) => Number(isWorse(gradeOf(b), gradeOf(a))) - Number(isWorse(gradeOf(a), gradeOf(b))),
  );
  const finding = found[0] ?? null;
  const followed = follow(entry, found);
  const doubted = finding && input.modelComplete ? { ...followed, doubt: fitDoubt(finding) } : followed;
  const record = decideState(entry, doubted, finding, input, renamed);
  return { ...entry, finding, record, changed: isChanged(entry.claim, record) };
}

function decideState(
  entry: LedgerEntry,
  record: FindingRecord,
  finding: Finding | null,
  input: CompareInput,
  renamed: Renamed,
): FindingRecord {
  if (record.state === 'ignored') return record;
  if (finding && record.state === 'fixed') return { ...record, state: 'regressed', at: input.head };
  if (finding || record.state === 'fixed' || !isGone(entry, input, renamed)) return record;
  // Proven again what was only claimed: it is not fixed twice.
  return { ...record, state: 'fixed', at: entry.claim.state === 'fixed' ? entry.claim.at : input.head };
}

/** What our comment says is not what is so. */
function isChanged(claim: FindingRecord, record: FindingRecord): boolean {
  const told = ['severity', 'grade', 'state', 'by', 'doubt'] as const;
  return placeOf(claim) !== placeOf(record) || told.some((one) => claim[one] !== record[one]);
}

/** GitHub moves a comment with its lines, not with code that goes to another file; without a comment nothing moves by itself. */
function follow({ record: known, thread, seal }: LedgerEntry, [first, ...others]: readonly Finding[]): FindingRecord {
  if (!first) return known;
  const record = isProven(seal) ? known : describeAnew(known, first, others);
  const { path, startLine: line, fingerprint: id, severity } = first;
  const moved = path !== placeOf(record);
  const place = thread ? { movedTo: path === record.path ? null : path, ...(moved && { line }) } : { path, line };
  // The repository's config may have changed how much it matters.
  const grade = record.state === 'ignored' ? record.grade : (first.grade ?? gradeOf(first));
  const now = { ...record, ...place, severity, grade };
  // In another file it stands for what it found there, and for nothing that may be said there already.
  return moved ? { ...now, id, also: others.map((one) => one.fingerprint) } : now;
}

/** Of what an unsigned marker says about its finding only the name is used; the rest is the finding's. */
function describeAnew(record: FindingRecord, first: Finding, others: readonly Finding[]): FindingRecord {
  const { principle, cwe, title, model, ruleId: rule } = { ...first, model: isByModel(first) };
  // It may speak of the first by another of its names: that flaw must not be forgotten.
  const isNamed = listNames(first.fingerprint).includes(record.id);
  return {
    ...record,
    rule,
    principle,
    cwe,
    title: cutText(title, 200),
    model,
    also: (isNamed ? others : [first, ...others]).map((one) => one.fingerprint),
  };
}

/** Not found is not gone: only a file that was analysed whole, or left the change, proves it. */
function isGone(
  { record, thread }: LedgerEntry,
  { standingOf, modelComplete, agent }: CompareInput,
  renamed: Renamed,
): boolean {
  const path = placeOf(record);
  const standing = standingOf(renamed.get(path) ?? path);
  if (standing === 'gone') return true;
  if (standing !== 'looked' || record.agent !== agent) return false;
  // The model does not say the same twice; that its lines were changed and it found nothing more is the best proof there is.
  return !record.model || (modelComplete && (!thread || thread.onFile || thread.outdated));
}

/** Whether someone else's thread is about this flaw: it stands on its lines and names it. */
function saysIt(thread: Thread, finding: Finding): boolean {
  if (thread.path !== finding.path || thread.side !== finding.side || thread.line === null) return false;
  if (thread.line < finding.startLine || (thread.startLine ?? thread.line) > finding.endLine) return false;
  const text = thread.first.body.toLowerCase();
  return (
    finding.cwe.some((cwe) => new RegExp(`\\b${cwe.toLowerCase()}\\b`).test(text)) ||
    finding.phrases.some((phrase) => text.includes(phrase))
  );
}

/** The file that a finding was last seen in. */
export function placeOf({ movedTo, path }: Pick<FindingRecord, 'movedTo' | 'path'>): string {
  return movedTo ?? path;
}

/** What stands open after a comparison, and counts. */
export function isOpen({ state }: Pick<FindingRecord, 'state'>): boolean {
  return state === 'open' || state === 'regressed' || state === 'disputed';
}

function fitDoubt({ doubt }: Finding): string | null {
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
