import MarkdownIt from 'markdown-it';
import { type HunkLine, parsePatch } from '../../diff/patch.ts';
import type { SandboxComment, SandboxPullRequest, SandboxRepository } from '../state.ts';
import { STYLE } from './style.ts';

/** As GitHub renders a comment: CommonMark with tables, the HTML that it allows (`details`), suggestions as a small diff. */
const markdown = new MarkdownIt({ html: true, linkify: true, breaks: true });

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** GitHub drops all HTML but a short list; scripts are impossible here twice over, by this and by the page's CSP. */
function renderMarkdown(text: string): string {
  const html = markdown.render(text.replace(/<!--[\s\S]*?-->/g, ''));
  return html
    .replace(
      /<(?!\/?(?:p|h[1-6]|ul|ol|li|a|em|strong|code|pre|blockquote|table|thead|tbody|tr|th|td|br|hr|details|summary|sub|sup|del|s)\b)/gi,
      '&lt;',
    )
    .replace(/\son\w+=/gi, ' data-removed=');
}

/** One pull request: title, check, reviews, and the diff with its inline comments, without any script. */
export function renderPullRequestPage(repository: SandboxRepository, pull: SandboxPullRequest): string {
  const checks = repository.checks.filter((check) => check.headSha === pull.headSha).slice(-1);
  const check = checks
    .map(
      (one) =>
        `<div class="check ${escapeHtml(one.conclusion ?? one.status)}"><b>${escapeHtml(one.name)}</b> · ${escapeHtml(one.conclusion ?? one.status)} · ${escapeHtml(one.title ?? '')}${one.actions.map((action) => ` <span>${escapeHtml(action.label)}</span>`).join('')}</div>`,
    )
    .join('');
  const talk = [...pull.reviews, ...pull.conversation].map((entry) => box(entry.author.login, entry.body)).join('');
  const threads = pull.comments.filter((comment) => comment.root === comment.id);
  const files = pull.diff
    .map((file) =>
      renderFile(
        file,
        threads.filter((root) => root.path === file.path && (root.now !== null || root.line === null)),
        pull,
      ),
    )
    .join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(pull.title)}</title><style>${STYLE}</style></head><body>
<header><h1>${escapeHtml(pull.title)} <span>#${pull.number}</span></h1><p>${escapeHtml(repository.owner)}/${escapeHtml(repository.name)} · ${escapeHtml(pull.headRef)} → ${escapeHtml(pull.baseRef)} · ${pull.diff.length} files</p>${check}</header>
<main>${talk}${renderOutdated(threads, pull)}${files}</main></body></html>`;
}

function box(author: string, body: string): string {
  return `<article class="comment"><h4>${escapeHtml(author)}</h4><div>${renderMarkdown(body)}</div></article>`;
}

/** A thread with its replies; a resolved one is folded, as GitHub does. */
function renderThread(root: SandboxComment, pull: SandboxPullRequest): string {
  const text = pull.comments
    .filter((comment) => comment.root === root.id)
    .map((comment) => box(comment.author.login, comment.body))
    .join('');
  if (!pull.resolved.has(root.id)) return text;
  return `<details class="resolved"><summary>${escapeHtml(root.author.login)}’s conversation was marked as resolved</summary>${text}</details>`;
}

function renderFile(
  file: SandboxPullRequest['diff'][number],
  threads: readonly SandboxComment[],
  pull: SandboxPullRequest,
): string {
  const name = file.previousPath ? `${file.previousPath} → ${file.path}` : file.path;
  const title = `<h3>${escapeHtml(name)}${threads.length > 0 ? ` <em>${threads.length}</em>` : ''}</h3>`;
  const onFile = threads.filter((root) => root.line === null).map((root) => renderThread(root, pull));
  const whole = onFile.length > 0 ? `<div class="outdated">${onFile.join('')}</div>` : '';
  if (file.patch === null)
    return `<section>${title}${whole}<p class="note">${file.binary ? 'binary' : 'no textual change'}</p></section>`;
  const rows = parsePatch(file.patch).map(
    (hunk) =>
      `<tr class="hunk"><td colspan="3">@@ −${hunk.oldStart} +${hunk.newStart} @@</td></tr>${hunk.lines.map((line) => renderLine(line, threads, pull)).join('')}`,
  );
  return `<section>${title}${whole}<table>${rows.join('')}</table></section>`;
}

function renderLine(line: HunkLine, threads: readonly SandboxComment[], pull: SandboxPullRequest): string {
  const mark = { added: '+', removed: '-', context: ' ' }[line.kind];
  const here = threads.filter(
    ({ now, side }) =>
      now?.line === (side === 'LEFT' ? (line.kind === 'removed' ? line.oldLine : undefined) : line.newLine),
  );
  const row = `<tr class="${line.kind}"><td>${line.oldLine ?? ''}</td><td>${line.newLine ?? ''}</td><td><code>${mark}${escapeHtml(line.text)}</code></td></tr>`;
  const said = here.map((root) => `<tr class="inline"><td colspan="3">${renderThread(root, pull)}</td></tr>`);
  return row + said.join('');
}

/** Threads whose line is not in the diff any more stand in the conversation, as on GitHub. */
function renderOutdated(threads: readonly SandboxComment[], pull: SandboxPullRequest): string {
  return threads
    .filter((root) => root.now === null && root.line !== null)
    .map(
      (root) =>
        `<section><h3>${escapeHtml(root.path)} · outdated</h3><div class="outdated">${renderThread(root, pull)}</div></section>`,
    )
    .join('');
}
