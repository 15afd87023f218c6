import { groupSaid } from '../../findings/merge.ts';
import { renderComment } from '../../render/render-comment.ts';
import { renderSummary } from '../../render/render-summary.ts';
import { code, fence } from '../../text/markdown.ts';
import type { Report } from '../report.ts';
import { explainModel } from './explain-model.ts';

/** The summary and every comment as they would stand on the pull request. */
export function formatMarkdown({ agent, result, seconds }: Report, explain = false): string {
  const { said, suspected } = groupSaid(result.findings);
  const summary = renderSummary({
    rows: said.map(({ severity, title, path, startLine: line }) => ({
      severity,
      title,
      path,
      line,
      url: null,
      note: null,
    })),
    standing: 0,
    unplaced: suspected.map((finding) => ({ finding, why: { code: 'SUSPECTED' } })),
    entries: [],
    scope: null,
    paused: null,
    overrides: [],
    coverage: result.coverage,
    link: () => null,
    agent,
    agents: [agent],
    commands: true,
    notes: [],
    seconds,
  });
  const comments = said.map(
    (finding) => `### ${code(`${finding.path}:${finding.startLine}`)}\n\n${renderComment(finding, '', agent)}`,
  );
  const told = explain
    ? [`### How Claude judged\n\n${fence(explainModel(result.coverage.model).join('\n'), 'text')}`]
    : [];
  return `${[summary, ...comments, ...told].join('\n\n')}\n`;
}
