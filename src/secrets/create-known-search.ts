import type { Span } from './masked-text.ts';

/** Pieces of this length are told apart from chance. Of a shorter value only the whole is looked for. */
const PIECE = 10;
const LEAST = 8;
/** Characters of values that are known in pieces and in other notations; what comes after them is known as it stands. */
const MOST = 200_000;

/**
 * Finds values that were found to be credentials: whole, in pieces of ten characters and more, backwards, and in the notations in
 * which they are passed on (base64 at any place of a longer one, hexadecimal, percent signs, escapes of JSON). Linear time, and next to
 * nothing where no value is known.
 */
export function createKnownSearch(values: Iterable<string>): (text: string) => Span[] {
  const pieces = new Map<number, Set<string>>();
  const add = (form: string): void => {
    const length = Math.min(PIECE, form.length);
    if (length < LEAST) return;
    const set = pieces.get(length) ?? new Set();
    pieces.set(length, set);
    for (let at = 0; at + length <= form.length; at++) {
      const piece = form.slice(at, at + length);
      if (form.length === length || isTelling(piece)) set.add(piece);
    }
  };
  const whole = new Set<string>();
  let left = MOST;
  for (const value of values) {
    whole.add(value);
    left -= value.length;
    if (left >= 0) for (const form of listForms(value)) add(form);
  }
  // A test of two characters spares nearly every look into the sets.
  const begins = new Uint8Array(65_536);
  for (const set of pieces.values()) for (const piece of set) begins[hashOf(piece, 0)] = 1;
  if (whole.size === 0) return () => [];
  return (text) => [...findPieces(text, pieces, begins), ...findWords(text, whole)];
}

/** No word of the language, such as the name of a service that begins a token. */
function isTelling(piece: string): boolean {
  return /\d/.test(piece) ? /[A-Za-z]/.test(piece) : /[a-z].*[A-Z].*[a-z]|[A-Z].*[a-z].*[A-Z]/.test(piece);
}

function hashOf(text: string, at: number): number {
  return ((text.charCodeAt(at) & 255) << 8) | (text.charCodeAt(at + 1) & 255);
}

function findPieces(text: string, pieces: ReadonlyMap<number, ReadonlySet<string>>, begins: Uint8Array): Span[] {
  const spans: Span[] = [];
  const lengths = [...pieces].sort(([a], [b]) => b - a);
  let last: Span | undefined;
  for (let at = 0; at + LEAST <= text.length; at++) {
    if (begins[hashOf(text, at)] !== 1) continue;
    const hit = lengths.find(([length, set]) => set.has(text.slice(at, at + length)));
    if (!hit) continue;
    const end = at + hit[0];
    // Pieces that overlap are one: no mask stands beside another.
    if (last && at <= last.end) last.end = Math.max(last.end, end);
    else {
      last = { start: at, end, shown: '' };
      spans.push(last);
    }
  }
  return spans;
}

/** By whole words, so that the time does not grow with the number of values. */
function findWords(text: string, values: ReadonlySet<string>): Span[] {
  if (values.size === 0) return [];
  return [...text.matchAll(/[^\s"'`=:;,&@()<>{}[\]|]{8,}/g)].flatMap(({ 0: word, index }) => {
    const clean = word.replace(/[.!?]$/, '');
    const value = values.has(word) ? word : values.has(clean) ? clean : null;
    return value === null ? [] : [{ start: index, end: index + value.length, shown: '' }];
  });
}

/** A value as it is written in other places. */
function listForms(value: string): Set<string> {
  const bytes = Buffer.from(value, 'utf8');
  const hex = bytes.toString('hex');
  return new Set([
    value,
    [...value].reverse().join(''),
    ...[0, 1, 2].flatMap((shift) => listBase64(bytes, shift)),
    hex,
    hex.toUpperCase(),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
  ]);
}

/** What of its base64 does not depend on what stands before and behind it there, in both alphabets. */
function listBase64(bytes: Buffer, shift: number): string[] {
  const all = Buffer.concat([Buffer.alloc(shift), bytes]);
  const fixed = all
    .subarray(0, all.length - (all.length % 3))
    .toString('base64')
    .slice(shift === 0 ? 0 : 4);
  return [fixed, fixed.replaceAll('+', '-').replaceAll('/', '_')];
}
