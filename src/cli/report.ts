import type { Finding } from '../review/finding.ts';
import type { ReviewResult } from '../review/review-change.ts';

export interface Report {
  agent: string;
  base: string | null;
  head: string | null;
  result: ReviewResult;
  seconds: number;
}

/** A finding with the fields of the public contract and no others. */
export function toPublicFinding(finding: Finding) {
  const {
    ruleId,
    principle,
    cwe,
    severity,
    confidence,
    path,
    side,
    startLine,
    endLine,
    title,
    explanation,
    fix,
    evidence,
    pasted = [],
    suggestion,
    source,
    fingerprint,
    alsoAt,
  } = finding;
  return {
    ruleId,
    principle,
    cwe,
    severity,
    confidence,
    path,
    side,
    startLine,
    endLine,
    title,
    explanation,
    fix,
    evidence,
    pasted,
    suggestion,
    source,
    fingerprint,
    ...(alsoAt.length > 0 && {
      alsoAt: alsoAt.map((one) => ({ path: one.path ?? path, startLine: one.line, endLine: one.line })),
    }),
  };
}
