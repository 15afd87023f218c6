import type { Side } from '../change/repository.ts';
import { cutText } from '../text/cut-text.ts';
import { MOST_RESULT } from './claude/claude.ts';

const MAX_LINES = 400;
/** Of the lines of one answer, in characters: with what is said of the others it is not cut, so what counts as sent was sent. */
const MAX_TEXT = MOST_RESULT - 2000;

/** Which lines one conversation was sent: whatever tool is asked for them, they are not sent again. */
export interface SentLines {
  /** Numbered lines from `start` to `end`, and in words which ones are not among them and why. */
  show(file: { side: Side; path: string; lines: readonly string[] }, start: number, end?: number): string;
}

/** @param shown what the request itself shows, by side and path */
export function createSentLines(shown: ReadonlyMap<string, ReadonlySet<number>> = new Map()): SentLines {
  const sent = new Map([...shown].map(([key, lines]) => [key, new Set(lines)]));
  return {
    show: ({ side, path, lines }, start, end = lines.length) => {
      const key = `${side}:${path}`;
      const known = sent.get(key) ?? new Set<number>();
      sent.set(key, known);
      return showLines(lines, start, Math.min(end, lines.length), known);
    },
  };
}

export const MOST_LINES_OF_CALL = MAX_LINES;

/** Notes in `sent` what it shows. */
function showLines(lines: readonly string[], start: number, end: number, sent: Set<number>): string {
  if (start > lines.length) return `The file has ${lines.length} lines.`;
  const shown: string[] = [];
  let length = 0;
  const say = (text: string): void => {
    shown.push(text);
    // With its line end.
    length += text.length + 1;
  };
  const isFull = (): boolean => shown.length >= MAX_LINES || length >= MAX_TEXT;
  let line = start;
  let before = 0;
  for (; line <= end && !isFull(); line++) {
    if (sent.has(line)) {
      before += 1;
      continue;
    }
    if (before > 0) say(describeSent(line - before, line - 1));
    before = 0;
    say(`${line} | ${cutText(lines[line - 1] ?? '', 500)}`);
    sent.add(line);
  }
  if (before > 0) say(describeSent(line - before, line - 1));
  if (line <= end) say(`(lines ${line} to ${end} are not shown: go on with start_line ${line})`);
  return shown.join('\n');
}

function describeSent(first: number, last: number): string {
  return `(lines ${first} to ${last} were sent to you before)`;
}
