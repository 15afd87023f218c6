import { CONFIG_PATH } from '../config/repository-config.ts';
import { type Finding, gradeOf, isAtLeast, isByModel, isSuspected, isWorse } from '../findings/finding.ts';
import { listNames } from '../findings/fingerprint.ts';
import { cutText } from '../text/cut-text.ts';
import type { Thread } from './conversation.ts';
import {
  fitDoubt,
  idsOf,
  isOpen,
  isProven,
  isSuspicion,
  keyOf,
  type Ledger,
  type LedgerEntry,
  mayBeTakenBack,
  pathOf,
} from './ledger.ts';
import type { FindingRecord } from './marker.ts';

/** How a file stands in the review that is compared with the ledger. */
export type FileStanding = 'looked' | 'carried' | 'unsure' | 'gone';

export interface CompareInput {
  ledger: Ledger;
  findings: readonly Finding[];
  /** Open entries of the model, by path and id, that a line of the code disproves now, and how. */
  disproved?: readonly { path: string; id: string; reason: string }[];
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
  /** Said by a person or another bot on the same lines, or by us under another name. */
  reported: { finding: Finding; thread: Thread }[];
  /** Ignored where we speak under another name, and believed: neither said nor counted. */
  ignored: { entry: LedgerEntry; findings: readonly Finding[] }[];
  /** Threads of ours under another name whose flaw is gone. */
  outlived: Thread[];
}

/** The name now, by the name before a rename. */
type Renamed = ReadonlyMap<string, string>;

/** Compares what was found with what was said. Pure, and linear in both but for the threads of others. */
export function compareWithLedger(input: CompareInput): Comparison {
  const { ledger, findings } = input;
  const renamed = new Map([...input.renames].map(([path, previous]) => [previous, path]));
  const said = new Set<Finding>();
  const { matches, worse } = matchEntries(input, renamed, said);
  const kin = compareKin(input, renamed);
  const ignoredBy = new Map(kin.ignored.flatMap(({ entry, findings: all }) => all.map((one) => [one, entry.record])));
  const entries = ledger.entries.flatMap((entry) => {
    const found = matches.get(entry) ?? [];
    const now = followKin(advance(entry, found, input, renamed), found, ignoredBy);
    // Of what nobody was told, nobody is told that it is gone.
    return now.record.state === 'fixed' && isSuspicion(entry) ? [] : [now];
  });
  const fresh: Finding[] = [];
  const reported: Comparison['reported'] = [];
  const taken = new Set(ledger.entries.flatMap(({ record }) => idsOf(record).map((id) => keyOf(pathOf(record), id))));
  const ignored = new Set(kin.ignored.flatMap((one) => one.findings));
  for (const one of findings) {
    if (said.has(one) || ignored.has(one)) continue;
    const names = worse.get(one);
    const finding = names ? nameAnew(one, (name) => names.has(name) || taken.has(keyOf(one.path, name))) : one;
    const thread = kin.said.get(one) ?? ledger.others.find((other) => saysIt(other, finding));
    if (thread) reported.push({ finding, thread });
    else fresh.push(finding);
  }
  return { fresh, entries, reported, ignored: kin.ignored, outlived: kin.outlived };
}

/** What stands open of what we said under another name: it is not said twice, and what is gone of it can be closed. */
function compareKin(
  input: CompareInput,
  renamed: Renamed,
): Pick<Comparison, 'ignored' | 'outlived'> & { said: ReadonlyMap<Finding, Thread> } {
  // A comment that says "fixed" says nothing of a flaw that is there.
  const open = input.ledger.kin.filter(({ claim }) => claim.state !== 'fixed');
  const { matches } = matchEntries({ ...input, ledger: { ...input.ledger, entries: open } }, renamed, new Set());
  const said = new Map<Finding, Thread>();
  const ignored: Comparison['ignored'] = [];
  for (const [entry, found] of matches) {
    if (entry.record.state === 'ignored') ignored.push({ entry, findings: found });
    else if (entry.thread) for (const finding of found) said.set(finding, entry.thread);
  }
  const outlived = open.flatMap((entry) =>
    entry.thread && !entry.thread.resolved && !matches.has(entry) && isGone(entry, input, renamed)
      ? [entry.thread]
      : [],
  );
  return { said, ignored, outlived };
}

