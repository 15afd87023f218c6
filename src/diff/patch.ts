import { findFrom } from './find-from.ts';

/** One line of a hunk. `oldLine`/`newLine` are 1-based; null on the side where the line does not exist. */
export interface HunkLine {
  kind: 'context' | 'added' | 'removed';
  oldLine: number | null;
  newLine: number | null;
  /** Without the diff marker and without the line feed; a carriage return stays. */
  text: string;
}

export interface Hunk {
  oldStart: number;
  newStart: number;
  lines: HunkLine[];
}

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads the `patch` of one file, as GitHub's pull-request files API and `git diff` write it (hunks without the file header).
 * A malformed patch throws: an anchor guessed from half a patch would be a comment on the wrong line.
 */
export function parsePatch(patch: string): Hunk[] {
  const hunks: Hunk[] = [];
  let hunk: Hunk | undefined;
  let oldLeft = 0;
  let newLeft = 0;
  let oldLine = 0;
  let newLine = 0;
  for (const raw of patch.split('\n')) {
    const header = oldLeft === 0 && newLeft === 0 ? HEADER.exec(raw) : null;
    if (header) {
      oldLine = Number(header[1]);
      newLine = Number(header[3]);
      oldLeft = header[2] === undefined ? 1 : Number(header[2]);
      newLeft = header[4] === undefined ? 1 : Number(header[4]);
      hunk = { oldStart: oldLine, newStart: newLine, lines: [] };
      hunks.push(hunk);
      continue;
    }
    if (!hunk || (oldLeft === 0 && newLeft === 0)) {
      if (raw === '' || raw.startsWith('\\')) continue;
      throw new Error(`not a patch: ${JSON.stringify(raw.slice(0, 40))} stands outside a hunk`);
    }
    const text = raw.slice(1);
    if (raw.startsWith('\\')) continue;
    if (raw.startsWith('+')) {
      hunk.lines.push({ kind: 'added', oldLine: null, newLine, text });
      newLine += 1;
      newLeft -= 1;
    } else if (raw.startsWith('-')) {
      hunk.lines.push({ kind: 'removed', oldLine, newLine: null, text });
      oldLine += 1;
      oldLeft -= 1;
    } else if (raw.startsWith(' ') || raw === '') {
      hunk.lines.push({ kind: 'context', oldLine, newLine, text });
      oldLine += 1;
      newLine += 1;
      oldLeft -= 1;
      newLeft -= 1;
    } else {
      throw new Error(`not a patch: ${JSON.stringify(raw.slice(0, 40))} is no diff line`);
    }
  }
  if (oldLeft !== 0 || newLeft !== 0) throw new Error('not a patch: its last hunk is cut short');
  return hunks;
}

/** The change that made a text where there was none. */
export function addAll(text: string): Hunk[] {
  if (text === '') return [];
  const lines = text.replace(/\n$/, '').split('\n');
  const added = lines.map((line, index) => ({ kind: 'added' as const, oldLine: null, newLine: index + 1, text: line }));
  return [{ oldStart: 0, newStart: 1, lines: added }];
}

/** The lines that the change added (head line numbers) and removed (base line numbers). */
export interface ChangedLines {
  added: number[];
  removed: number[];
}

export function listChangedLines(hunks: readonly Hunk[]): ChangedLines {
  const added: number[] = [];
  const removed: number[] = [];
  for (const { lines } of hunks) {
    for (const line of lines) {
      if (line.kind === 'added' && line.newLine !== null) added.push(line.newLine);
      if (line.kind === 'removed' && line.oldLine !== null) removed.push(line.oldLine);
    }
  }
  return { added, removed };
}

interface Range {
  startLine: number;
  endLine: number;
  side?: 'LEFT' | 'RIGHT' | undefined;
}

/** Whether a range of head lines holds one that the change added; of base lines, one that it removed. */
export function touchesOf(hunks: readonly Hunk[]): (range: Range) => boolean {
  const { added, removed } = listChangedLines(hunks);
  const sorted = { LEFT: removed.sort((a, b) => a - b), RIGHT: added.sort((a, b) => a - b) };
  return ({ startLine, endLine, side = 'RIGHT' }) => {
    const lines = sorted[side];
    return (lines[findFrom(lines, startLine)] ?? Number.POSITIVE_INFINITY) <= endLine;
  };
}

/**
 * The base text of a file, from its head text and its hunks, so that "was it so before?" costs no further request.
 * Returns null where the hunks do not fit the head text.
 */
export function revertPatch(head: string, hunks: readonly Hunk[]): string | null {
  const source = head.split('\n');
  const base: string[] = [];
  let next = 1;
  for (const hunk of hunks) {
    const first = hunk.lines.find((line) => line.newLine !== null)?.newLine ?? hunk.newStart + 1;
    while (next < first) base.push(source[next++ - 1] ?? '');
    for (const line of hunk.lines) {
      if (line.kind !== 'removed') {
        if (source[next - 1] !== line.text) return null;
        next += 1;
      }
      if (line.kind !== 'added') base.push(line.text);
    }
  }
  while (next <= source.length) base.push(source[next++ - 1] ?? '');
  return base.join('\n');
}
