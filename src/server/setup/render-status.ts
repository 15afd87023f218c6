import { type Check, type CheckName, type CheckStatus, STEP_CHECKS } from '../../status/check.ts';
import { decideStatus, findNext } from '../../status/decide-status.ts';
import { escapeHtml, renderShell } from './render-shell.ts';

/** Each step as a person calls it. */
const TITLES: Record<(typeof STEP_CHECKS)[number], string> = {
  'github app': 'App registered',
  webhook: 'Webhook reaches this server',
  permissions: 'Permissions granted',
  database: 'Database',
  model: 'Claude',
  'installed on': 'Installed on',
  'pull request': 'Open a pull request',
};

/** Said in words and by a sign: a colour alone tells nobody who does not see it. */
const MARKS: Record<CheckStatus, { sign: string; word: string }> = {
  ok: { sign: '✓', word: 'done' },
  off: { sign: '–', word: 'off' },
  waiting: { sign: '…', word: 'waiting' },
  fail: { sign: '✗', word: 'does not work' },
};

/** Seconds until the page looks again by itself. */
const REFRESH = 5;

export interface StatusView {
  checks: Check[];
  /** Where the page is; the form goes below it. */
  path: string;
  /** The browser looks again as long as something is not done. */
  refreshes: boolean;
  /** What was just asked for. */
  notice: string | null;
}

/** What is done and what is next. */
export function renderStatus({ checks, path, refreshes, notice }: StatusView): string {
  const steps = checks.filter((check) => isStep(check.name));
  const machine = checks.filter((check) => !isStep(check.name));
  const next = findNext(checks);
  const status = decideStatus(checks);
  const refresh = status !== 'ok' && refreshes ? { seconds: REFRESH, to: path } : null;
  return renderShell({
    title: 'Set-up',
    refresh,
    body: `${renderSummary(steps, next)}
${notice === null ? '' : `<p class="note" role="status">${escapeHtml(notice)}</p>`}
<ol class="steps">
${steps.map((check) => renderStep(check, check === next, path)).join('\n')}
</ol>
${renderLooking(status !== 'ok', refreshes, path)}
<details${machine.some((check) => check.status === 'fail') ? ' open' : ''}>
<summary>This machine</summary>
<dl>
${machine.map(renderFact).join('\n')}
</dl>
</details>
<p class="text">The same in a terminal: <code>backend-dev doctor</code>, or <code>backend-dev doctor --json</code>.</p>`,
  });
}

function renderSummary(steps: readonly Check[], next: Check | null): string {
  const done = steps.filter((check) => check.status === 'ok' || check.status === 'off').length;
  if (next === null) return '<p class="note ok" role="status">All is done: pull requests are reviewed.</p>';
  const what = isStep(next.name) ? TITLES[next.name] : next.name;
  return `<p class="note ${next.status}" role="status">${done} of ${steps.length} done. Next: <a href="#${toId(next.name)}">${escapeHtml(what)}</a>.</p>`;
}

function renderStep({ name, status, text, todo, links }: Check, isNext: boolean, path: string): string {
  const { sign, word } = MARKS[status];
  const listed = links
    .map((link) => `<a href="${escapeHtml(link.url)}" rel="noreferrer">${escapeHtml(link.text)}</a>`)
    .join(' ');
  return `<li class="${status}${isNext ? ' next' : ''}" id="${toId(name)}">
<span class="mark" aria-hidden="true">${sign}</span>
<div>
<h2>${isStep(name) ? TITLES[name] : ''} <span class="status">${word}</span></h2>
<p class="text">${escapeHtml(text)}</p>
${renderTodo(todo)}${listed === '' ? '' : `<p class="links">${listed}</p>\n`}${
  name === 'webhook' && status !== 'ok' && status !== 'off'
    ? `<form method="post" action="${escapeHtml(path)}/redeliver"><button class="quiet">Ask GitHub to send its last webhook again</button></form>\n`
    : ''
}</div>
</li>`;
}

function renderTodo(todo: string | null): string {
  if (todo === null) return '';
  const lines = todo.split('\n').map((line) => escapeHtml(line).replaceAll(/`([^`]+)`/g, '<code>$1</code>'));
  return lines.map((line) => `<p>${line}</p>\n`).join('');
}

function renderLooking(open: boolean, refreshes: boolean, path: string): string {
  if (!open) return '';
  const own = escapeHtml(path);
  return refreshes
    ? `<p class="text">This page looks again every ${REFRESH} seconds. <a href="${own}?still">Keep it still</a></p>`
    : `<p class="text"><a href="${own}?still">Look again</a> · <a href="${own}">Look again by itself</a></p>`;
}

function renderFact({ name, status, text }: Check): string {
  const word = status === 'ok' ? '' : ` <span class="status">${MARKS[status].word}</span>`;
  return `<div class="${status}"><dt>${escapeHtml(name)}${word}</dt><dd>${escapeHtml(text)}</dd></div>`;
}

function isStep(name: CheckName): name is (typeof STEP_CHECKS)[number] {
  return (STEP_CHECKS as readonly string[]).includes(name);
}

function toId(name: CheckName): string {
  return name.replaceAll(' ', '-');
}
