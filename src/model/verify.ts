import { quoteLines } from '../analysis/evidence.ts';
import type { Finding, RawFinding } from '../review/finding.ts';
import type { SelectedFile } from '../review/review-change.ts';
import { isMasked } from '../secrets/masked-text.ts';
import type { Answer } from './answer.ts';
import { nameKnown } from './prompt.ts';
import { sanitiseModelText } from './sanitise.ts';

export interface Verified {
  findings: RawFinding[];
  refuted: { finding: Finding; reason: string }[];
  /** Findings without real evidence, counted and never shown. */
  dropped: number;
}

/**
 * Keeps what is proven by the file itself: the path is one that was shown, the lines exist, and the quote stands there. A quote
 * that stands exactly once elsewhere in the file moves the finding to it; any other drops it.
 */
export function verifyAnswer(answer: Answer, files: readonly SelectedFile[], known: readonly Finding[]): Verified {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const findings = answer.findings.flatMap((finding) => {
    const file = byPath.get(finding.path);
    const place = file && locate(file, finding);
    return file && place ? [toRawFinding(finding, file, place)] : [];
  });
  const ids = new Map(known.map((finding, index) => [nameKnown(index), finding]));
  const refuted = answer.verdicts.flatMap(({ id, verdict, reason }) => {
    const finding = ids.get(id);
    if (verdict !== 'refuted' || !finding || reason.trim() === '') return [];
    return [{ finding, reason: sanitiseModelText(reason, 400) }];
  });
  return { findings, refuted, dropped: answer.findings.length - findings.length };
}

type ModelFinding = Answer['findings'][number];

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

function locate(
  file: SelectedFile,
  { startLine, endLine, quote }: ModelFinding,
): { startLine: number; endLine: number; moved: boolean } | null {
  const lines = file.text.split('\n').map((line) => squeeze(line));
  const wanted = quote
    .split('\n')
    .map((line) => squeeze(line.replace(/^[+\- ]?\s*\d+ \| /, '')))
    .filter((line) => line !== '');
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
    !/[\u202A-\u202E\u2066-\u2069]/.test(replacement) &&
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
    title: sanitiseModelText(finding.title, 90).replace(/[*_\n]/g, ' '),
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