/** What a person ignored in the thread of one of our names is ignored in those of the other as well. */
function followKin(
  entry: ComparedEntry,
  found: readonly Finding[],
  ignoredBy: ReadonlyMap<Finding, FindingRecord>,
): ComparedEntry {
  const [first, ...others] = found.map((one) => ignoredBy.get(one));
  if (!first || others.includes(undefined) || !isOpen(entry.record)) return entry;
  const { by, reason, won } = first;
  return { ...entry, changed: true, record: { ...entry.record, state: 'ignored', by, reason, won } };
}

/** Worse than what was ignored under its name: it is another finding, and gets another name. */
function nameAnew(finding: Finding, isTaken: (name: string) => boolean): Finding {
  const names = listNames(finding.fingerprint);
  return { ...finding, fingerprint: names.find((name) => !isTaken(name)) ?? names.at(-1) ?? '' };
}

/**
 * What a person ignored is that flaw as it was, and nothing worse. What the config leaves out, it leaves out. What was only
 * suspected has not been said yet when it is proven.
 */
function covers(entry: LedgerEntry, finding: Finding): boolean {
  const { record } = entry;
  if (isSuspicion(entry)) return isSuspected(finding);
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
      if (!free.includes(finding) && entry.record.state === 'ignored')
        worse.set(finding, new Set([...(worse.get(finding) ?? []), ...idsOf(entry.record)]));
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
  for (const entry of ledger.entries) takeIn(entry, pathOf(entry.record));
  // Git guesses renames by likeness, so what a file says of itself comes first.
  for (const entry of ledger.entries) if (!matches.has(entry)) takeIn(entry, renamed.get(pathOf(entry.record)));
  for (const entry of ledger.entries) {
    if (matches.has(entry)) continue;
    const { record } = entry;
    if (standingOf(pathOf(record)) === 'gone') {
      const found = idsOf(record).flatMap(
        (id) => byId.get(id)?.flatMap((one) => (said.has(one.finding) ? [] : [one.finding])) ?? [],
      );
      // Its code may have gone to several files; the comment follows to the one with most of it.
      const files = [...Map.groupBy(found, (finding) => finding.path).values()];
      take(entry, files.sort((a, b) => b.length - a.length)[0] ?? []);
    } else if (record.model)
      take(entry, [byPath.get(pathOf(record))?.find((one) => !said.has(one) && isSameJudgement(entry, one))]);
  }
  return { matches, worse };
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
  if (finding && record.state === 'fixed') return { ...record, state: 'regressed', at: input.head, reason: null };
  if (finding || record.state === 'fixed') return record;
  const disproof = findDisproof(entry, input);
  if (disproof)
    return { ...record, state: 'fixed', at: input.head, by: null, reason: cutText(disproof.reason, 300, '…') };
  if (!isGone(entry, input, renamed)) return record;
  // Proven again what was only claimed: it is not fixed twice.
  return { ...record, state: 'fixed', at: entry.claim.state === 'fixed' ? entry.claim.at : input.head, reason: null };
}

function findDisproof(entry: LedgerEntry, { disproved = [], agent }: CompareInput) {
  const { record } = entry;
  if (!mayBeTakenBack(entry, agent)) return undefined;
  return disproved.find(({ path, id }) => path === pathOf(record) && id === record.id);
}

/** What our comment says is not what is so. */
function isChanged(claim: FindingRecord, record: FindingRecord): boolean {
  const told = ['severity', 'grade', 'state', 'by', 'doubt'] as const;
  return pathOf(claim) !== pathOf(record) || told.some((one) => claim[one] !== record[one]);
}

/** GitHub moves a comment with its lines, not with code that goes to another file; without a comment nothing moves by itself. */
function follow({ record: known, thread, seal }: LedgerEntry, [first, ...others]: readonly Finding[]): FindingRecord {
  if (!first) return known;
  const record = isProven(seal) ? known : describeAnew(known, first, others);
  const { path, startLine: line, fingerprint: id, severity } = first;
  const moved = path !== pathOf(record);
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
  const path = pathOf(record);
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
