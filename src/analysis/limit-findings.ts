import { type Hunk, listChangedLines } from '../diff/patch.ts';
import { compareFindings, type RawFinding } from '../findings/finding.ts';
import { cutText } from '../text/cut-text.ts';

/** Of one analyser in one file. Nobody reads more, and each costs work and memory at every later step. */
const MOST = 200;
/** Characters of a quotation, in UTF-16 units. */
const MOST_TEXT = 4000;

/** What is kept of very many findings: those on changed lines first, then the most severe; in their old order. */
export function pickFindings(
  findings: readonly RawFinding[],
  hunks: readonly Hunk[] | null,
): { findings: RawFinding[]; left: number } {
  if (findings.length <= MOST) return { findings: [...findings], left: 0 };
  const added = new Set(hunks ? listChangedLines(hunks).added : []);
  const isTouched = ({ startLine, endLine, trace }: RawFinding): number =>
    Number(added.has(startLine) || added.has(endLine) || trace.some((step) => added.has(step.line)));
  const first = [...findings]
    .map((finding) => ({ finding, touched: isTouched(finding) }))
    .sort((a, b) => b.touched - a.touched || compareFindings(a.finding, b.finding))
    .slice(0, MOST);
  const kept = new Set(first.map((one) => one.finding));
  return { findings: findings.filter((finding) => kept.has(finding)), left: findings.length - MOST };
}

/** A statement of a megabyte on one line is quoted in part. Credentials must be masked before: a half is not recognised. */
export function clipTexts(finding: RawFinding): RawFinding {
  return {
    ...finding,
    title: clip(finding.title),
    explanation: clip(finding.explanation),
    evidence: clip(finding.evidence),
    snippet: clip(finding.snippet),
    trace: finding.trace.slice(0, 50).map((step) => ({ ...step, text: clip(step.text) })),
  };
}

function clip(text: string): string {
  return cutText(text, MOST_TEXT);
}
