import { DEFAULT_AGENT } from '../config/repository-config.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { countSeverities } from '../findings/merge.ts';
import { type LedgerEntry, pathOf } from '../ledger/ledger.ts';
import type { SummaryRecord } from '../ledger/marker.ts';
import { type Coverage, describeGap, type FileCoverage, isSearchedOnly, listUnreviewed } from '../scope/coverage.ts';
import { type Scope, short } from '../scope/scope.ts';
import { code, codeInCell, escapeMarkdown, link } from '../text/markdown.ts';
import { printMarkdown, printUnder } from '../text/print-markdown.ts';
import { COMMANDS } from './command-list.ts';
import { describeDropped } from './describe-dropped.ts';
import { describeReason } from './describe-reason.ts';
import { describeScope } from './describe-scope.ts';
import { describeUnplaced, type Unplaced } from './describe-unplaced.ts';
import { renderSpent, type Spent } from './render-spent.ts';
import { SEVERITY_MARK } from './severity-mark.ts';
import type { SummaryRow } from './summary-row.ts';

export interface SummaryInput {
  /** Everything that stands open, most severe first. */
  rows: readonly SummaryRow[];
  /** How many of the rows were said in an earlier review. */
  standing: number;
  /** Findings that stand in no inline comment, and why. */
  unplaced: readonly { finding: Finding; why: Unplaced }[];
  /** The ledger, for what was fixed and ignored. */
  entries: readonly LedgerEntry[];
  coverage: Coverage;
  scope: Scope | null;
  paused: string | null;
  overrides: SummaryRecord['overrides'];
  /** Address of a file's line at the head, or null without GitHub. */
  link: (path: string, line: number) => string | null;
  agent: string;
  /** Every agent of this App. */
  agents: readonly string[];
  /** Somebody answers to commands in comments. */
  commands: boolean;
  notes: readonly string[];
  seconds: number | null;
  /** What Claude cost for this pull request until now; null: that is not known. */
  spent: Spent | null;
}

/** The verdict in one line, as it is read in a notification. */
export function renderVerdict(
  findings: readonly { severity: Severity; alsoAt?: readonly unknown[] }[],
  coverage: Coverage,
  agent: string = DEFAULT_AGENT,
  suspected = 0,
): string {
  const counts = countSeverities(findings);
  // One comment may say several places; formats for programs count those.
  const places = findings.reduce((sum, { alsoAt = [] }) => sum + 1 + alsoAt.length, 0);
  const at = places > findings.length ? ` at ${places} places` : '';
  const found =
    findings.length === 0
      ? 'No findings'
      : `${findings.length} finding${findings.length === 1 ? '' : 's'}${at}: ${counts}`;
  const more = suspected === 0 ? '' : `, ${suspected} suspected`;
  return [`${found}${more}`, describeFiles(coverage, agent), describeModel(coverage)].join(' · ');
}

function describeFiles(coverage: Coverage, agent: string): string {
  const looked = coverage.files.filter((file) => file.status !== 'skipped');
  const [asked, searched] = [looked.filter((file) => !isSearchedOnly(file)), looked.filter(isSearchedOnly)];
  // Behind "2 of 2 backend files reviewed" it is clear what is counted.
  const of = asked.length > 0 ? '' : searched.length === 1 ? ' file' : ' files';
  const rest = [
    searched.length > 0 ? `${searched.length}${of} searched for credentials only` : '',
    coverage.unlisted > 0 ? `at least ${coverage.unlisted} more files not listed and not reviewed` : '',
  ].filter((part) => part !== '');
  const reviewed = asked.filter((file) => file.status === 'reviewed').length;
  const by = agent === DEFAULT_AGENT ? '' : ` by ${agent}`;
  const files =
    looked.length === 0
      ? ['no backend file to review']
      : asked.length === 0
        ? []
        : [`${reviewed} of ${asked.length} backend file${asked.length === 1 ? '' : 's'} reviewed${by}`];
  return [...files, ...rest].join(', ');
}

function describeModel({ model }: Coverage): string {
  return {
    off: 'model off',
    complete: 'model complete',
    partial: 'model partial',
    failed: 'model failed',
    running: 'Claude is still reading',
  }[model.status];
}

