import { z } from 'zod';
import { CONFIG_PATH } from '../config/repository-config.ts';
import { type Finding, isAtLeast, isSuspected, type Severity } from '../findings/finding.ts';
import { groupPlaces } from '../findings/merge.ts';
import { type Amendment, amendEntries, amendSummary } from '../ledger/amend.ts';
import {
  type ComparedEntry,
  type Comparison,
  compareWithLedger,
  type FileStanding,
} from '../ledger/compare-with-ledger.ts';
import { isOpen, isSuspicion, listIdentities, mustSign, pathOf, toRecord } from '../ledger/ledger.ts';
import { type FindingRecord, formatReviewMarker, formatSummaryMarker, type SummaryRecord } from '../ledger/marker.ts';
import { listSettled, Settled, type Settling } from '../ledger/precedent.ts';
import { describeLedger } from '../render/describe-ledger.ts';
import { renderProposal } from '../render/render-proposal.ts';
import type { Spent } from '../render/render-spent.ts';
import { renderStatus } from '../render/render-status.ts';
import { renderPointer, renderSummary } from '../render/render-summary.ts';
import { compareRows, toFreshRow, toReportedRow, toRow } from '../render/summary-row.ts';
import type { Coverage } from '../scope/coverage.ts';
import type { Scope } from '../scope/scope.ts';
import { cutText } from '../text/cut-text.ts';
import { fitBody } from '../text/markdown.ts';
import { type Anchored, type AnchoringInput, anchorComments, type Folded, PlannedComment } from './anchor-comments.ts';
import { type CheckInput, decideAnnotations, decideCheck, PlannedCheck } from './check.ts';
import { decideProposals, type Proposing } from './propose.ts';

/** Everything that will be written to GitHub, as data: saved before it is posted, so that a crash changes nothing of it. */
export const ReviewPlan = z.object({
  run: z.string(),
  head: z.string(),
  /** The review to create; null when nothing is to be said that needs one. */
  review: z.object({ body: z.string(), comments: z.array(PlannedComment) }).nullable(),
  /** On whole files, where GitHub takes no line: created one by one, after the review. */
  fileComments: z.array(PlannedComment).default([]),
  /** The summary that stands already, to be edited in place. */
  summary: z.object({ reviewId: z.string(), body: z.string() }).nullable(),
  /** Our own comments whose finding has another state now. */
  edits: z.array(z.object({ commentId: z.string(), body: z.string() })),
  resolve: z.array(z.string()),
  unresolve: z.array(z.string()),
  check: PlannedCheck,
  /** What people settled on this pull request, and rules that the summary proposes to switch off. */
  settled: z.array(Settled).default([]),
  proposed: z.array(z.string()).default([]),
  /** Findings that people ignored where we speak under another name. */
  ignored: z.array(z.object({ path: z.string(), fingerprint: z.string() })).default([]),
});
export type ReviewPlan = z.infer<typeof ReviewPlan>;

/** What the repository's config decides about a rule in a file. */
export interface RulePolicy {
  off: boolean;
  reason: string | null;
}

export interface PlanInput extends AnchoringInput {
  run: string;
  head: string;
  /** Found in the files of this review, whatever their severity. */
  findings: readonly Finding[];
  /** Entries of the ledger that a line of the code disproves now, and how. */
  disproved?: readonly { path: string; id: string; reason: string }[];
  coverage: Coverage;
  scope: Scope;
  standingOf: (path: string) => FileStanding;
  renames: ReadonlyMap<string, string>;
  amendments: readonly Amendment[];
  /** Every agent of this App. */
  agents: readonly string[];
  /** Address of a line at the head. */
  link: (path: string, line: number) => string;
  policyOf: (ruleId: string, path: string) => RulePolicy;
  commentAt: Severity;
  failAt: Severity | 'never';
  /** Post a summary even where there is nothing to say: a person asked, or a backend file was looked at. */
  always: boolean;
  notes: readonly string[];
  seconds: number;
  /** What Claude cost for this pull request until now; null: that is not known yet. */
  spent: Spent | null;
  /** Of the pull request, and what its repository's people decided before. */
  learning: Pick<Settling, 'author' | 'fork'> & Pick<Proposing, 'number' | 'precedents' | 'configured'>;
}

