import { z } from 'zod';
import { type Finding, isAtLeast, type Severity } from '../findings/finding.ts';
import { describeReason } from '../render/describe-reason.ts';
import { renderVerdict, type SummaryRow } from '../render/render-summary.ts';
import { type Coverage, listUnreviewed } from '../scope/coverage.ts';
import { cutText } from '../text/cut-text.ts';

const Annotation = z.object({
  path: z.string(),
  startLine: z.number().int().positive(),
  endLine: z.number().int().positive(),
  level: z.enum(['failure', 'warning', 'notice']),
  title: z.string(),
  message: z.string(),
});
export type Annotation = z.infer<typeof Annotation>;

export const PlannedCheck = z.object({
  /** Null: it goes on. */
  conclusion: z.enum(['success', 'neutral', 'failure']).nullable(),
  title: z.string(),
  summary: z.string(),
  annotations: z.array(Annotation),
});
export type PlannedCheck = z.infer<typeof PlannedCheck>;

export interface CheckInput {
  rows: readonly SummaryRow[];
  coverage: Coverage;
  agent: string;
  failAt: Severity | 'never';
  /** What of the conversation was not read: what stands open there is not known. */
  unread: readonly string[];
  /** A person with write access let this head pass. */
  override: { by: string; reason: string } | null;
}

/** Success means: all was looked at and nothing was found. What was not reviewed is never green and never red. */
export function decideCheck({ rows, coverage, agent, failAt, unread, override }: CheckInput): {
  conclusion: 'success' | 'neutral' | 'failure';
  title: string;
} {
  const title = renderVerdict(rows, coverage, agent);
  if (override)
    return { conclusion: 'success', title: `Overridden by ${override.by}: ${cutText(override.reason, 80)} · ${title}` };
  if (failAt !== 'never' && rows.some((row) => isAtLeast(row.severity, failAt)))
    return { conclusion: 'failure', title };
  const asked = coverage.files.filter((file) => file.status !== 'skipped');
  const missing = listUnreviewed(coverage).length > 0 || coverage.unlisted > 0;
  if (asked.length > 0 && asked.every((file) => file.status === 'clipped'))
    return {
      conclusion: 'neutral',
      title: `Not reviewed: ${(asked[0] && describeReason(asked[0])) ?? 'no file could be read'}`,
    };
  if (missing) return { conclusion: 'neutral', title: `Partly reviewed · ${title}` };
  if (asked.length === 0) return { conclusion: 'neutral', title: 'No backend file in this change' };
  if (asked.every((file) => file.reasonCode === 'CREDENTIALS_ONLY'))
    return { conclusion: 'neutral', title: `Searched for credentials only · ${title}` };
  if (coverage.model.status === 'failed' || coverage.model.status === 'partial')
    return { conclusion: 'neutral', title };
  return { conclusion: rows.length === 0 && unread.length === 0 ? 'success' : 'neutral', title };
}

const LEVEL = { critical: 'failure', high: 'failure', medium: 'warning', low: 'notice' } as const;

/**
 * Annotations for what has no inline comment. GitHub shows both on the diff, so a finding with a comment would stand there
 * twice.
 */
export function decideAnnotations(findings: readonly Finding[]): Annotation[] {
  return findings
    .filter((finding) => finding.side === 'RIGHT')
    .map(({ path, startLine, endLine, severity, title, explanation, fix }) => ({
      path,
      startLine,
      endLine,
      level: LEVEL[severity],
      title: cutText(title, 255),
      message: cutText(`${explanation}${fix === null ? '' : `\n\nFix: ${fix}`}`, 4000),
    }));
}
