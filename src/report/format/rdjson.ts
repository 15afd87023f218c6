import { type Finding, isSuspected, type Severity } from '../../findings/finding.ts';
import { describeReason } from '../../render/describe-reason.ts';
import { explainFinding } from '../../render/explain-finding.ts';
import { listUnreviewed } from '../../scope/coverage.ts';
import { escapeInvisibleInJson } from '../../text/invisible.ts';
import { escapeMarkdown } from '../../text/markdown.ts';
import { printMarkdown } from '../../text/print-markdown.ts';
import type { Report } from '../report.ts';
import { seenFrom } from '../seen-from.ts';
import { introduce, linesInHead } from './describe-place.ts';

const SEVERITY: Record<Severity, string> = { critical: 'ERROR', high: 'ERROR', medium: 'WARNING', low: 'INFO' };

/**
 * Reviewdog Diagnostic Format, one `DiagnosticResult`. reviewdog posts messages as Markdown, so they are made like our own
 * comments. A finding on a removed line stands on the one beside which that was: reviewdog knows lines of the head alone. It opens
 * each path from where it runs. Source: github.com/reviewdog/reviewdog, proto/rdf/reviewdog.proto.
 */
export function formatRdjson({ result, below }: Report): string {
  const log = {
    source: { name: 'backend-dev' },
    diagnostics: [
      ...result.findings.map((finding) => toDiagnostic({ ...finding, path: seenFrom(below, finding.path) })),
      // It has no word for what was not looked at, and silence would be a clean bill.
      ...listUnreviewed(result.coverage).map((file) => ({
        message: printMarkdown(`Not fully reviewed: ${describeReason(file) ?? ''}`),
        location: { path: seenFrom(below, file.path) },
        severity: 'INFO',
        code: { value: 'not-reviewed' },
      })),
    ],
  };
  return `${escapeInvisibleInJson(JSON.stringify(log, null, 2))}\n`;
}

function toDiagnostic(finding: Finding) {
  const { path, side, suggestion, ruleId, severity } = finding;
  const { startLine, endLine } = linesInHead(finding);
  const [url] = finding.references;
  return {
    message: renderMessage(finding),
    location: { path, range: toRange(startLine, endLine) },
    severity: isSuspected(finding) ? 'INFO' : SEVERITY[severity],
    code: { value: ruleId, ...(url && { url }) },
    ...(suggestion &&
      side === 'RIGHT' && {
        suggestions: [{ range: toRange(suggestion.startLine, suggestion.endLine), text: suggestion.replacement }],
      }),
  };
}

/** Without columns both lines are meant whole, the last one included. */
function toRange(startLine: number, endLine: number) {
  return { start: { line: startLine }, end: { line: endLine } };
}

function renderMessage({ title, fix, ...finding }: Finding): string {
  const blocks = [
    `${introduce(finding)}**${escapeMarkdown(title)}**`,
    printMarkdown(explainFinding(finding)),
    fix === null ? '' : printMarkdown(`Fix: ${fix}`),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}
