import type { styleText } from 'node:util';
import { parsePatch } from '../../diff/patch.ts';
import type { SandboxComment, SandboxPullRequest, SandboxRepository } from '../state.ts';
import { stateOf } from './second-act.ts';

export interface DemoResult {
  repository: SandboxRepository;
  pull: SandboxPullRequest;
  pageUrl: string;
  acknowledgedMs: number;
  seconds: number;
  requests: string[];
  style: (format: Parameters<typeof styleText>[0], text: string) => string;
}

/** What stands on the pull request now, as GitHub would hold it: nothing here is taken from the reviewer itself. */
export function printPullRequest(result: DemoResult): void {
  const { pull, repository, style, requests } = result;
  const out: string[] = [];
  for (const comment of pull.comments) out.push(formatComment(pull, comment, style));
  for (const review of pull.reviews) out.push(`${style('bold', 'Summary')}\n${indent(readable(review.body))}`);
  const check = repository.checks.at(-1);
  out.push(`${style('bold', 'Check')}    ${check?.conclusion ?? check?.status}: ${check?.title ?? ''}`);
  out.push(
    [
      `${pull.reviews.length} review, ${pull.comments.length} inline comments`,
      `webhook acknowledged in ${result.acknowledgedMs.toFixed(0)} ms, review complete after ${result.seconds.toFixed(1)} s`,
      `${requests.length} GitHub requests: ${requests.join(', ')}`,
      `page: ${result.pageUrl}`,
    ].join('\n'),
  );
  process.stdout.write(`${out.join('\n\n')}\n`);
}

function formatComment(pull: SandboxPullRequest, comment: SandboxComment, style: DemoResult['style']): string {
  const lines =
    comment.line === null ? '' : `:${comment.startLine === null ? '' : `${comment.startLine}-`}${comment.line}`;
  const place = `${comment.path}${lines}${comment.side === 'LEFT' ? ' (removed)' : ''}`;
  const code = readLines(pull, comment).map((line) => style('dim', `  ${line}`));
  return [style(['bold', 'cyan'], place), ...code, indent(readable(comment.body))].join('\n');
}

/** The second act: each thread with its state now, what is new in full, and the summary that was edited in place. */
export function printSecondAct(result: DemoResult, known: ReadonlySet<number>, pushRequests: readonly string[]): void {
  const { pull, repository, style } = result;
  const out: string[] = [
    style('bold', 'Second act: a push fixes two findings and brings another flaw; a maintainer ignores one finding.'),
  ];
  const threads = pull.comments.flatMap((comment) => {
    const record = stateOf(comment);
    if (!record) return [];
    const mark = pull.resolved.has(comment.id) ? 'resolved' : 'open';
    const why = record.by
      ? ` by ${record.by}: ${record.reason ?? ''}`
      : record.at
        ? ` in ${record.at.slice(0, 7)}`
        : '';
    return record.state === 'open'
      ? []
      : [`  ${record.state}${why} · thread ${mark} · ${comment.path} · ${record.title}`];
  });
  out.push(`${style('bold', 'Threads that changed')}\n${threads.join('\n')}`);
  for (const comment of pull.comments)
    if (!known.has(comment.id) && stateOf(comment)) out.push(formatComment(pull, comment, style));
  out.push(`${style('bold', 'Summary, edited in place')}\n${indent(readable(pull.reviews[0]?.body ?? ''))}`);
  const check = repository.checks.at(-1);
  out.push(`${style('bold', 'Check')}    ${check?.conclusion ?? check?.status}: ${check?.title ?? ''}`);
  const writes = pushRequests.filter((request) => /^(POST \/repos|PATCH|PUT)/.test(request));
  out.push(
    `the push took ${pushRequests.length} GitHub requests, ${writes.length} of them REST writes: ${pushRequests.join(', ')}`,
  );
  process.stdout.write(`\n${out.join('\n\n')}\n`);
}

/** The commented lines of the diff. */
function readLines(pull: SandboxPullRequest, comment: SandboxComment): string[] {
  const last = comment.line;
  if (last === null) return [];
  const patch = pull.diff.find((file) => file.path === comment.path)?.patch ?? '';
  const first = comment.startLine ?? last;
  const lines = parsePatch(patch).flatMap((hunk) => hunk.lines);
  const numberOf = (line: (typeof lines)[number]): number | null =>
    comment.side === 'LEFT' ? line.oldLine : line.newLine;
  return lines
    .filter(
      (line) =>
        (numberOf(line) ?? 0) >= first &&
        (numberOf(line) ?? 0) <= last &&
        (comment.side === 'RIGHT' || line.kind === 'removed'),
    )
    .map(
      (line) =>
        `${String(numberOf(line)).padStart(5)} ${line.kind === 'added' ? '+' : line.kind === 'removed' ? '-' : ' '} ${line.text}`,
    );
}

/** Markdown for a terminal: without markers, and without what is folded. */
function readable(body: string): string {
  return body
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<details><summary>([\s\S]*?)<\/summary>[\s\S]*?<\/details>/g, '[+] $1')
    .replace(/<\/?sub>/g, '')
    .replace(/\]\(http[^)]*\)/g, ']')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\\([\\`*_[\]|~#!])/g, '$1')
    .trim();
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
}
