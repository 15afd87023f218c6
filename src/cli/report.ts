import { z } from 'zod';
import { FileCoverage, ModelCoverage } from '../review/coverage.ts';
import { Finding } from '../review/finding.ts';
import type { ReviewResult } from '../review/review-change.ts';
import { VERSION } from '../version.ts';

export interface Report {
  agent: string;
  base: string | null;
  head: string | null;
  /** Which config of the repository counted; null: the defaults. */
  config?: string | null;
  /** What is told beside the result. */
  notes?: readonly string[];
  result: ReviewResult;
  seconds: number;
}

const PublicFinding = Finding.pick({
  ruleId: true,
  principle: true,
  cwe: true,
  severity: true,
  confidence: true,
  path: true,
  side: true,
  startLine: true,
  endLine: true,
  title: true,
  explanation: true,
  fix: true,
  evidence: true,
  suggestion: true,
  source: true,
  fingerprint: true,
}).extend({
  pasted: Finding.shape.pasted.unwrap(),
  alsoAt: z.array(z.object({ path: z.string(), startLine: z.number().int(), endLine: z.number().int() })).optional(),
});

/** schemaVersion 1 of the public contract. */
export const PublicReport = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('backend-dev'), version: z.string() }),
  agent: z.string(),
  base: z.string().nullable(),
  head: z.string().nullable(),
  findings: z.array(PublicFinding),
  coverage: z.object({ files: z.array(FileCoverage), model: ModelCoverage }),
});
export type PublicReport = z.infer<typeof PublicReport>;

export function toPublicReport({ agent, base, head, result }: Report): PublicReport {
  const { files, model } = result.coverage;
  return {
    schemaVersion: 1,
    tool: { name: 'backend-dev', version: VERSION },
    agent,
    base,
    head,
    findings: result.findings.map(toPublicFinding),
    coverage: { files, model },
  };
}

/** A finding with the fields of the public contract and no others. */
export function toPublicFinding(finding: Finding): z.infer<typeof PublicFinding> {
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
