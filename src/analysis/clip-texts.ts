import type { RawFinding } from '../findings/finding.ts';
import { cutText } from '../text/cut-text.ts';

/** The longest quotation, in UTF-16 units. */
const MOST_TEXT = 4000;

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
