import { quoteLines } from '../analysis/evidence.ts';
import { listRuns } from '../diff/runs.ts';
import type { Finding, JudgedFinding, RawFinding } from '../review/finding.ts';
import { squeeze } from '../review/fingerprint.ts';
import { hasInvisible } from '../review/invisible.ts';
import type { SelectedFile } from '../review/review-change.ts';
import { isMasked } from '../secrets/masked-text.ts';
import type { Answer } from './answer.ts';
import { nameKnown } from './prompt.ts';
import { sanitiseModelText, sanitiseModelTitle } from './sanitise.ts';

export interface Verified {
  findings: JudgedFinding[];
  refuted: { finding: Finding; reason: string }[];
  /** Findings without real evidence, by reason: counted and never shown. */
  dropped: Record<string, number>;
}

/**
 * Keeps what is proven by the file itself: the path is one that was shown, the lines exist, and the quote stands there, in the
 * file or among the lines that the change removed. A quote that stands exactly once elsewhere in the file moves the finding to
 * it; any other drops it.
 */
export function verifyAnswer(answer: Answer, files: readonly SelectedFile[], known: readonly Finding[]): Verified {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const dropped: Record<string, number> = {};
  const drop = (reason: string): [] => {
    dropped[reason] = (dropped[reason] ?? 0) + 1;
    return [];
  };
  const findings = answer.findings.flatMap((finding): JudgedFinding[] => {
    const file = byPath.get(finding.path);
    if (!file) return drop('of a file that was not shown');
    const place = locate(file, finding);
    if (place) return [toRawFinding(finding, file, place)];
    const removed = locateRemoved(file, finding);
    return removed
      ? [{ ...toRawFinding(finding, file, { ...removed, moved: true }), ...removed }]
      : drop('its quote is not in the file');
  });
  const ids = new Map(known.map((finding, index) => [nameKnown(index), finding]));
  const refuted = answer.verdicts.flatMap(({ id, verdict, reason }) => {
    const finding = ids.get(id);
    if (verdict !== 'refuted' || !finding || reason.trim() === '') return [];
    return [{ finding, reason: sanitiseModelText(reason, 400) }];
  });
  return { findings, refuted, dropped };
}

type ModelFinding = Answer['findings'][number];

/** The lines of a quote, without the numbers and marks that the prompt puts before them. */
function readQuote(quote: string): string[] {
  return quote
    .split('\n')
    .map((line) => squeeze(line.replace(/^[+\-~ ]?\s*\d+ \| /, '')))
    .filter((line) => line !== '');
}

function locate(
  file: SelectedFile,
  { startLine, endLine, quote }: ModelFinding,
): { startLine: number; endLine: number; moved: boolean } | null {
  const lines = file.text.split('\n').map((line) => squeeze(line));
  const wanted = readQuote(quote);
  const [first = ''] = wanted;
  if (first.length < 3 || wanted.length > 20) return null;
  const starts = lines.flatMap((_, index) => (matchesAt(lines, index, wanted) ? [index + 1] : []));
  const inside = starts.find((line) => line >= startLine && line <= Math.max(startLine, endLine));
  if (inside !== undefined && endLine >= startLine && endLine <= lines.length && endLine - startLine < 60)
    return { startLine, endLine, moved: false };
  const [only, ...others] = starts;
  if (only === undefined || others.length > 0) return null;
  return { startLine: only, endLine: only + wanted.length - 1, moved: true };
}

/** The quote among lines that were removed together; null where it is not there, or more than once. */
function locateRemoved(
  { hunks }: SelectedFile,
  { quote }: ModelFinding,
): { side: 'LEFT'; startLine: number; endLine: number; evidence: string } | null {
  const wanted = readQuote(quote);
  const [first = ''] = wanted;
  if (first.length < 3 || wanted.length > 20) return null;
  const places = listRuns(hunks ?? []).flatMap(({ removed }) => {
    const full = removed.filter((line) => line.text.trim() !== '');
    const lines = full.map((line) => squeeze(line.text));
    return lines.flatMap((_, index) =>
      matchesAt(lines, index, wanted) ? [full.slice(index, index + wanted.length)] : [],
    );
  });
  const [only, ...others] = places;
  const [start, end] = [only?.[0]?.oldLine, only?.at(-1)?.oldLine];
  if (!only || !start || !end || others.length > 0) return null;
  return { side: 'LEFT', startLine: start, endLine: end, evidence: only.map((line) => line.text).join('\n') };
}

function matchesAt(lines: readonly string[], index: number, wanted: readonly string[]): boolean {
  return wanted.every((text, offset) => (lines[index + offset] ?? '').includes(text));
}

function toRawFinding(
  finding: ModelFinding,
  file: SelectedFile,
  place: { startLine: number; endLine: number; moved: boolean },
): RawFinding {
  const { startLine, endLine } = place;
  const replacement = place.moved ? null : finding.replacement;
  const clean =
    replacement !== null &&
    !hasInvisible(replacement) &&
    replacement !== quoteLines(file.text, startLine, endLine, 60) &&
    // It would commit the mask, or take a line with a credential out of sight.
    !isMasked(replacement + quoteLines(file.text, startLine, endLine, 60))
      ? replacement
      : null;
  return {
    ruleId: `model-${finding.principle.slice(finding.principle.indexOf('/') + 1)}`,
    principle: finding.principle,
    cwe: finding.cwe.filter((cwe) => /^CWE-\d{1,4}$/.test(cwe)).slice(0, 3),
    severity: finding.severity,
    confidence: finding.confidence,
    path: finding.path,
    startLine,
    endLine,
    title: sanitiseModelTitle(finding.title, 90),
    explanation: sanitiseModelText(finding.explanation, 700),
    fix: sanitiseModelText(finding.fix, 1200),
    evidence: quoteLines(file.text, startLine, endLine),
    snippet: finding.quote,
    phrases: [],
    suggestion: clean === null ? null : { startLine, endLine, replacement: clean },
    source: 'model',
    symbol: '',
    trace: [],
    why: '',
    falseAlarm: '',
    references: [],
  };
}