/** Decides what is written where. Pure: the same input gives the same plan. */
export function planReview(input: PlanInput): ReviewPlan {
  const { forge, ledger, head, run } = input;
  const { status } = input.coverage.model;
  const [modelComplete, running] = [status === 'complete', status === 'running'];
  const compared = compareWithLedger({ ...input, modelComplete });
  const entries = amendEntries(
    compared.entries.map((entry) => applyPolicy(entry, input)),
    input.amendments,
  );
  const wanted = (finding: Finding): boolean =>
    isAtLeast(finding.severity, input.commentAt) && !input.policyOf(finding.ruleId, finding.path).off;
  const fresh = groupPlaces(compared.fresh.filter(wanted));
  const open = entries.filter((entry) => isOpen(entry.record));
  const standing = open.filter((entry) => !isSuspicion(entry));
  const room = input.maxComments - standing.filter((entry) => entry.thread).length;
  const placed = anchorComments(fresh, input, Math.max(0, room));
  const { comments, fileComments, unplaced } = placed;
  const reported = groupReported(compared.reported.filter(({ finding }) => wanted(finding) && !isSuspected(finding)));
  const folded = [...unplaced, ...listFolded(open)];
  const suspected = folded.filter(({ why }) => why.code === 'SUSPECTED').length;
  const state = amendSummary(
    { paused: ledger.summary?.record.paused ?? null, overrides: ledger.summary?.record.overrides ?? [] },
    input.amendments,
    head,
  );
  const rows = [
    ...standing.map((entry) => toRow(entry, input)),
    ...fresh.filter((finding) => !isSuspected(finding)).map((finding) => toFreshRow(finding, input)),
    // Not said again, but counted: a comment of somebody, the author's too, settles nothing.
    ...reported.map(toReportedRow),
  ].sort((a, b) => compareRows(a, b));
  const { unread } = ledger;
  const check: CheckInput = {
    ...input,
    rows,
    suspected,
    unread,
    override: state.overrides.find((one) => one.head === head) ?? null,
  };
  const known = { rows, standing: standing.length, entries, ...state };
  const settled = listSettled(entries, { ...input.learning, merged: false, mayWrite: () => false });
  const said = ledger.summary?.record.proposed ?? [];
  const proposals = decideProposals({ ...input.learning, settled, said });
  const proposed = proposals.map((one) => one.rule);
  const notes = [...input.notes, ...describeLedger(ledger), ...proposals.map(renderProposal)];
  const body = renderSummary({
    ...input,
    ...known,
    entries: [...entries, ...compared.ignored.map(({ entry }) => entry)],
    notes,
    unplaced: folded,
  });
  const records = sortOpenFirst(listRecords(entries, placed, reported, input));
  const posted = listPosted(entries, placed, input);
  const tail = formatTail({ version: 1, head, unplaced: records, posted, proposed, ...state }, run);
  const summary = fitBody(body, tail, forge.longestBody);
  const exists = ledger.summary !== null;
  const changed = entries.filter((entry) => entry.changed);
  const count = comments.length + fileComments.length;
  const first = input.always || count + unplaced.length + input.amendments.length > 0;
  // Where our summary may stand and was not read, another one would be the second.
  const post = comments.length > 0 || (!exists && first && ledger.unread.length === 0);
  const pointer = fitBody(
    renderPointer(count, head, ledger.summary?.review.url ?? ''),
    formatReviewMarker({ run, head }),
    forge.longestBody,
  );
  return {
    run,
    head,
    review: post ? { body: exists ? pointer : summary, comments } : null,
    fileComments,
    summary: ledger.summary ? { reviewId: ledger.summary.review.id, body: summary } : null,
    edits: entries
      .filter((entry) => entry.changed || mustSign(entry))
      .flatMap(({ thread, record }) =>
        thread
          ? [{ commentId: thread.first.id, body: renderStatus(thread.first.body, record, forge.longestBody) }]
          : [],
      ),
    resolve: forge.resolve.able
      ? [...listThreads(changed.filter(isSettled), false), ...compared.outlived.map((thread) => thread.id)]
      : [],
    unresolve: forge.resolve.able ? listThreads(changed.filter(isBack), true) : [],
    check: {
      ...decideCheck(check),
      // GitHub appends annotations, so they come once, with the end.
      ...(running && { conclusion: null }),
      summary: fitBody(body, '', forge.longestCheck),
      annotations: running
        ? []
        : decideAnnotations(folded.flatMap(({ finding, why }) => (why.code === 'SUSPECTED' ? [] : [finding]))),
    },
    settled,
    proposed,
    ignored: compared.ignored.flatMap(({ findings }) =>
      findings.map(({ path, fingerprint }) => ({ path, fingerprint })),
    ),
  };
}

