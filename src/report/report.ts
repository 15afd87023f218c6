import { z } from 'zod';
import { Finding } from '../findings/finding.ts';
import { showLead } from '../findings/lead.ts';
import { groupPlaces } from '../findings/merge.ts';
import { ShownRequest } from '../findings/shown-request.ts';
import type { ReviewResult } from '../pipeline/review-change.ts';
import { describeReason } from '../render/describe-reason.ts';
import { explainFinding } from '../render/explain-finding.ts';
import { renderSent } from '../render/render-request.ts';
import { FileCoverage, ModelCoverage } from '../scope/coverage.ts';
import { VERSION } from '../version.ts';
import { type Below, seenFrom } from './seen-from.ts';

export interface Report {
  agent: string;
  base: string | null;
  head: string | null;
  /** Which config of the repository counted; null: the defaults. */
  config?: string | null;
  /** What is told beside the result. */
  notes?: readonly string[];
  /** The folder below which the paths are; unset: where the command was given. */
  below?: Below;
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
  trace: z.array(z.object({ path: z.string(), line: z.number().int(), text: z.string() })).optional(),
  request: ShownRequest.and(z.object({ text: z.string().describe('To be typed into a shell; of a message its body') }))
    .optional()
    .describe('What a person can send to see it; nothing of it was sent'),
  alsoAt: z.array(z.object({ path: z.string(), startLine: z.number().int(), endLine: z.number().int() })).optional(),
  listedBy: z
    .string()
    .optional()
    .describe('Fingerprint of the finding whose comment says this one as well, under its alsoAt'),
});

const PublicFile = FileCoverage.omit({ detail: true }).extend({
  /** What `reasonCode` says, for people. */
  reason: z.string().nullable(),
});

/** schemaVersion 1 of the public contract. */
export const PublicReport = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('backend-dev'), version: z.string() }),
  agent: z.string(),
  base: z.string().nullable(),
  head: z.string().nullable(),
  findings: z.array(PublicFinding),
  coverage: z.object({ files: z.array(PublicFile), model: ModelCoverage }),
});
export type PublicReport = z.infer<typeof PublicReport>;

/** Whoever reads it as a program opens each path from where the command was given. */
export function toPublicReport({ agent, base, head, below, result }: Report): PublicReport {
  const { files, model } = result.coverage;
  const seen = <Place extends { path: string }>(place: Place): Place => ({
    ...place,
    path: seenFrom(below, place.path),
  });
  const findings = listAsSaid(result.findings).map((one) => ({
    ...seen(one),
    ...(one.trace && { trace: one.trace.map(seen) }),
    ...(one.alsoAt && { alsoAt: one.alsoAt.map(seen) }),
  }));
  return {
    schemaVersion: 1,
    tool: { name: 'backend-dev', version: VERSION },
    agent,
    base,
    head,
    findings,
    coverage: { files: files.map(toPublicFile).map(seen), model },
  };
}

function toPublicFile(file: FileCoverage): z.infer<typeof PublicFile> {
  const { path, status, reasonCode, analysers } = file;
  return { path, status, reason: describeReason(file), reasonCode, analysers };
}

/** One entry a place, since each line counts for a program; and which of them a comment says together. */
function listAsSaid(findings: readonly Finding[]): z.infer<typeof PublicFinding>[] {
  const keyOf = (path: string, fingerprint: string): string => `${path}\0${fingerprint}`;
  const said = new Map(groupPlaces(findings).map((one) => [keyOf(one.path, one.fingerprint), one]));
  const listedBy = new Map(
    [...said.values()].flatMap(({ path, fingerprint, alsoAt }) =>
      alsoAt.map((other) => [keyOf(other.path ?? path, other.fingerprint), fingerprint] as const),
    ),
  );
  return findings.map((finding) => {
    const key = keyOf(finding.path, finding.fingerprint);
    const by = said.has(key) ? undefined : (finding.listedBy ?? listedBy.get(key));
    return { ...toPublicFinding(said.get(key) ?? showLead(finding)), ...(by !== undefined && { listedBy: by }) };
  });
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
    fix,
    evidence,
    pasted = [],
    suggestion,
    source,
    fingerprint,
    trace,
    request,
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
    explanation: explainFinding(finding),
    fix,
    evidence,
    pasted,
    suggestion,
    source,
    fingerprint,
    ...(trace.length > 0 && {
      trace: trace.map((step) => ({ path: step.path ?? path, line: step.line, text: step.text })),
    }),
    ...(request && { request: { ...request, text: renderSent(request) } }),
    ...(alsoAt.length > 0 && {
      alsoAt: alsoAt.map((one) => ({ path: one.path ?? path, startLine: one.line, endLine: one.line })),
    }),
  };
}
