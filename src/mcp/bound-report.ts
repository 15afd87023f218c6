import { z } from 'zod';
import type { Finding } from '../findings/finding.ts';
import { PublicReport, type Report, toPublicFinding, toPublicReport } from '../report/report.ts';
import { isWhole } from '../scope/coverage.ts';
import { cutText } from '../text/cut-text.ts';
import { escapeInvisible, hasInvisible } from '../text/invisible.ts';

/** Our JSON result with two fields that say what a shortened result leaves out. */
export const BoundedReport = PublicReport.extend({
  complete: z.boolean().describe('Everything that was asked for was looked at; false: the text says what was not'),
  leftOut: z.array(z.string()).describe('What there is and this answer does not show'),
});
export type BoundedReport = z.infer<typeof BoundedReport>;

/**
 * Coding agents cut answers of tools at some 25,000 tokens (Claude Code, MAX_MCP_OUTPUT_TOKENS): an answer that we cut says what is
 * missing. In characters.
 */
const MOST_OF_FINDINGS = 40_000;
const MOST_OF_FILES = 12_000;
const MOST_OF_STEPS = 6_000;
const MOST_TEXT = 1500;
const MOST_PLACES = 20;

/**
 * A result of a size that a coding agent can read, the most severe first. It has nothing in it that people do not see: what a
 * stranger hid in code or names must not reach a model through us.
 *
 * @param most findings
 */
export function boundReport(report: Report, most: number): { bounded: BoundedReport; shown: Finding[] } {
  const { findings, coverage } = report.result;
  const short = findings.slice(0, most).map(shorten);
  const shown = takeUpTo(short, MOST_OF_FINDINGS, toPublicFinding);
  // What was not fully looked at is what the reader must know of first.
  const order = ['clipped', 'reviewed', 'skipped'];
  const files = [...coverage.files].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const listed = takeUpTo(files, MOST_OF_FILES).map(escapeAll);
  const { steps = [], ...model } = coverage.model;
  const told = takeUpTo(steps, MOST_OF_STEPS).map(escapeAll);
  const cut = findings.slice(0, shown.length).filter((one, index) => isCut(shown[index] ?? one, one)).length;
  const leftOut = [
    count(
      findings.length - shown.length,
      'finding',
      'the least severe; ask again when these are fixed, or raise `limit`',
    ),
    count(cut, 'finding', 'with long texts or lists, which were cut'),
    count(files.length - listed.length, 'file', 'of the coverage'),
    count(steps.length - told.length, 'step', 'of the model review'),
  ].filter((line) => line !== '');
  const result = {
    findings: shown,
    coverage: { ...coverage, files: listed, model: escapeAll({ ...model, steps: told }) },
  };
  const bounded = { ...toPublicReport({ ...report, result }), complete: isWhole(coverage), leftOut };
  return { bounded, shown };
}

function takeUpTo<T>(items: readonly T[], characters: number, show: (item: T) => unknown = (item) => item): T[] {
  let size = 0;
  const taken: T[] = [];
  for (const item of items) {
    size += JSON.stringify(show(item)).length;
    if (size > characters) break;
    taken.push(item);
  }
  return taken;
}

function shorten(finding: Finding): Finding {
  const { suggestion } = finding;
  // A replacement is applied as it is, or not at all.
  const isUsable = suggestion && suggestion.replacement.length <= MOST_TEXT && !hasInvisible(suggestion.replacement);
  // Cut before anything else is done with it: a line may have a megabyte.
  const cut = (text: string): string => cutText(escapeInvisible(cutText(text, MOST_TEXT)), MOST_TEXT - 1, '…');
  return {
    ...finding,
    path: escapeInvisible(finding.path),
    title: cut(finding.title),
    explanation: cut(finding.explanation),
    fix: finding.fix === null ? null : cut(finding.fix),
    evidence: cut(finding.evidence),
    pasted: escapeAll((finding.pasted ?? []).slice(0, MOST_PLACES)),
    alsoAt: escapeAll(finding.alsoAt.slice(0, MOST_PLACES)),
    trace: escapeAll(
      finding.trace.slice(0, MOST_PLACES).map((step) => ({ ...step, text: cutText(step.text, 300, '…') })),
    ),
    suggestion: isUsable ? suggestion : null,
  };
}

function isCut(short: Finding, finding: Finding): boolean {
  return (
    [finding.title, finding.explanation, finding.fix, finding.evidence].some(
      (text) => (text?.length ?? 0) >= MOST_TEXT,
    ) ||
    (short.suggestion === null && finding.suggestion !== null) ||
    Math.max(finding.alsoAt.length, finding.pasted?.length ?? 0) > MOST_PLACES
  );
}

function count(number: number, what: string, which: string): string {
  return number === 0 ? '' : `${number} ${what}${number === 1 ? '' : 's'}: ${which}`;
}

/** Every text in a value, with what is invisible made visible. */
export function escapeAll<T>(value: T): T {
  if (typeof value === 'string') return escapeInvisible(value) as T;
  if (Array.isArray(value)) return value.map(escapeAll) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [escapeInvisible(key), escapeAll(one)])) as T;
}