/** As many as there are comments: one that lists several places says one thing. */
function groupReported(reported: Comparison['reported']): Comparison['reported'] {
  const byThread = Map.groupBy(reported, ({ thread }) => thread);
  return [...byThread].flatMap(([thread, list]) =>
    groupPlaces(list.map((one) => one.finding)).map((finding) => ({ finding, thread })),
  );
}

/** What the summary remembers because no comment does. */
function listRecords(
  entries: readonly ComparedEntry[],
  { unplaced }: Anchored,
  reported: Comparison['reported'],
  { agent }: PlanInput,
): FindingRecord[] {
  return [
    ...unplaced.map((one) => toRecord(one.finding, agent)),
    ...reported.map(({ finding, thread }) => ({
      ...toRecord(finding, agent),
      saidBy: cutText(thread.first.author, 60),
    })),
    ...entries.flatMap((entry) => (entry.thread ? [] : [entry.record])),
  ];
}

/** What stands in comments once this plan is carried out. Those on files come after the summary: the next plan finds them. */
function listPosted(
  entries: readonly ComparedEntry[],
  { said }: Anchored,
  { agent, ledger, scope }: PlanInput,
): string[] {
  return [
    ...entries.flatMap(({ thread, record }) => (thread && record.state !== 'fixed' ? listIdentities(record) : [])),
    ...said.flatMap((finding) => listIdentities(toRecord(finding, agent))),
    // Deleted while this review was under way: the next one looks for it.
    ...(scope.kind === 'all' ? [] : ledger.deleted),
  ];
}

/**
 * What the repository's config leaves out is ignored by it, with the config's reason; when it is wanted again and still there, it
 * is open again.
 */
function applyPolicy(entry: ComparedEntry, { policyOf }: PlanInput): ComparedEntry {
  const { record, finding } = entry;
  const policy = policyOf(record.rule, pathOf(record));
  const write = (own: Partial<FindingRecord>): ComparedEntry => ({
    ...entry,
    changed: true,
    record: { ...record, ...own },
  });
  if (policy.off && isOpen(record)) return write({ state: 'ignored', by: CONFIG_PATH, reason: policy.reason });
  const revived = !policy.off && finding && record.state === 'ignored' && record.by === CONFIG_PATH;
  return revived ? write({ state: 'open', by: null, reason: null }) : entry;
}

/** Findings of earlier reviews that stand in the summary alone. Their files are looked at each time, so they are known in full. */
function listFolded(open: readonly ComparedEntry[]): Folded[] {
  return open.flatMap((entry): Folded[] => {
    const { thread, finding, record } = entry;
    if (thread || !finding || record.saidBy !== null) return [];
    return [{ finding, why: { code: isSuspicion(entry) ? 'SUSPECTED' : 'STANDS_IN_SUMMARY' } }];
  });
}

/** Open ones first, so that a cut loses what matters least. */
function sortOpenFirst(records: readonly FindingRecord[]): FindingRecord[] {
  return [...records].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)));
}

const MAX_TAIL = 24_000;

/** The markers at the end of a summary. What does not fit is forgotten, and found anew as a line of the summary. */
function formatTail(record: SummaryRecord, run: string): string {
  let { unplaced } = record;
  for (;;) {
    const tail = `${formatSummaryMarker({ ...record, unplaced })}\n${formatReviewMarker({ run, head: record.head })}`;
    if (tail.length <= MAX_TAIL || unplaced.length === 0) return tail;
    unplaced = unplaced.slice(0, Math.floor(unplaced.length * 0.8));
  }
}

function isSettled({ record: { state } }: ComparedEntry): boolean {
  return state === 'fixed' || state === 'ignored';
}

/** Open again: a thread that a person closed is not reopened for less. */
function isBack({ claim, record }: ComparedEntry): boolean {
  return isOpen(record) && (claim.state === 'fixed' || claim.state === 'ignored');
}

function listThreads(entries: readonly ComparedEntry[], resolved: boolean): string[] {
  return entries.flatMap(({ thread }) => (thread && thread.resolved === resolved ? [thread.id] : []));
}
