import { type Coverage, type FileCoverage, listUnreviewed } from './coverage.ts';
import type { Finding } from './finding.ts';
import { code, escapeMarkdown, SEVERITY_MARK } from './markdown.ts';
import { countSeverities } from './merge.ts';

export interface SummaryInput {
  findings: readonly Finding[];
  /** Findings that stand in no inline comment, and why. */
  unplaced: readonly { finding: Finding; reason: string }[];
  /** Said in an earlier review and still there. */
  known: number;
  coverage: Coverage;
  /** Address of a file's line at the head, or null without GitHub. */
  link: (path: string, line: number) => string | null;
  agent: string;
  notes: readonly string[];
  seconds: number | null;
}

/** The verdict in one line, as it is read in a notification. */
export function renderVerdict(findings: readonly Finding[], coverage: Coverage): string {
  const counts = countSeverities(findings);
  const found =
    findings.length === 0 ? 'No findings' : `${findings.length} finding${findings.length === 1 ? '' : 's'}: ${counts}`;
  return [found, describeFiles(coverage), describeModel(coverage)].join(' · ');
}

function describeFiles(coverage: Coverage): string {
  const asked = coverage.files.filter((file) => file.status !== 'skipped');
  const reviewed = asked.filter((file) => file.status === 'reviewed');
  const rest =
    coverage.unlisted > 0 ? `, at least ${coverage.unlisted} more files not listed by GitHub and not reviewed` : '';
  if (asked.length === 0) return `no backend file in this change${rest}`;
  return `${reviewed.length} of ${asked.length} backend file${asked.length === 1 ? '' : 's'} reviewed${rest}`;
}

function describeModel({ model }: Coverage): string {
  return { off: 'model off', complete: 'model complete', partial: 'model partial', failed: 'model failed' }[
    model.status
  ];
}

export function renderSummary(input: SummaryInput): string {
  const { findings, coverage } = input;
  const blocks = [
    `**${renderVerdict(findings, coverage)}**`,
    findings.length > 0 ? renderTable(findings, input.link) : '',
    ...input.notes,
    input.known > 0
      ? `${input.known} finding${input.known === 1 ? ' of an earlier review is' : 's of earlier reviews are'} still there and not repeated.`
      : '',
    renderUnplaced(input.unplaced, input.link),
    renderUnreviewed(coverage),
    renderSkipped(coverage.files),
    renderFacts(input),
    renderCommands(input.agent),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function renderTable(findings: readonly Finding[], link: SummaryInput['link']): string {
  const rows = findings.slice(0, 50).map((finding) => {
    const place = `${finding.path}:${finding.startLine}`;
    const url = finding.side === 'RIGHT' ? link(finding.path, finding.startLine) : null;
    return `| ${SEVERITY_MARK[finding.severity]} ${finding.severity} | ${escapeMarkdown(finding.title)} | ${url ? `[${escapeMarkdown(place)}](${url})` : code(place)} |`;
  });
  return ['| severity | finding | place |', '| --- | --- | --- |', ...rows].join('\n');
}

function renderUnplaced(unplaced: SummaryInput['unplaced'], link: SummaryInput['link']): string {
  if (unplaced.length === 0) return '';
  const items = unplaced.map(({ finding, reason }) => {
    const url = link(finding.path, finding.startLine);
    const place = escapeMarkdown(`${finding.path}:${finding.startLine}`);
    return `- ${SEVERITY_MARK[finding.severity]} **${finding.title}** · ${url ? `[${place}](${url})` : place} · ${reason}\n  ${finding.explanation}${finding.fix ? ` **Fix:** ${finding.fix}` : ''}`;
  });
  return fold(`${unplaced.length} without an inline comment`, items.join('\n'));
}

function renderUnreviewed(coverage: Coverage): string {
  const lines = listUnreviewed(coverage).map(
    (file) => `- ${code(file.path)}: ${escapeMarkdown(file.reason ?? 'not reviewed')}`,
  );
  if (coverage.unlisted > 0) lines.push(`- at least ${coverage.unlisted} files that GitHub did not list`);
  const { model } = coverage;
  if (model.status !== 'complete' && model.reason) lines.push(`- model review: ${escapeMarkdown(model.reason)}`);
  return lines.length === 0 ? '' : `**Not reviewed**\n\n${lines.slice(0, 100).join('\n')}`;
}

function renderSkipped(files: readonly FileCoverage[]): string {
  const skipped = Map.groupBy(
    files.filter((file) => file.status === 'skipped'),
    (file) => file.reason ?? 'skipped',
  );
  if (skipped.size === 0) return '';
  const lines = [...skipped].map(([reason, list]) => {
    const names = list
      .slice(0, 20)
      .map((file) => code(file.path))
      .join(', ');
    return `- ${escapeMarkdown(reason)}: ${names}${list.length > 20 ? ` and ${list.length - 20} more` : ''}`;
  });
  const count = files.filter((file) => file.status === 'skipped').length;
  return fold(`${count} file${count === 1 ? '' : 's'} left out by kind`, lines.join('\n'));
}

function renderFacts({ coverage, seconds }: SummaryInput): string {
  const { usage } = coverage.model;
  const time = seconds === null ? [] : [`${seconds.toFixed(1)} s`];
  const tokens = usage.inputTokens + usage.cacheReadTokens + usage.outputTokens;
  const cost = tokens > 0 ? [`${tokens} tokens`, `$${usage.costUsd.toFixed(4)}`] : [];
  const facts = [...time, ...cost];
  return facts.length === 0 ? '' : `<sub>${facts.join(' · ')}</sub>`;
}

function renderCommands(agent: string): string {
  return fold(
    'Commands',
    `- ${code(`/${agent} review`)} reviews again\n- ${code(`/${agent} help`)} lists what can be asked`,
  );
}

function fold(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}
