import { groupSaid } from '../../findings/merge.ts';
import { renderComment } from '../../render/render-comment.ts';
import { renderSummary } from '../../render/render-summary.ts';
import { code, fence } from '../../text/markdown.ts';
import type { Report } from '../report.ts';
import { explainModel } from './explain-model.ts';

/** The summary as it would stand on the pull request, without links and without commands, which nobody answers here. */
export function formatSummary({ agent, result, seconds }: Report): string {
  const { said, suspected } = groupSaid(result.findings);
  return renderSummary({
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
    commands: false,
    notes: [],
    seconds,
    spent: null,
  });
}

/** The summary and every comment as they would stand on the pull request, but for what only the App can answer. */
export function formatMarkdown(report: Report, explain = false): string {
  const { agent, result } = report;
  const comments = groupSaid(result.findings).said.map(
    (finding) =>
      `### ${code(`${finding.path}:${finding.startLine}`)}\n\n${renderComment(finding, '', agent, { commands: false })}`,
  );
  const told = explain
    ? [`### How Claude judged\n\n${fence(explainModel(result.coverage.model).join('\n'), 'text')}`]
    : [];
  return `${[formatSummary(report), ...comments, ...told].join('\n\n')}\n`;
}
