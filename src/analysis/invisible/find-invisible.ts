import type { SourceFile } from '../../change/source-file.ts';
import { hasInvisible, nameCharacter } from '../../text/invisible.ts';
import { CLOSED, isLeftwards, needsDirection } from './directions.ts';
import { isTypography } from './is-typography.ts';
import { type Around, createTextReader } from './text-around.ts';
import { WRITING } from './writing.ts';

/**
 * What turns code round or hides instructions, whatever stands around it: changes of direction, tags, selectors that select
 * nothing, fillers.
 */
const ALWAYS = /[\u202A-\u202E\u2066-\u206F\u{E0000}-\u{E0FFF}\u3164\u115F\u1160\uFFA0\uFFF9-\uFFFB]|[\uFE01-\uFE0D]/u;
const CONTROL = /\p{Cc}/u;
/** Controls that no terminal obeys: what separates texts from each other. */
const SEPARATORS = '\0\u0001\u0002\u0003\v\f\u001C\u001D\u001E\u001F';
/** Ends a line for some readers, and a comment of JavaScript: what stands behind it runs. */
const LINE_END = /[\u2028\u2029]/;
/** The begin of a colour of a terminal, but for the one that hides what follows. Source: ECMA-48, 8.3.117. */
const COLOUR = /^\[(?:0|1|2|3|4|22|39|49|[349][0-7]|10[0-7])?(?:;(?:0|1|2|3|4|[349][0-7]))?m/;
/** Characters of the line on each side, in which it may be named. */
const NEAR = 80;
/** No writing has so many without a letter between them; a hidden message has. */
const RUN = /(?:[\u200B-\u200D\u2060-\u2064\uFEFF]|[\uFE00-\uFE0F]){4,}/gu;

/** Lines with invisible characters that belong to no writing, and which they are. */
export function findInvisible(
  file: SourceFile,
): { line: number; characters: string[]; isPlain: boolean; isStray: boolean; isColour: boolean }[] {
  let reader: ReturnType<typeof createTextReader> | undefined;
  const read = (offset: number) => (reader ??= createTextReader(file))(offset);
  let start = 0;
  return file.text.split('\n').flatMap((line, index) => {
    const from = start;
    start += line.length + 1;
    // One test of the line first: hardly any has one.
    if (!hasInvisible(line)) return [];
    const left = listLeft(line, index === 0);
    const closed = new Map([...line.matchAll(CLOSED)].map(({ 0: found, index: at }) => [at, found]));
    const ends = new Set<number>();
    let isPlain = true;
    let isColours = true;
    const characters = left.flatMap(({ char, at, inRun }) => {
      const around = read(from + at);
      // A text, of which it is a separator or all that there is: it hides nothing, and is only hard to see.
      const isText = around.kind === 'text' || isPattern(line, at);
      const isColour = char === '\u001B' && COLOUR.test(line.slice(at + 1));
      if (!isColour) isColours = false;
      const isSeen =
        isColour || SEPARATORS.includes(char) || around.text === char || isNamed(line, char) || isOneOf(around, char);
      if (!isText || !isSeen) isPlain = false;
      const found = closed.get(at);
      if (found && around.kind !== 'code' && needsDirection(found, around.text)) ends.add(at + found.length - 1);
      const isNeeded = ends.has(at) || (found !== undefined && ends.has(at + found.length - 1));
      if (isNeeded || (around.kind !== 'code' && isLookedFor(line, at))) return [];
      if (inRun || ALWAYS.test(char)) return [nameCharacter(char)];
      // A tool wrote it, and nobody reads it: there only what a person would be shown otherwise than it is.
      if (file.unjudged === 'MINIFIED') return [];
      const isStrong = CONTROL.test(char) || (LINE_END.test(char) && around.kind === 'comment');
      return isStrong || !isTypography(around, line.slice(Math.max(0, at - NEAR), at + NEAR))
        ? [nameCharacter(char)]
        : [];
    });
    const isStray = left.length === 1 && left.every(({ char, at }) => isLeftOver(char, read(from + at), file));
    return characters.length === 0
      ? []
      : [{ line: index + 1, characters: [...new Set(characters)], isPlain, isStray, isColour: isPlain && isColours }];
  });
}

/** Beside the same character as an escape: whoever reads this line learns that it is there. */
function isNamed(line: string, char: string): boolean {
  const code = (char.codePointAt(0) ?? 0).toString(16);
  return !ALWAYS.test(char) && new RegExp(`\\\\u(?:${code.padStart(4, '0')}|\\{0*${code}\\})`, 'i').test(line);
}

/** In a class of a pattern, or as its begin: `/^[\s\u200E]*-/`. It looks for the character, and compares it with no text. */
function isOneOf({ kind, text, at }: Around, char: string): boolean {
  if (kind !== 'text' || ALWAYS.test(char)) return false;
  return text[at - 1] === '^' || (/\[[^\]]*$/.test(text.slice(0, at)) && text.includes(']', at));
}

/** `replace(/\0/g, '')`: the grammar knows no pattern that begins with it. */
function isPattern(line: string, at: number): boolean {
  return /\(\s?\/$/.test(line.slice(0, at)) && line[at + 1] === '/';
}

/**
 * What an editor or a translation left behind between words that people read, in a page, a file of translations or a sentence of
 * the code: it turns no text round, and nothing compares them.
 */
function isLeftOver(char: string, { kind, text }: Around, file: SourceFile): boolean {
  const words = text.match(WORD)?.length ?? 0;
  if (kind !== 'text' || words < 2) return false;
  if (file.kind === 'view') return /[\uFE0E\uFE0F\uFEFF]/.test(char);
  if (TRANSLATION.test(file.path) && char === '\u202B') return isLeftwards(text);
  return ZERO_WIDTH.test(char) && words >= (TRANSLATION.test(file.path) ? 2 : SENTENCE) && !OF_MACHINES.test(text);
}

const ZERO_WIDTH = /[\u00AD\u200B-\u200D\u2060\uFEFF]/;
const SENTENCE = 4;
/** Statements, commands, addresses and markup: what reads them is no person. */
const OF_MACHINES =
  /\b(?:select|insert|update|delete|where|curl|sudo|role|admin|grant|allow|deny|token|secret)\b|[a-z]:\/\/|\w@\w|[={};$<>]/i;

/** Texts by their names, and no code. */
const TRANSLATION = /\.(?:json|arb|po|properties|ya?ml)$/;

const WORD = /\p{L}{2,}/gu;

/** A class of a pattern, and nothing but these characters in it: the line says that it looks for them. */
const CLASS = /\[\^?[\u200E\u200F\u202A-\u202E\u2066-\u2069-]{1,20}\]/g;
const LOOKS = /bidi|isolate|rtl|ltr|direction/i;

function isLookedFor(line: string, at: number): boolean {
  if (!LOOKS.test(line)) return false;
  return [...line.matchAll(CLASS)].some(
    ({ 0: found, index }) => at > index && at < index + found.length && isClosed(found),
  );
}

/** What it opens ends in it: else the rest of the line is shown in another order, brackets or not. Source: UAX #9, 2. */
function isClosed(text: string): boolean {
  const open: string[] = [];
  for (const char of text) {
    if (/[\u202A\u202B\u202D\u202E\u2066-\u2068]/.test(char))
      open.push(/[\u2066-\u2068]/.test(char) ? 'isolate' : 'embedding');
    if (char === '\u202C' && open.at(-1) === 'embedding') open.pop();
    if (char === '\u2069' && open.includes('isolate')) open.length = open.lastIndexOf('isolate');
  }
  return open.length === 0;
}

/** What is left of a line's invisible characters without those that its writing needs. */
function listLeft(raw: string, isFirst: boolean): { char: string; at: number; inRun: boolean }[] {
  const line = raw.replace(/\r$/, '');
  const needed = new Set([...line.matchAll(WRITING)].flatMap(({ 0: found, index }) => [...indicesOf(found, index)]));
  const runs = new Set([...line.matchAll(RUN)].flatMap(({ 0: found, index }) => [...indicesOf(found, index)]));
  const left: { char: string; at: number; inRun: boolean }[] = [];
  let at = 0;
  for (const char of line) {
    const isMark = isFirst && at === 0 && char === '\uFEFF';
    if (hasInvisible(char) && !needed.has(at) && !isMark) left.push({ char, at, inRun: runs.has(at) });
    at += char.length;
  }
  return left;
}

function indicesOf(found: string, index: number): number[] {
  return Array.from({ length: found.length }, (_, step) => index + step);
}
