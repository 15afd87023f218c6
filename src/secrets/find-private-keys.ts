import type { Secret } from './secret.ts';

const BEGIN = /-----BEGIN[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|Private-Lines: \d{1,4}/g;
/** The rest of the line on which the key begins: escaped line ends, or none at all. */
const INLINE = /(?:\\+[nr]|[A-Za-z0-9+/= \t])+/y;
/** What a line of base64 stands in: white space, comment signs, quotes, joining signs; and escaped line ends behind it. */
const LEAD = /[\s"'`#*>|]*(?:\/\/|--|\+)?[\s"'`]*/y;
const TAIL = new Set(' \t\r"\'`\\+,;.)');
const HEADER = /^(?:Proc-Type|DEK-Info|Version|Comment|Hash|Private-MAC): ?[\w ,.:/+=()-]*$/;
const MAX_LINES = 2000;

/** Private keys in PEM and its relatives, whole or cut off, on one line or on many. */
export function findPrivateKeys(text: string): Secret[] {
  const found: Secret[] = [];
  let from = 0;
  for (const match of text.matchAll(BEGIN)) {
    const begin = match.index + match[0].length;
    if (match.index < from) continue;
    const end = findEnd(text, begin);
    const body = text.slice(begin, end);
    from = end;
    if (body.trim() === '') continue;
    const start = begin + (body.length - body.trimStart().length);
    const base64 = body.replace(/\\+[nr]|[^A-Za-z0-9+/=]/g, '');
    found.push({
      start,
      end: begin + body.trimEnd().length,
      shown: '',
      kind: 'private key',
      label: match[0],
      report: base64.length >= 60 && new Set(base64).size >= 24,
      home: true,
    });
  }
  return found;
}

function findEnd(text: string, begin: number): number {
  INLINE.lastIndex = begin;
  let end = begin + (INLINE.exec(text)?.[0].length ?? 0);
  if (!/^["'`+\\,;\s]*\r?\n/.test(text.slice(end, end + 20))) return end;
  for (let count = 0; count < MAX_LINES; count++) {
    const next = text.indexOf('\n', end);
    if (next === -1) return end;
    const stop = text.indexOf('\n', next + 1);
    const line = text.slice(next + 1, stop === -1 ? text.length : stop);
    if (line.length > 20_000 || !isKeyLine(line)) return end;
    end = next + 1 + line.length;
  }
  return end;
}

function isKeyLine(line: string): boolean {
  LEAD.lastIndex = 0;
  const start = LEAD.exec(line)?.[0].length ?? 0;
  let end = line.length;
  while (end > start && (TAIL.has(line[end - 1] ?? '') || /\\[nr]/.test(line.slice(Math.max(start, end - 2), end))))
    end -= 1;
  const core = line.slice(start, end);
  return /^[A-Za-z0-9+/=]*$/.test(core) || (core.length < 200 && HEADER.test(core));
}

/** A line of nothing but base64, as it may be quoted; and a last one, which is shorter and is no word. */
const LINE = String.raw`[ \t>+"'-]{0,12}[A-Za-z0-9+/]{40,120}={0,2}["',+ \t]{0,4}\r?(?:\n|$)`;
const LAST = String.raw`[ \t>+"'-]{0,12}(?=[a-zA-Z]{0,80}[\d=+/])[A-Za-z0-9+/]{2,80}={0,2}(?=["',;+ \t]{0,4}\r?(?:\n|$))`;
const LINES = new RegExp(`(?:^|\\n)(?:${LINE}){2,}(?:${LAST})?`, 'g');

/** Two and more lines of nothing but long base64: a key whose beginning is not in this piece of text. */
export function findKeyLines(text: string): Secret[] {
  return [...text.matchAll(LINES)]
    .filter(({ 0: value }) => /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value))
    .map(({ 0: value, index }) => ({
      start: index + (value.length - value.trimStart().length),
      end: index + value.trimEnd().length,
      shown: '',
      kind: 'private key',
      label: 'lines of base64',
      report: false,
      home: true,
    }));
}
