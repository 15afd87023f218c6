import type { SelectedFile } from '../change/selected-file.ts';
import { listRuns } from '../diff/runs.ts';
import { squeeze } from '../findings/fingerprint.ts';
import { escapeInvisible } from '../text/invisible.ts';

/** Where a quote stands. Lines of `LEFT` are those of the base. */
export interface Located {
  side: 'LEFT' | 'RIGHT';
  startLine: number;
  endLine: number;
  /** The lines as they stand there, not as they were quoted. */
  text: string;
}

/** How far off a line number may be where its quote stands at several places. */
const NEAR = 10;
const MOST_LINES = 20;
/** Of one line that has to speak for a quote, without white space: a shorter one could be anywhere. */
const LEAST_ALONE = 10;
/** Of a quote that is copied wrong, without white space, and what may differ. */
const LEAST_NEARLY = 24;
const MOST_LETTERS = 2;

/**
 * Finds a quote in a file or among the lines that the change removed, spaces aside. The number decides between several places;
 * a quote that could be anywhere is nowhere.
 *
 * @param line the number that the first quoted line was shown with
 * @param removed whether the quote is said to be of removed lines: they are looked at first
 */
export function locateQuote(file: SelectedFile, quote: string, line: number, removed: boolean): Located | null {
  const wanted = readQuote(quote);
  if ((wanted[0] ?? '').length < 3 || wanted.length > MOST_LINES) return null;
  const [first, second] = removed ? [findRemoved, findInHead] : [findInHead, findRemoved];
  return (
    choose(first(file, wanted), line) ??
    choose(second(file, wanted), line) ??
    locateOneLine(first(file, wanted, 'alone'), wanted, line) ??
    locateOneLine(second(file, wanted, 'alone'), wanted, line) ??
    locateMiscopied(first(file, [], 'each'), wanted, line) ??
    locateMiscopied(second(file, [], 'each'), wanted, line)
  );
}

/**
 * One line of a quote whose others are copied wrong, shortened, or from both sides of the change. It is whole, and the number
 * says the same: then this line was read.
 */
function locateOneLine(places: readonly Located[], wanted: readonly string[], line: number): Located | null {
  if (wanted.length < 2) return null;
  const distance = ({ startLine }: Located): number => Math.abs(startLine - line);
  const [nearest] = places.filter((place) => distance(place) <= NEAR).sort((a, b) => distance(a) - distance(b));
  return nearest ?? null;
}

/** The line of that very number, where the quote differs from it by a letter or two: it was read, and copied wrong. */
function locateMiscopied(
  lines: readonly Located[],
  [first = '', ...others]: readonly string[],
  line: number,
): Located | null {
  if (others.length > 0 || first.length < LEAST_NEARLY) return null;
  const own = lines.find(({ startLine }) => startLine === line);
  return own && isNearly(normalise(own.text), first) ? own : null;
}

/** Equal but for a few letters in one place: a sign more or less is another condition. */
function isNearly(text: string, quote: string): boolean {
  const least = Math.min(text.length, quote.length);
  let start = 0;
  while (start < least && text[start] === quote[start]) start += 1;
  let end = 0;
  while (end < least - start && text.at(-1 - end) === quote.at(-1 - end)) end += 1;
  return [text, quote].every((one) => {
    const other = one.slice(start, one.length - end);
    return other.length <= MOST_LETTERS && /^\p{L}*$/u.test(other);
  });
}

/** Whether a text holds a quote as it was shown, spaces aside; where a line was cut (`…`), both of its parts. */
export function holdsQuote(text: string, quote: string): boolean {
  const parts = readQuote(quote)
    .join('')
    .split('…')
    .filter((part) => part !== '');
  const squeezed = squeeze(escapeInvisible(text));
  return parts.join('').length >= 3 && parts.every((part) => squeezed.includes(part));
}

/** The lines of a quote, without the numbers and marks that the prompt puts before them. */
export function stripMarks(quote: string): string[] {
  return quote
    .split('\n')
    .map((text) => text.replace(/^[+\-~ ]?\s*\d+ \| ?/, ''))
    .filter((text) => text.trim() !== '');
}

function readQuote(quote: string): string[] {
  return stripMarks(quote)
    .map(normalise)
    .filter((text) => text !== '');
}

/** As it was shown: what is invisible is spelt out there. */
function normalise(text: string): string {
  return squeeze(escapeInvisible(text));
}

function choose(places: readonly Located[], line: number): Located | null {
  const [only, ...others] = places;
  if (!only || others.length === 0) return only ?? null;
  const distance = (place: Located): number =>
    line >= place.startLine && line <= place.endLine ? 0 : Math.abs(place.startLine - line);
  const [first, second] = [...places].sort((a, b) => distance(a) - distance(b));
  if (!first || !second || distance(first) > NEAR || distance(first) === distance(second)) return null;
  return first;
}

/** `alone`: each line of the quote by itself, where it is a whole line; `each`: all lines. */
type Way = 'together' | 'alone' | 'each';

function findInHead(file: SelectedFile, wanted: readonly string[], way: Way = 'together'): Located[] {
  const lines = file.text.split('\n').map((text) => text.replace(/\r$/, ''));
  return findRuns(
    lines.map((text, index) => ({ text, number: index + 1 })),
    wanted,
    'RIGHT',
    way,
  );
}

/** Only within lines that were removed together: a comment over lines that are still there would quote what nobody removed. */
function findRemoved({ hunks }: SelectedFile, wanted: readonly string[], way: Way = 'together'): Located[] {
  return listRuns(hunks ?? []).flatMap(({ removed }) =>
    findRuns(
      removed.map(({ text, oldLine }) => ({ text, number: oldLine ?? 0 })),
      wanted,
      'LEFT',
      way,
    ),
  );
}

/** Empty lines stand in no quote, so they are jumped over in the file as well. */
function findRuns(
  lines: readonly { text: string; number: number }[],
  wanted: readonly string[],
  side: Located['side'],
  way: Way,
): Located[] {
  const full = lines
    .map((line) => ({ ...line, squeezed: normalise(line.text) }))
    .filter((line) => line.squeezed !== '');
  if (way === 'each') return full.map(({ text, number }) => ({ side, startLine: number, endLine: number, text }));
  if (way === 'alone') {
    const whole = new Set(wanted.filter((text) => text.length >= LEAST_ALONE));
    return full.flatMap(({ text, number, squeezed }) =>
      whole.has(squeezed) ? [{ side, startLine: number, endLine: number, text }] : [],
    );
  }
  return full.flatMap((_, index) => {
    const run = full.slice(index, index + wanted.length);
    if (!wanted.every((text, offset) => run[offset]?.squeezed.includes(text))) return [];
    const [startLine, endLine] = [run[0]?.number ?? 0, run.at(-1)?.number ?? 0];
    const text = lines
      .filter(({ number }) => number >= startLine && number <= endLine)
      .map((line) => line.text)
      .join('\n');
    return [{ side, startLine, endLine, text }];
  });
}
