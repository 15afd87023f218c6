import type { Outline } from '../analysis/outline/outline.ts';
import type { SelectedFile } from '../change/selected-file.ts';
import { indentOf } from '../text/indent-of.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { type ChangedLines, readChangedLines } from './changed-lines.ts';
import { isFunction } from './enclosing.ts';
import { MEASURES, pickLines } from './pick-lines.ts';

interface Options {
  /** What stands in the head; null: it is not known. */
  outline?: Outline | null;
  /** More narrows what is shown, as far as it can be narrowed. */
  mostChars?: number;
  /** Few lines around each change alone. */
  narrow?: boolean;
}

const MOST_NAMES = 8;
/** Number, sign and bar before each line. */
const PREFIX = 9;

/**
 * A file as the reviewer reads it: numbered head lines; `+` added or changed, `~` moved or with other white space alone, `-`
 * removed, with the number of the base and where it stood. Each changed function is whole; what is left out is named by its
 * lines. Invisible characters are made visible. The nonce in the delimiters is unknown to the text, which so cannot close them.
 *
 * @returns null for a file that takes more than `mostChars`, as narrow as it may be
 */
export function showFile(
  file: SelectedFile,
  nonce: string,
  { outline = null, mostChars = Number.POSITIVE_INFINITY, narrow = false }: Options = {},
): string | null {
  const written = (file.hunks ?? []).reduce((sum, { lines }) => sum + lines.length, 0);
  if (written * PREFIX > mostChars) return null;
  const changed = readChangedLines(file);
  for (const measure of narrow ? MEASURES.slice(-1) : MEASURES) {
    const rows = renderRows(changed, pickLines(file.kind, changed, outline, measure), outline);
    if (rows.reduce((sum, row) => sum + row.length + 1, 0) > mostChars) continue;
    const text = escapeInvisible(rows.join('\n'));
    const shown = `<file-${nonce} path=${JSON.stringify(escapeInvisible(file.path))} kind="${file.kind}">\n${text}\n</file-${nonce}>`;
    if (shown.length <= mostChars) return shown;
  }
  return null;
}

function renderRows(changed: ChangedLines, shown: ReadonlySet<number>, outline: Outline | null): string[] {
  const { lines, added, pairs } = changed;
  const rows: string[] = [];
  let gap: number | null = null;
  const closeGap = (before: number): void => {
    if (gap !== null)
      rows.push(`       … ${nameLines(gap, before - 1)} not shown${nameHidden(outline, gap, before - 1)} …`);
    gap = null;
  };
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    if (!shown.has(line)) {
      gap ??= line;
      continue;
    }
    closeGap(line);
    rows.push(...renderRemoved(changed, line), ...renderMoved(changed, line));
    const mark = pairs.has(line) ? '~' : added.has(line) ? '+' : ' ';
    rows.push(`${mark}${String(line).padStart(5)} | ${text}`);
  }
  closeGap(lines.length + 1);
  rows.push(...renderRemoved(changed, lines.length + 1));
  rows.push(`       (end of the file: ${lines.length} ${lines.length === 1 ? 'line' : 'lines'})`);
  return rows;
}

/** Removed lines where they stood; of a block that stands elsewhere now only that it does. */
function renderRemoved({ removed, movedAway }: ChangedLines, line: number): string[] {
  const rows: string[] = [];
  const gone = removed.get(line) ?? [];
  for (let at = 0; at < gone.length; at++) {
    const old = gone[at]?.oldLine ?? 0;
    const pair = movedAway.get(old);
    if (pair?.how === 'spaced') continue;
    if (!pair) {
      rows.push(`-${String(old).padStart(5)} | ${(gone[at]?.text ?? '').replace(/\r$/, '')}`);
      continue;
    }
    let end = at;
    while (movedAway.get(gone[end + 1]?.oldLine ?? 0)?.newLine === pair.newLine + end + 1 - at) end++;
    const to = nameLines(pair.newLine, pair.newLine + end - at);
    rows.push(`       … ${nameLines(old, old + end - at).replace('line', 'old line')} moved to ${to} …`);
    at = end;
  }
  return rows;
}

/** Before the first line of a block that came from elsewhere, or that was indented anew, what it was. */
function renderMoved({ pairs, lines, removed }: ChangedLines, line: number): string[] {
  const pair = pairs.get(line);
  const before = pairs.get(line - 1);
  if (!pair || (before?.how === pair.how && before.oldLine === pair.oldLine - 1)) return [];
  let end = line;
  while (pairs.get(end + 1)?.how === pair.how && pairs.get(end + 1)?.oldLine === pair.oldLine + end + 1 - line) end++;
  const old = nameLines(pair.oldLine, pair.oldLine + end - line).replace('line', 'old line');
  if (pair.how === 'moved') return [`       … ${nameLines(line, end)} moved here from ${old} …`];
  const was = [...removed.values()].flat().find(({ oldLine }) => oldLine === pair.oldLine)?.text ?? '';
  const by = indentOf(lines[line - 1] ?? '') - indentOf(was);
  const how = by === 0 ? 'other white space' : `re-indented, ${by > 0 ? 'deeper' : 'less deep'} by ${Math.abs(by)}`;
  // Without `…`, which stands for what is not shown.
  return [`       ~ (${nameLines(line, end)} only ${how})`];
}

function nameLines(from: number, to: number): string {
  return from === to ? `line ${from}` : `lines ${from}–${to}`;
}

/** The functions and types that begin in lines that are not shown. */
function nameHidden(outline: Outline | null, from: number, to: number): string {
  const hidden = (outline?.declarations ?? []).filter(
    (one) =>
      from <= one.startLine && one.endLine <= to && (isFunction(one) || one.kind === 'class' || one.kind === 'type'),
  );
  const names = [...new Set(hidden.map(({ name }) => name))];
  if (names.length === 0) return '';
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return ` (${names.slice(0, MOST_NAMES).join(', ')}${more})`;
}
