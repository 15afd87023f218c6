import { cutText } from './cut-text.ts';
import type { Severity } from './finding.ts';

export const SEVERITY_MARK: Record<Severity, string> = { critical: '🔴', high: '🟠', medium: '🟡', low: '🔵' };

/**
 * GitHub refuses a body of more than 65,536 characters (docs.github.com, "body is too long (maximum is 65536 characters)"). The
 * rest is room for the signature that a marker gets when it is sent.
 */
export const MAX_BODY = 65_536 - 64;

/** Text as one table cell or inline text: no markup, mention, link or HTML of its own takes effect. */
export function escapeMarkdown(text: string): string {
  return escapeInvisible(text)
    .replace(/\s+/g, ' ')
    .replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? char)
    .replace(/[\\`*_[\]|~#!]/g, '\\$&')
    .replace(/@(?=\w)/g, '@\u200B');
}

/** Inline code that its content cannot close. Source: CommonMark 0.31, section 6.1. */
export function code(text: string): string {
  const line = escapeInvisible(text).replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced block whose fence is longer than any run of backticks inside. Source: CommonMark 0.31, section 4.5. */
export function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${text}\n${mark}`;
}

/** Bidirectional, zero-width and tag characters made visible: they can make code read otherwise than it runs (CVE-2021-42574). */
export function escapeInvisible(text: string): string {
  return text.replace(
    /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\u{E0000}|[\u{E0001}-\u{E007F}]/gu,
    (char) => `\\u{${char.codePointAt(0)?.toString(16).toUpperCase()}}`,
  );
}

/**
 * Markdown cut to a length, at a line's end, never inside a character or a fence, with a notice. `tail` (the marker) always
 * stays.
 */
export function fitBody(body: string, tail: string, most: number = MAX_BODY): string {
  const whole = `${body}\n\n${tail}`;
  if (whole.length <= most) return whole;
  const notice =
    '\n\n*Cut here: GitHub takes no longer text. The check’s details and `backend-dev review` show the rest.*';
  let cut = cutText(body, most - tail.length - notice.length - 40);
  cut = cut.slice(0, Math.max(0, cut.lastIndexOf('\n')));
  const open = openFence(cut);
  const folds = Math.max(0, (cut.match(/<details>/g)?.length ?? 0) - (cut.match(/<\/details>/g)?.length ?? 0));
  return `${cut}${open ? `\n${open}` : ''}${'\n</details>'.repeat(Math.min(3, folds))}${notice}\n\n${tail}`;
}

function openFence(text: string): string | null {
  let open: string | null = null;
  for (const line of text.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (!mark) continue;
    if (open === null) open = mark;
    else if (mark.startsWith(open)) open = null;
  }
  return open;
}
