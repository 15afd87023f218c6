import { styleText } from 'node:util';
import { type Finding, isSuspected, type Severity } from '../../findings/finding.ts';
import { groupSaid } from '../../findings/merge.ts';
import { describeDropped } from '../../render/describe-dropped.ts';
import { describeReason } from '../../render/describe-reason.ts';
import { explainFinding } from '../../render/explain-finding.ts';
import { renderAlsoAt } from '../../render/render-also-at.ts';
import { introduceRequest, renderSent } from '../../render/render-request.ts';
import { renderVerdict } from '../../render/render-summary.ts';
import { describeGap, listUnreviewed } from '../../scope/coverage.ts';
import { escapeInvisible, onOneLine } from '../../text/invisible.ts';
import type { Report } from '../report.ts';
import { explainModel } from './explain-model.ts';

const COLOUR: Record<Severity, 'red' | 'magenta' | 'yellow' | 'blue'> = {
  critical: 'red',
  high: 'magenta',
  medium: 'yellow',
  low: 'blue',
};

/** What the place that is written to can show. */
export interface Terminal {
  colour: boolean;
  /** Address of a file of the report; null: no link. */
  addressOf: (path: string) => string | null;
}

/** Of a long list, so many are named again at its end. */
const OVERVIEW = { from: 4, most: 10 };

const SUSPECTED = 'Suspected: the code alone does not prove it.';
/** Of code that has been there for years readings decide as well (decision 0042). */
const SUSPECTED_IN_TREE =
  'Suspected: the code alone does not prove it, or whoever runs a service mostly leaves it so. A review of a change may comment on it.';

type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/** For a person at a terminal: each finding with its code, then the verdict and what was not reviewed. */
export function formatText(
  { agent, base, config = null, result, seconds }: Report,
  { colour, addressOf }: Terminal,
  explain = false,
): string {
  const style: Style = colour
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text;
  const unreviewed = listUnreviewed(result.coverage).map(
    (file) => `  ${onOneLine(file.path)}: ${escapeInvisible(describeReason(file) ?? '')}`,
  );
  const { model } = result.coverage;
  const gap = describeGap(model);
  const left = describeDropped(model);
  const { said, suspected } = groupSaid(result.findings);
  const blocks = [
    ...said.map((finding) => formatFinding(finding, style, addressOf)),
    suspected.length > 0 ? style('bold', base === null ? SUSPECTED_IN_TREE : SUSPECTED) : '',
    ...suspected.map((finding) => formatFinding(finding, style, addressOf)),
    said.length >= OVERVIEW.from ? formatOverview(said, style) : '',
    `${style('bold', renderVerdict(said, result.coverage, agent, suspected.length))} · ${seconds.toFixed(1)} s`,
    config === null ? '' : `Config: ${escapeInvisible(config)}`,
    unreviewed.length > 0 ? `Not reviewed:\n${unreviewed.join('\n')}` : '',
    explain ? explainModel(model).join('\n') : '',
    gap === null ? '' : `Model: ${escapeInvisible(gap)}`,
    left === null || explain ? '' : `${escapeInvisible(left)}. --explain lists them.`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The end of the output is what one sees first: the worst once more, a line each. */
function formatOverview(findings: readonly Finding[], style: Style): string {
  const lines = findings
    .slice(0, OVERVIEW.most)
    .map(
      ({ severity, path, startLine, title }) =>
        `${style(COLOUR[severity], severity.padEnd(8))} ${onOneLine(path)}:${startLine} ${escapeInvisible(title)}`,
    );
  const more = findings.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

/** Source: gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda, "Hyperlinks in terminal emulators". */
function link(text: string, address: string | null): string {
  return address === null ? text : `\u001B]8;;${address}\u001B\\${text}\u001B]8;;\u001B\\`;
}

/** One finding, also used by the demo. Nothing of it reaches the terminal as more than text. */
export function formatFinding(finding: Finding, style: Style, addressOf: Terminal['addressOf'] = () => null): string {
  const place = `${onOneLine(finding.path)}:${finding.startLine}${finding.side === 'LEFT' ? ' (removed)' : ''}`;
  const sureness = isSuspected(finding) ? ' · suspected' : '';
  const lines = [
    `${style(COLOUR[finding.severity], finding.severity.padEnd(8))} ${style('bold', escapeInvisible(finding.title))}`,
    `  ${link(style('cyan', place), addressOf(finding.path))} · ${finding.principle}${finding.cwe.length > 0 ? ` · ${finding.cwe.join(', ')}` : ''} · ${finding.ruleId}${sureness}`,
    ...finding.evidence
      .split('\n')
      .slice(0, 6)
      .map((line, index) =>
        style('dim', `  ${String(finding.startLine + index).padStart(5)} | ${escapeInvisible(line)}`),
      ),
    `  ${escapeInvisible(explainFinding(finding))}`,
    ...(finding.alsoAt.length > 0 ? [`  ${renderAlsoAt(finding, onOneLine)}`] : []),
    ...(finding.fix ? formatFix(finding.fix) : []),
    ...formatSuggestion(finding, style),
    ...(finding.trace.length > 1
      ? [
          `  Path: ${finding.trace.map((step) => `${step.path === undefined ? '' : `${escapeInvisible(step.path)}:`}${step.line} ${escapeInvisible(step.text)}`).join(' → ')}`,
        ]
      : []),
  ];
  const doubt = finding.doubt === null ? [] : [`  Claude doubts this: ${escapeInvisible(finding.doubt)}`];
  return [...lines, ...formatRequest(finding), ...doubt].join('\n');
}

/** Code without its fence, and further in than what is ours. */
function formatFix(fix: string): string[] {
  const isFence = (line: string): boolean => /^\s*(?:`{3,}|~{3,})/.test(line);
  const [first = '', ...rest] = fix.split('\n');
  const lines = [...(isFence(first) ? [] : [first]), ...rest].filter((line) => !isFence(line));
  if (!isFence(first) && lines.length === 1) return [`  Fix: ${escapeInvisible(first)}`];
  const [head, body] = isFence(first) ? ['  Fix:', lines] : [`  Fix: ${escapeInvisible(first)}`, lines.slice(1)];
  return [head, ...body.filter((line) => line.trim() !== '').map((line) => `      ${escapeInvisible(line)}`)];
}

function formatRequest({ request }: Finding): string[] {
  if (!request) return [];
  const introduced = introduceRequest(request, (text) => text);
  return [`  A ${request.kind} that shows it, ${introduced}:`, `      ${renderSent(request)}`, `  ${request.shows}`];
}

/** What is proposed for which lines; an empty replacement takes them out. */
function formatSuggestion({ suggestion }: Finding, style: Style): string[] {
  if (!suggestion) return [];
  const { startLine, endLine, replacement } = suggestion;
  const where = startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
  if (replacement === '') return [`  Suggestion: take out ${where}`];
  return [
    `  Suggestion, in place of ${where}:`,
    ...replacement
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => style('green', `        + ${escapeInvisible(line)}`)),
  ];
}
