import { createHash } from 'node:crypto';
import { type Finding, isSuspected, type Severity } from '../../findings/finding.ts';
import { describeReason } from '../../render/describe-reason.ts';
import { explainFinding } from '../../render/explain-finding.ts';
import { listUnreviewed } from '../../scope/coverage.ts';
import { escapeInvisibleInJson } from '../../text/invisible.ts';
import { toPlainText } from '../../text/print-markdown.ts';
import type { Report } from '../report.ts';
import { introduce, linesInHead } from './describe-place.ts';

const SEVERITY: Record<Severity, string> = { critical: 'blocker', high: 'critical', medium: 'major', low: 'minor' };

/**
 * GitLab's Code Quality report. Every issue needs a line of the head: what was removed is on the one beside which it stood, and says so.
 * Source: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format".
 */
export function formatGitlab({ result }: Report): string {
  const issues = [
    ...result.findings.map(toIssue),
    // It has no word for what was not looked at, and an empty list would be a clean bill.
    ...listUnreviewed(result.coverage).map((file) => ({
      description: toPlainText(`Not fully reviewed: ${describeReason(file) ?? ''}`),
      check_name: 'not-reviewed',
      fingerprint: hash(file.path, 'not-reviewed'),
      severity: 'info',
      location: { path: file.path, lines: { begin: 1 } },
    })),
  ];
  return `${escapeInvisibleInJson(JSON.stringify(issues, null, 2))}\n`;
}

function toIssue(finding: Finding) {
  const { ruleId, path, side, title, fix, fingerprint, severity } = finding;
  const { startLine, endLine } = linesInHead(finding);
  const words = `${title}. ${explainFinding(finding)}${fix === null ? '' : ` Fix: ${fix}`}`;
  return {
    description: `${introduce(finding)}${toPlainText(words)}`,
    check_name: ruleId,
    fingerprint: hash(path, side, fingerprint),
    severity: isSuspected(finding) ? 'info' : SEVERITY[severity],
    location: { path, lines: { begin: startLine, end: endLine } },
  };
}

/** GitLab shows one issue of each fingerprint; ours are one of a kind within a file. */
function hash(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