export function renderSummary(input: SummaryInput): string {
  const { rows, coverage, scope, paused } = input;
  const { placeless = [], suspected = [] } = Object.groupBy(input.unplaced, ({ why }) =>
    why.code === 'SUSPECTED' ? 'suspected' : 'placeless',
  );
  const hint = input.commands ? `${code(`/${input.agent} ignore PATH:LINE REASON`)} takes one off this list.` : '';
  const blocks = [
    `**${renderVerdict(rows, coverage, input.agent, suspected.length)}**`,
    rows.length > 0 ? renderTable(rows) : '',
    ...input.notes,
    paused === null
      ? ''
      : `Automatic reviews are paused by ${code(paused)}; ${code(`/${input.agent} resume`)} goes on.`,
    renderOverrides(input.overrides),
    renderFixed(input.entries),
    renderIgnored(input.entries),
    foldFindings(placeless, input.link, 'without an inline comment'),
    foldFindings(suspected, input.link, 'suspected: the code alone does not prove it, and no check fails for it', hint),
    renderUnreviewed(coverage),
    renderSkipped(coverage.files),
    renderFacts(input, scope),
    renderStages(input),
    renderCommands(input),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** The body of a later review: its comments speak for themselves, and the summary stands where it always stood. */
export function renderPointer(comments: number, head: string, summaryUrl: string): string {
  const what = `${comments} new finding${comments === 1 ? '' : 's'} in ${short(head)}`;
  return `${what}; the [summary](${summaryUrl}) is up to date.`;
}

function renderTable(rows: readonly SummaryRow[]): string {
  const lines = rows.slice(0, 50).map(({ severity, title, path, line, url, note }) => {
    const place = `${path}:${line}`;
    const cell = url ? link(place, url) : codeInCell(place);
    return `| ${SEVERITY_MARK[severity]} ${severity} | ${escapeMarkdown(title)}${note ? ` (${escapeMarkdown(note)})` : ''} | ${cell} |`;
  });
  const more = rows.length > 50 ? `\n\nand ${rows.length - 50} more` : '';
  return `${['| severity | finding | place |', '| --- | --- | --- |', ...lines].join('\n')}${more}`;
}

function renderOverrides(overrides: SummaryInput['overrides']): string {
  if (overrides.length === 0) return '';
  const lines = overrides.map(({ head, by, reason }) => `- ${short(head)} by ${code(by)}: ${escapeMarkdown(reason)}`);
  return `**Check overridden**\n\n${lines.join('\n')}`;
}

/** The title of a finding, with the address of its comment where it has one. */
function nameFinding(record: LedgerEntry['record'], thread: LedgerEntry['thread']): string {
  return thread ? link(record.title, thread.first.url) : escapeMarkdown(record.title);
}

function renderFixed(entries: readonly LedgerEntry[]): string {
  const fixed = entries.filter((entry) => entry.record.state === 'fixed');
  if (fixed.length === 0) return '';
  const lines = fixed.map(({ record, thread }) => {
    const how = record.reason ? ` · does not hold: ${escapeMarkdown(record.reason)}` : '';
    return `- ${nameFinding(record, thread)} · ${code(pathOf(record))}${record.at ? ` · in ${short(record.at)}` : ''}${how}`;
  });
  return fold(`${fixed.length} fixed`, lines.slice(0, 100).join('\n'));
}

function renderIgnored(entries: readonly LedgerEntry[]): string {
  const ignored = entries.filter((entry) => entry.record.state === 'ignored');
  if (ignored.length === 0) return '';
  const lines = ignored.map(({ record, thread }) => {
    const why = record.reason ? `: ${escapeMarkdown(record.reason)}` : ', without a reason';
    return `- ${SEVERITY_MARK[record.severity]} ${nameFinding(record, thread)} · ${code(pathOf(record))} · by ${code(record.by ?? 'someone')}${why}`;
  });
  return fold(`${ignored.length} ignored`, lines.slice(0, 100).join('\n'));
}

function foldFindings(
  findings: SummaryInput['unplaced'],
  linkTo: SummaryInput['link'],
  what: string,
  hint = '',
): string {
  if (findings.length === 0) return '';
  const items = findings.map(({ finding, why }) => {
    const said = [printMarkdown(finding.explanation), finding.fix ? printUnder('**Fix:**', finding.fix) : '']
      .filter((text) => text !== '')
      .join('\n\n');
    const url = linkTo(finding.path, finding.startLine);
    const place = `${finding.path}:${finding.startLine}`;
    const reason = why.code === 'SUSPECTED' ? '' : ` · ${escapeMarkdown(describeUnplaced(why))}`;
    return `- ${SEVERITY_MARK[finding.severity]} **${escapeMarkdown(finding.title)}** · ${url ? link(place, url) : code(place)}${reason}\n\n${indent(said)}`;
  });
  const list = items.join('\n');
  return fold(`${findings.length} ${what}`, hint === '' ? list : `${list}\n\n${hint}`);
}

/** Within a list item. */
function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function renderUnreviewed(coverage: Coverage): string {
  const lines = listUnreviewed(coverage).map(
    (file) => `- ${code(file.path)}: ${escapeMarkdown(describeReason(file) ?? 'not reviewed')}`,
  );
  if (coverage.unlisted > 0) lines.push(`- at least ${coverage.unlisted} files that could not be listed`);
  const gap = describeGap(coverage.model);
  if (gap !== null) lines.push(`- model review: ${escapeMarkdown(gap)}`);
  return lines.length === 0 ? '' : `**Not reviewed**\n\n${lines.slice(0, 100).join('\n')}`;
}

function renderSkipped(files: readonly FileCoverage[]): string {
  const grouped = Map.groupBy(
    files.filter((file) => file.status === 'skipped' || (file.status === 'reviewed' && describeReason(file) !== null)),
    (file) => describeReason(file) ?? 'skipped',
  );
  if (grouped.size === 0) return '';
  const lines = [...grouped].map(([reason, list]) => {
    const names = list
      .slice(0, 20)
      .map((file) => code(file.path))
      .join(', ');
    return `- ${escapeMarkdown(reason)}: ${names}${list.length > 20 ? ` and ${list.length - 20} more` : ''}`;
  });
  const count = [...grouped.values()].reduce((sum, list) => sum + list.length, 0);
  return fold(`${count} file${count === 1 ? '' : 's'} left out, or only partly looked at`, lines.join('\n'));
}

function renderFacts({ coverage, seconds, spent, standing }: SummaryInput, scope: Scope | null): string {
  const { usage } = coverage.model;
  const time = seconds === null ? [] : [`${seconds.toFixed(1)} s`];
  const tokens = usage.inputTokens + usage.cacheReadTokens + usage.outputTokens;
  const cost = tokens > 0 ? [`${tokens} tokens`, `$${usage.costUsd.toFixed(4)}`] : [];
  const said = standing > 0 ? [`${standing} said before and not repeated`] : [];
  const why = scope && describeScope(scope);
  const facts = [...(why ? [why] : []), ...said, ...time, ...cost];
  const all = spent === null ? '' : renderSpent(spent, tokens);
  return facts.length === 0 ? '' : `<sub>${facts.join(' · ')}${all}</sub>`;
}

/** What each stage of the model review cost, and how much of what it said is not shown. */
function renderStages({ coverage }: SummaryInput): string {
  const { stages = [] } = coverage.model;
  if (stages.length === 0) return '';
  const rows = stages.map(
    ({ stage, model, requests, usage }) =>
      `| ${stage} | ${nameModel(model)} | ${requests} | ${usage.inputTokens} | ${usage.cacheReadTokens} | ${usage.outputTokens} | $${usage.costUsd.toFixed(4)} |`,
  );
  const head =
    '| stage | model | requests | tokens read | from the cache | written | cost |\n| --- | --- | --- | --- | --- | --- | --- |';
  const left = describeDropped(coverage.model);
  const more = left === null ? '' : `\n\n${escapeMarkdown(left)}.`;
  return fold('What Claude cost', `${head}\n${rows.join('\n')}${more}`);
}

/** A vendor's own names tell of the operator's account, and a summary may be read by everyone. */
function nameModel(model: string | null): string {
  const [id] = /claude-[a-z0-9-]+/.exec(model ?? '') ?? [];
  return id === undefined ? '' : code(id);
}

function renderCommands({ agent, agents, commands }: SummaryInput): string {
  if (!commands) return '';
  const lines = COMMANDS.map(({ name, argument, does }) => `- ${code(`/${agent} ${name}${argument}`)} ${does}`);
  const others = agents.filter((one) => one !== agent).map((one) => code(`/${one}`));
  const more = others.length === 0 ? '' : `\n\nOther reviewers have the same commands: ${others.join(', ')}.`;
  return fold('Commands', `${lines.join('\n')}${more}`);
}

function fold(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}
