import type { Finding } from '../findings/finding.ts';
import { groupSaid } from '../findings/merge.ts';
import { renderComment } from '../render/render-comment.ts';
import { stripStatus } from '../render/render-status.ts';
import { formatSummary } from '../report/format/markdown.ts';
import { code } from '../text/markdown.ts';
import type { JobResult } from './job-result.ts';

/** GitHub takes 1 MiB of Markdown from a step, and nothing of a longer one. Source: docs.github.com, "Adding a job summary". */
const MOST_BYTES = 1024 * 1024 - 4096;

/** The summary of a job: what was found and, where nobody reads it elsewhere, each finding in full, as many as fit. */
export function renderJobSummary({ title, report, notes, summary, inFull }: JobResult): string {
  const body = summary ?? (report ? formatSummary(report) : '');
  const head = ['### backend-dev', ...notes, body === '' ? title : body].join('\n\n');
  const findings = report && inFull ? groupSaid(report.result.findings).said : [];
  const blocks = fitBlocks(
    findings.map((finding) => renderFinding(finding, report?.agent ?? '')),
    MOST_BYTES - Buffer.byteLength(head),
  );
  const left = findings.length - blocks.length;
  return [head, ...blocks, ...(left === 0 ? [] : [`*${left} more do not fit here; the SARIF file has all.*`])].join(
    '\n\n',
  );
}

function renderFinding(finding: Finding, agent: string): string {
  const place = code(`${finding.path}:${finding.startLine}${finding.side === 'LEFT' ? ' (removed)' : ''}`);
  return `#### ${place}\n\n${stripStatus(renderComment(finding, '', agent, { on: 'file', commands: false }))}`;
}

function fitBlocks(blocks: readonly string[], most: number): string[] {
  let left = most;
  const end = blocks.findIndex((block) => {
    left -= Buffer.byteLength(block) + 2;
    return left < 0;
  });
  return end === -1 ? [...blocks] : blocks.slice(0, end);
}
