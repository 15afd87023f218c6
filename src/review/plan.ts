import { z } from 'zod';
import { decideAnchor } from '../diff/anchor.ts';
import type { Hunk } from '../diff/patch.ts';
import { listUnreviewed } from './coverage.ts';
import { type Finding, isAtLeast, type Severity } from './finding.ts';
import { fitBody } from './markdown.ts';
import { formatReviewMarker } from './marker.ts';
import { renderComment } from './render-comment.ts';
import { renderSummary, renderVerdict } from './render-summary.ts';
import type { ReviewResult } from './review-change.ts';

const PlannedComment = z.object({
  path: z.string(),
  side: z.enum(['LEFT', 'RIGHT']),
  line: z.number().int().positive(),
  startLine: z.number().int().positive().nullable(),
  body: z.string(),
  fingerprint: z.string(),
});
export type PlannedComment = z.infer<typeof PlannedComment>;

/** Everything that will be written to GitHub, as data: saved before it is posted, so that a crash changes nothing of it. */
export const ReviewPlan = z.object({
  run: z.string(),
  head: z.string(),
  /** False: nothing new to say; only the check is written. */
  post: z.boolean(),
  body: z.string(),
  /** The body with every finding in it, for the case that GitHub refuses an inline comment. */
  foldedBody: z.string(),
  comments: z.array(PlannedComment),
  check: z.object({
    conclusion: z.enum(['success', 'neutral', 'failure']),
    title: z.string(),
    summary: z.string(),
  }),
});
export type ReviewPlan = z.infer<typeof ReviewPlan>;

export interface PlanInput {
  run: string;
  head: string;
  result: ReviewResult;
  hunks: ReadonlyMap<string, readonly Hunk[]>;
  /** Fingerprints that stand in our comments on this pull request already. */
  said: ReadonlySet<string>;
  agent: string;
  /** Address of a line at the head. */
  link: (path: string, line: number) => string;
  failAt: Severity | 'never';
  maxComments: number;
  /** Post a summary even when nothing is new: the first review, or one that a person asked for. */
  always: boolean;
  notes: readonly string[];
  seconds: number;
}

/** Decides what is written where. Pure: the same input gives the same plan. */
export function planReview(input: PlanInput): ReviewPlan {
  const { result, hunks, said } = input;
  const fresh = result.findings.filter((finding) => !said.has(finding.fingerprint));
  const comments: PlannedComment[] = [];
  const unplaced: { finding: Finding; reason: string }[] = [];
  for (const finding of fresh) {
    const anchor = decideAnchor(hunks.get(finding.path) ?? [], finding.side, finding.startLine, finding.endLine);
    if (anchor.kind === 'summary') unplaced.push({ finding, reason: 'not on a line of the diff' });
    else if (comments.length >= input.maxComments)
      unplaced.push({ finding, reason: `over ${input.maxComments} comments` });
    else {
      const cut = { ...finding, startLine: anchor.startLine ?? anchor.line, endLine: anchor.line };
      const { side, line, startLine } = anchor;
      comments.push({
        path: finding.path,
        side,
        line,
        startLine,
        body: renderComment(cut, languageOf(finding.path)),
        fingerprint: finding.fingerprint,
      });
    }
  }
  const summary = {
    ...input,
    findings: result.findings,
    coverage: result.coverage,
    known: result.findings.length - fresh.length,
  };
  const marker = formatReviewMarker({ run: input.run, head: input.head });
  const everything = fresh.map((finding) => ({ finding, reason: 'GitHub refused the inline comment' }));
  const body = renderSummary({ ...summary, unplaced });
  return {
    run: input.run,
    head: input.head,
    post: input.always || fresh.length > 0,
    body: fitBody(body, marker),
    foldedBody: fitBody(renderSummary({ ...summary, unplaced: everything }), marker),
    comments,
    check: { ...decideCheck(result, input.failAt), summary: fitBody(body, '', 60_000) },
  };
}

/** Success means: all was looked at and nothing was found. What was not reviewed is never green and never red. */
export function decideCheck(
  { findings, coverage }: ReviewResult,
  failAt: Severity | 'never',
): { conclusion: 'success' | 'neutral' | 'failure'; title: string } {
  const title = renderVerdict(findings, coverage);
  if (failAt !== 'never' && findings.some((finding) => isAtLeast(finding.severity, failAt)))
    return { conclusion: 'failure', title };
  const asked = coverage.files.filter((file) => file.status !== 'skipped');
  const missing = listUnreviewed(coverage).length > 0 || coverage.unlisted > 0;
  if (asked.length > 0 && asked.every((file) => file.status === 'clipped'))
    return { conclusion: 'neutral', title: `Not reviewed: ${asked[0]?.reason ?? 'no file could be read'}` };
  if (missing) return { conclusion: 'neutral', title: `Partly reviewed · ${title}` };
  if (asked.length === 0) return { conclusion: 'neutral', title: 'No backend file in this change' };
  if (coverage.model.status === 'failed' || coverage.model.status === 'partial')
    return { conclusion: 'neutral', title };
  return { conclusion: findings.length === 0 ? 'success' : 'neutral', title };
}

function languageOf(path: string): string {
  return path.includes('.') ? path.slice(path.lastIndexOf('.') + 1) : '';
}
