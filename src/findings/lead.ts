import { quoteLines } from './evidence.ts';
import type { Finding, RawFinding } from './finding.ts';

/** The most lines between the place where a value comes in and the place where it does harm: more lines hide what is meant. */
const MOST_LINES = 3;

/** Keeps the lines above that show where the value comes in, if they stand right there and in the same function. */
export function addLead(finding: RawFinding, text: string): RawFinding {
  const [first] = finding.trace;
  const above = first && first.path === undefined ? finding.startLine - first.line : 0;
  if (!first || finding.suggestion || above < 1 || above > MOST_LINES) return finding;
  const lead = quoteLines(text, first.line, finding.startLine - 1);
  // A bracket at the margin ends a function.
  return /^[})\]]/m.test(lead) ? finding : { ...finding, lead };
}

/** A finding whose lines are all that a reader must see: the source and the sink in one look. */
export function showLead({ lead, ...finding }: Finding): Finding {
  if (lead === undefined || finding.side === 'LEFT') return finding;
  const lines = lead.split('\n').length;
  return { ...finding, startLine: finding.startLine - lines, evidence: `${lead}\n${finding.evidence}` };
}
