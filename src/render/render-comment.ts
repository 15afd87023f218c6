import { type ForgeTraits, NO_FORGE } from '../change/forge-traits.ts';
import { type Finding, isByModel } from '../findings/finding.ts';
import { toRecord } from '../ledger/ledger.ts';
import { formatFindingMarker } from '../ledger/marker.ts';
import { code, escapeMarkdown, fence, fitBody, suggest } from '../text/markdown.ts';
import { printMarkdown, printUnder } from '../text/print-markdown.ts';
import { explainFinding } from './explain-finding.ts';
import { renderAlsoAt } from './render-also-at.ts';
import { renderRequest } from './render-request.ts';
import { SEVERITY_MARK } from './severity-mark.ts';

/** "🔴 **Request input becomes SQL text** · critical · `security/use-parameterized-queries` · CWE-89" */
export function renderHeadline(finding: Finding): string {
  const parts = [
    `${SEVERITY_MARK[finding.severity]} **${escapeMarkdown(finding.title)}**`,
    finding.severity,
    code(finding.principle),
    ...finding.cwe,
  ];
  return parts.join(' · ');
}

interface CommentOptions {
  on?: 'line' | 'file';
  /** Somebody answers to them. */
  commands?: boolean;
  forge?: Pick<ForgeTraits, 'suggest' | 'longestBody'>;
}

/**
 * A comment: what is wrong, trigger and consequence, fix; reasons folded. On a file GitHub shows no line with it, so it names
 * and quotes it.
 */
export function renderComment(
  finding: Finding,
  language: string,
  agent: string,
  { on = 'line', commands = true, forge = NO_FORGE }: CommentOptions = {},
): string {
  const said = printMarkdown(explainFinding(finding));
  const blocks = [
    renderHeadline(finding),
    on === 'line' ? '' : quoteLines(finding, language),
    said,
    renderAlsoAt(finding, code),
    renderFix(finding, language, on === 'line' && forge.suggest),
    renderFold(finding, commands ? agent : null),
  ];
  const marker = formatFindingMarker(toRecord(finding, agent));
  return fitBody(blocks.filter((block) => block !== '').join('\n\n'), marker, forge.longestBody);
}

function quoteLines({ evidence, startLine, endLine, side }: Finding, language: string): string {
  const lines = startLine === endLine ? `Line ${startLine}` : `Lines ${startLine} to ${endLine}`;
  return `${lines}${side === 'LEFT' ? ' before this change' : ''}:\n\n${fence(evidence, language)}`;
}

function renderFix(finding: Finding, language: string, canSuggest: boolean): string {
  if (finding.suggestion && finding.side === 'RIGHT') {
    const { startLine, endLine, replacement } = finding.suggestion;
    // GitHub replaces exactly the commented lines, so a suggestion for other lines is shown as plain code.
    const fits = canSuggest && startLine === finding.startLine && endLine === finding.endLine;
    return fits ? suggest(replacement) : fence(replacement, language);
  }
  return finding.fix === null ? '' : printUnder('**Fix:**', finding.fix);
}

/** What the model says against a finding: shown with its reason, and changing neither severity nor check. */
export function renderDoubt(reason: string): string {
  return printUnder('**Claude doubts this:**', reason);
}

/** The way of data through the code. */
export function renderTrace(trace: Finding['trace']): string {
  return trace
    .map((step) => `${step.path === undefined ? step.line : code(`${step.path}:${step.line}`)} ${code(step.text)}`)
    .join(' → ');
}

/** @param agent who answers to commands; null: nobody */
function renderFold(finding: Finding, agent: string | null): string {
  const path = renderTrace(finding.trace);
  const lines = [
    finding.doubt === null ? '' : renderDoubt(finding.doubt),
    finding.remark === null ? '' : printUnder('**Claude adds:**', finding.remark),
    path === '' ? '' : `**Path:** ${path}`,
    renderRequest(finding),
    finding.why === '' ? '' : printUnder('**Why it matters:**', finding.why),
    finding.falseAlarm === '' ? '' : printUnder('**A false alarm if:**', finding.falseAlarm),
    finding.references.length > 0 ? `**References:** ${finding.references.map((url) => `<${url}>`).join(' · ')}` : '',
    `Found by ${isByModel(finding) ? 'Claude' : finding.source}, confidence ${finding.confidence} · rule ${code(finding.ruleId)}${agent === null ? '' : ` · in this thread: ${['explain', 'ignore REASON', ...(finding.suggestion ? ['fix'] : [])].map((name) => code(`/${agent} ${name}`)).join(' · ')}`}`,
  ];
  const text = lines.filter((line) => line !== '').join('\n\n');
  return `<details><summary>${path === '' ? 'Reasons' : 'Path and reasons'}</summary>\n\n${text}\n\n</details>`;
}
