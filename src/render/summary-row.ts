import { type Finding, isAtLeast, type Severity } from '../findings/finding.ts';
import type { ComparedEntry } from '../ledger/compare-with-ledger.ts';
import type { Thread } from '../ledger/conversation.ts';
import { pathOf } from '../ledger/ledger.ts';
import type { FindingRecord } from '../ledger/marker.ts';
import { cutText } from '../text/cut-text.ts';

/** One open finding as the table shows it. */
export interface SummaryRow {
  severity: Severity;
  title: string;
  path: string;
  line: number;
  /** Its comment, or its line at the head; null on the removed side. */
  url: string | null;
  note: string | null;
}

interface RowInput {
  /** Who reviews. */
  agent: string;
  /** Address of a line at the head. */
  link: (path: string, line: number) => string;
}

/** Of what was said before and stands open. */
export function toRow({ record, thread, finding }: ComparedEntry, { agent, link }: RowInput): SummaryRow {
  const path = finding?.path ?? pathOf(record);
  const line = finding?.startLine ?? thread?.startLine ?? thread?.line ?? record.line;
  const by = record.agent === agent ? null : `found by ${record.agent}`;
  const url = thread?.first.url ?? (record.side === 'RIGHT' ? link(path, line) : null);
  return {
    severity: record.severity,
    title: record.title,
    path,
    line,
    url,
    note: joinNotes(describeState(record), by, describeDoubt(record)),
  };
}

/** The summary has a line for it; the whole reason stands at the finding. */
function describeDoubt({ doubt }: Pick<Finding, 'doubt'>): string | null {
  return doubt === null ? null : `Claude doubts this: ${cutText(doubt, 160, '…')}`;
}

function joinNotes(...notes: readonly (string | null)[]): string | null {
  return notes.filter((one) => one !== null).join(', ') || null;
}

function describeState({ state, by, saidBy }: FindingRecord): string | null {
  if (state === 'regressed') return 'back again';
  if (state === 'disputed') return `disputed by ${by ?? 'someone'}`;
  return saidBy === null ? null : `said by ${saidBy}`;
}

/** Of what is said now. */
export function toFreshRow(finding: Finding, { link }: Pick<RowInput, 'link'>): SummaryRow {
  const { severity, title, path, startLine: line } = finding;
  const url = finding.side === 'RIGHT' ? link(path, line) : null;
  return { severity, title, path, line, url, note: describeDoubt(finding) };
}

/** Of what somebody else has said on the same lines. */
export function toReportedRow({ finding, thread }: { finding: Finding; thread: Thread }): SummaryRow {
  const { severity, title, path, startLine: line } = finding;
  return {
    severity,
    title,
    path,
    line,
    url: thread.first.url,
    note: joinNotes(`said by ${thread.first.author}`, describeDoubt(finding)),
  };
}

/** The most severe first, then by place. */
export function compareRows(a: SummaryRow, b: SummaryRow): number {
  if (a.severity !== b.severity) return isAtLeast(a.severity, b.severity) ? -1 : 1;
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line;
}
