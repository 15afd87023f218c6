import { z } from 'zod';
import { type Finding, isAtLeast, type Severity } from '../findings/finding.ts';
import { type CheckReason, renderCheckTitle } from '../render/render-check-title.ts';
import { renderVerdict } from '../render/render-summary.ts';
import type { SummaryRow } from '../render/summary-row.ts';
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
  /** How many are only suspected: they are counted in the title, and decide nothing. */
  suspected: number;
  coverage: Coverage;
  agent: string;
  failAt: Severity | 'never';
  /** What of the conversation was not read: what stands open there is not known. */
  unread: readonly string[];
  /** A person with write access let this head pass. */
  override: { by: string; reason: string } | null;
}

/** Success means: all was looked at and nothing was found. What was not reviewed is never green and never red. */
export function decideCheck(input: CheckInput): { conclusion: 'success' | 'neutral' | 'failure'; title: string } {
  const { rows, suspected, coverage, agent } = input;
  const { conclusion, why } = decideConclusion(input);
  return { conclusion, title: renderCheckTitle(why, renderVerdict(rows, coverage, agent, suspected)) };
}

function decideConclusion({ rows, coverage, failAt, unread, override }: CheckInput): {
  conclusion: 'success' | 'neutral' | 'failure';
  why: CheckReason;
} {
  if (override) return { conclusion: 'success', why: { code: 'OVERRIDDEN', ...override } };
  if (failAt !== 'never' && rows.some((row) => isAtLeast(row.severity, failAt)))
    return { conclusion: 'failure', why: { code: 'VERDICT' } };
  const asked = coverage.files.filter((file) => file.status !== 'skipped');
  const missing = listUnreviewed(coverage).length > 0 || coverage.unlisted > 0;
  if (asked.length > 0 && asked.every((file) => file.status === 'clipped'))
    return { conclusion: 'neutral', why: { code: 'NOT_REVIEWED', file: asked[0] ?? null } };
  if (missing) return { conclusion: 'neutral', why: { code: 'PARTLY_REVIEWED' } };
  if (asked.length === 0) return { conclusion: 'neutral', why: { code: 'NO_BACKEND_FILE' } };
  if (asked.every((file) => file.reasonCode === 'CREDENTIALS_ONLY'))
    return { conclusion: 'neutral', why: { code: 'CREDENTIALS_ONLY' } };
  const isWhole = coverage.model.status !== 'failed' && coverage.model.status !== 'partial';
  const isClean = isWhole && rows.length === 0 && unread.length === 0;
  return { conclusion: isClean ? 'success' : 'neutral', why: { code: 'VERDICT' } };
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
