import type { Span } from './masked-text.ts';

/** The shortest piece that cannot be there by chance. Of a shorter value, only the whole is looked for. */
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
  /** Looked for in pieces, and those that are no longer than a piece. */
  const forms: string[] = [];
  const short = new Map<number, Set<string>>();
  const whole = new Set<string>();
  let left = MOST;
  for (const value of values) {
    whole.add(value);
    left -= value.length;
    if (left < 0) continue;
    for (const form of listForms(value)) {
      if (form.length > PIECE) forms.push(form);
      else if (form.length >= LEAST) short.set(form.length, (short.get(form.length) ?? new Set()).add(form));
    }
  }
  if (whole.size === 0) return () => [];
  const isPiece = indexPieces(forms);
  const begins = markBegins(whole);
  return (text) => {
    const pieces = new Map(short);
    const long = listPieces(text, isPiece);
    if (long.size > 0) pieces.set(PIECE, new Set([...(short.get(PIECE) ?? []), ...long]));
    return [...findPieces(text, pieces), ...findWords(text, whole, begins)];
  };
}

/** Pieces of the forms that stand in a text. */
function listPieces(text: string, isPiece: (hash: number, of: string, at: number) => boolean): ReadonlySet<string> {
  const found = new Set<string>();
  eachHash(text, (hash, at) => {
    if (!isPiece(hash, text, at)) return;
    const piece = text.slice(at, at + PIECE);
    if (isTelling(piece)) found.add(piece);
  });
  return found;
}

const MOST_PLACES = 2 ** 24;

/**
 * Where each piece of the forms stands, in a table by its hash; a place that is taken leads to the next one. Pieces are compared where
 * they stand: to cut every piece of a long key out takes seconds.
 */
function indexPieces(forms: readonly string[]): (hash: number, of: string, at: number) => boolean {
  const all = forms.join('\0').slice(0, MOST_PLACES / 2);
  const mask = 2 ** Math.ceil(Math.log2(2 * all.length + 2)) - 1;
  const places = new Uint32Array(mask + 1);
  const find = (hash: number, of: string, at: number): number => {
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const place = places[slot] ?? 0;
      if (place === 0 || isSame(all, place - 1, of, at)) return slot;
    }
  };
  eachHash(all, (hash, at) => {
    const slot = find(hash, all, at);
    if (places[slot] === 0) places[slot] = at + 1;
  });
  return (hash, of, at) => places[find(hash, of, at)] !== 0;
}

function isSame(a: string, atA: number, b: string, atB: number): boolean {
  for (let index = 0; index < PIECE; index++) if (a.charCodeAt(atA + index) !== b.charCodeAt(atB + index)) return false;
  return true;
}

const BASE = 0x01000193;
/** What the first sign of a piece counts. */
const FIRST = Array.from({ length: PIECE - 1 }).reduce((power: number) => Math.imul(power, BASE), 1);

/** Each piece of a text by a hash of it, which is made of the one before. */
function eachHash(text: string, see: (hash: number, at: number) => void): void {
  let hash = 0;
  for (let end = 0; end < text.length; end++) {
    if (end >= PIECE) hash = (hash - Math.imul(text.charCodeAt(end - PIECE), FIRST)) | 0;
    hash = (Math.imul(hash, BASE) + text.charCodeAt(end)) | 0;
    if (end >= PIECE - 1) see(hash ^ (hash >>> 15), end - PIECE + 1);
  }
}

/** No word of the language, such as the name of a service that begins a token. */
function isTelling(piece: string): boolean {
  return /\d/.test(piece) ? /[A-Za-z]/.test(piece) : /[a-z].*[A-Z].*[a-z]|[A-Z].*[a-z].*[A-Z]/.test(piece);
}

function findPieces(text: string, pieces: ReadonlyMap<number, ReadonlySet<string>>): Span[] {
  const spans: Span[] = [];
  if (pieces.size === 0) return spans;
  const lengths = [...pieces].sort(([a], [b]) => b - a);
  const begins = markBegins(lengths.flatMap(([, set]) => [...set]));
  let last: Span | undefined;
  for (let at = 0; at + LEAST <= text.length; at++) {
    if (begins[firstTwo(text, at)] !== 1) continue;
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

function firstTwo(text: string, at: number): number {
  return ((text.charCodeAt(at) & 255) << 8) | (text.charCodeAt(at + 1) & 255);
}

/** What ends a word: a blank, or one of the signs of programs. */
const ENDS = /[\s"'`=:;,&@()<>{}[\]|]/;
const endsWord = Uint8Array.from({ length: 65_536 }, (_, code) => Number(ENDS.test(String.fromCharCode(code))));

/** By whole words, so that the time does not grow with the number of values. */
function findWords(text: string, values: ReadonlySet<string>, begins: Uint8Array): Span[] {
  const spans: Span[] = [];
  for (let start = 0; start < text.length; start++) {
    let end = start;
    while (end < text.length && endsWord[text.charCodeAt(end)] === 0) end++;
    if (end - start >= LEAST && begins[firstTwo(text, start)] === 1) {
      const word = text.slice(start, end);
      const clean = word.replace(/[.!?]$/, '');
      const value = values.has(word) ? word : values.has(clean) ? clean : null;
      if (value !== null) spans.push({ start, end: start + value.length, shown: '' });
    }
    start = end;
  }
  return spans;
}

/** A test of two characters spares nearly every look into a set. */
function markBegins(texts: Iterable<string>): Uint8Array {
  const begins = new Uint8Array(65_536);
  for (const text of texts) begins[firstTwo(text, 0)] = 1;
  return begins;
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
