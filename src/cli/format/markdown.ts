import { renderComment } from '../../review/render-comment.ts';
import { renderSummary } from '../../review/render-summary.ts';
import type { Report } from '../report.ts';

/** The summary and every comment as they would stand on the pull request. */
export function formatMarkdown({ agent, result, seconds }: Report): string {
  const summary = renderSummary({
    findings: result.findings,
    unplaced: [],
    known: 0,
    coverage: result.coverage,
    link: () => null,
    agent,
    notes: [],
    seconds,
  });
  const comments = result.findings.map(
    (finding) => `### ${finding.path}:${finding.startLine}\n\n${renderComment(finding, '')}`,
  );
  return `${[summary, ...comments].join('\n\n')}\n`;
}
