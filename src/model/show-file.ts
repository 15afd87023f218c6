import { cutText } from '../review/cut-text.ts';
import { escapeInvisible } from '../review/invisible.ts';
import type { SelectedFile } from '../review/review-change.ts';

const WHOLE_FILE_LINES = 400;
const CONTEXT = 40;
/** Number, sign and bar before each line. */
const PREFIX = 9;
/** How far back the line that opens a function is looked for. */
const FAR = 1000;

/**
 * A file as the model sees it: numbered head lines, `+` before those that may be reported, removed lines as `-` without a
 * number. Small files are whole; of large ones the hunks with their enclosing function and 40 lines around. Invisible
 * characters are made visible. The nonce in the delimiters is unknown to the text, which so cannot close them.
 *
 * @returns null for a file that takes more than `most` characters; that is known before any work that grows with it
 */
export function showFile(file: SelectedFile, nonce: string, most = Number.POSITIVE_INFINITY): string | null {
  // What follows the last line feed is no line.
  const lines = file.text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  const added = new Set<number>();
  const removedBefore = new Map<number, string[]>();
  for (const hunk of file.hunks ?? []) {
    let next = hunk.newStart;
    for (const line of hunk.lines) {
      if (line.newLine !== null) next = line.newLine + 1;
      if (line.kind === 'added' && line.newLine !== null) added.add(line.newLine);
      if (line.kind !== 'removed') continue;
      const before = removedBefore.get(next);
      if (before) before.push(line.text);
      else removedBefore.set(next, [line.text]);
    }
  }
  if (!file.hunks) lines.forEach((_, index) => added.add(index + 1));
  const changed = [...removedBefore.values()].reduce((sum, old) => sum + old.length, added.size);
  if (changed * PREFIX > most) return null;
  const rest = removedBefore.get(lines.length + 1) ?? [];
  const shown = lines.length <= WHOLE_FILE_LINES ? null : pickLines(lines, [...added, ...removedBefore.keys()]);
  const rows: string[] = [];
  let gap = false;
  lines.forEach((text, index) => {
    const number = index + 1;
    if (shown && !shown.has(number)) {
      gap = true;
      return;
    }
    if (gap) rows.push('       …');
    gap = false;
    for (const old of removedBefore.get(number) ?? []) rows.push(`-      | ${old}`);
    rows.push(`${added.has(number) ? '+' : ' '}${String(number).padStart(5)} | ${text}`);
  });
  for (const old of rest) rows.push(`-      | ${old}`);
  if (rows.reduce((sum, row) => sum + row.length, 0) > most) return null;
  const text = escapeInvisible(rows.join('\n'));
  const shownFile = `<file-${nonce} path=${JSON.stringify(escapeInvisible(file.path))} kind="${file.kind}">\n${text}\n</file-${nonce}>`;
  return shownFile.length > most ? null : shownFile;
}

/** The changed lines, 40 lines around each, and the line that opens the function around each run of them. */
function pickLines(lines: readonly string[], changed: readonly number[]): Set<number> {
  const shown = new Set<number>();
  const indents = lines.map((text) => (text.trim() === '' ? null : text.length - text.trimStart().length));
  let last = 0;
  for (const line of [...changed].sort((a, b) => a - b)) {
    for (let at = Math.max(last + 1, line - CONTEXT); at <= Math.min(lines.length, line + CONTEXT); at++) shown.add(at);
    const head = line > last - CONTEXT + 1 ? findOpening(lines, indents, line) : null;
    if (head !== null) for (let at = head; at < Math.min(head + 3, lines.length); at++) shown.add(at);
    last = Math.min(lines.length, line + CONTEXT);
  }
  return shown;
}

function findOpening(lines: readonly string[], indents: readonly (number | null)[], line: number): number | null {
  let own = indents[line - 1] ?? 0;
  for (let at = line - 1; at >= Math.max(1, line - FAR); at--) {
    const indent = indents[at - 1] ?? null;
    if (indent === null || indent >= own) continue;
    own = indent;
    if (
      /\b(function|func|def|class|async)\b|=>\s*\{?\s*$|\)\s*(:[^{]*)?\{\s*$/.test(cutText(lines[at - 1] ?? '', 1000))
    )
      return at;
  }
  return null;
}
