import type { MaskedText } from '../secrets/masked-text.ts';
import type { Candidate } from './candidate.ts';
import type { Piece } from './context.ts';
import { isFunction } from './enclosing.ts';
import { endOfFields } from './end-of-fields.ts';
import type { Source } from './source.ts';

/** A piece up to here is shown whole where it fits: what decides often stands at its end. */
const WHOLE = 110;
/** A longer piece is cut: its head and the beginning of its body tell most. */
const LONGEST = 70;
/** Of the rest the names are told: what may decide can be read. */
const MOST_NAMES = 10;
/** No role takes more of the budget than this share. */
const SHARE: Record<Piece['role'], number> = {
  definition: 0.6,
  caller: 0.4,
  'caller of what was removed': 0.5,
  'removed file': 0.3,
  sibling: 0.3,
  mount: 0.3,
  table: 0.4,
  'same table': 0.3,
  // Found apart, with a bound of their own.
  document: 0,
};
/** Around each piece: its place and its reason. */
const FRAME = 160;

/** The best pieces that fit, and the names of those that do not. */
export function pickPieces(
  candidates: readonly Candidate[],
  shown: ReadonlyMap<string, ReadonlySet<number>>,
  mostChars: number,
  left: string[],
): Piece[] {
  const ordered = [...candidates].sort(
    (a, b) =>
      b.weight - a.weight ||
      compare(a.source.path, b.source.path) ||
      a.startLine - b.startLine ||
      compare(a.because, b.because),
  );
  const pieces: Piece[] = [];
  const spent = new Map<Piece['role'], number>();
  let room = mostChars;
  const crowded = new Map<string, string>();
  for (const candidate of ordered) {
    if (isShown(candidate, shown) || overlaps(candidate, pieces) || isSame(candidate, pieces)) continue;
    const one = endBefore(candidate, pieces);
    const used = spent.get(one.role) ?? 0;
    const free = Math.min(room, mostChars * SHARE[one.role] - used);
    const piece = [WHOLE, LONGEST].map((longest) => cut(one, longest)).find((each) => sizeOf(each) <= free);
    if (!piece) {
      const lines = `${one.source.path} lines ${one.startLine}–${one.endLine}`;
      if (!crowded.has(lines)) crowded.set(lines, `${lines} (${one.because}): no room.`);
      continue;
    }
    pieces.push(piece);
    spent.set(one.role, used + sizeOf(piece));
    room -= sizeOf(piece);
  }
  left.push(...crowded.values());
  return pieces;
}

function sizeOf({ text, because }: Piece): number {
  return text.length + because.length + FRAME;
}

function cut({ role, source, startLine, endLine, because }: Candidate, longest: number): Piece {
  const last = lastShown(source, startLine, endLine, longest);
  const text = source.lines.slice(startLine - 1, last).join('\n') as MaskedText;
  const part =
    last < endLine
      ? ` (its first ${last - startLine + 1} of ${endLine - startLine + 1} lines${nameRest(source, last, endLine)})`
      : '';
  return { role, path: source.path, side: source.side, startLine, endLine: last, text, because: because + part };
}

function nameRest({ outline }: Source, last: number, endLine: number): string {
  const names = outline.declarations
    .filter((one) => isFunction(one) && last < one.startLine && one.endLine <= endLine)
    .map(({ name }) => `\`${name}\``);
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return names.length === 0 ? '' : `, without ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}

/** Of a class that is too long, what it has says more than the beginning of what it does. */
function lastShown(source: Source, startLine: number, endLine: number, longest = LONGEST): number {
  const last = Math.min(endLine, startLine + longest - 1);
  const holder = source.outline.declarations.find(
    (one) => one.kind === 'class' && one.startLine === startLine && one.endLine === endLine,
  );
  return holder && last < endLine ? Math.min(last, endOfFields(source, holder)) : last;
}

/** Of a class whose method is chosen already, what stands before that method. */
function endBefore(one: Candidate, pieces: readonly Piece[]): Candidate {
  const isHolder = one.source.outline.declarations.some(
    ({ kind, startLine }) => kind === 'class' && startLine === one.startLine,
  );
  if (!isHolder) return one;
  const inside = pieces.filter(
    ({ path, side, startLine, endLine }) =>
      path === one.source.path && side === one.source.side && one.startLine < startLine && endLine <= one.endLine,
  );
  const first = Math.min(...inside.map(({ startLine }) => startLine));
  return inside.length === 0 ? one : { ...one, endLine: first - 1 };
}

/** As it was and as it is, where nothing of it changed. */
function isSame({ source, startLine, endLine }: Candidate, pieces: readonly Piece[]): boolean {
  const text = source.lines.slice(startLine - 1, endLine).join('\n');
  return pieces.some((piece) => piece.path === source.path && piece.side !== source.side && piece.text === text);
}

/** Whether what is chosen already shows half of it. */
function overlaps({ source, startLine, endLine }: Candidate, pieces: readonly Piece[]): boolean {
  const last = lastShown(source, startLine, endLine);
  const shared = pieces
    .filter(({ path, side }) => path === source.path && side === source.side)
    .reduce(
      (sum, piece) => sum + Math.max(0, Math.min(last, piece.endLine) - Math.max(startLine, piece.startLine) + 1),
      0,
    );
  return shared * 2 >= last - startLine + 1;
}

/** Whether the reader sees most of it in the changed file itself. */
function isShown({ source, startLine, endLine }: Candidate, shown: ReadonlyMap<string, ReadonlySet<number>>): boolean {
  const lines = shown.get(keyOf(source.side, source.path));
  if (!lines) return false;
  const last = lastShown(source, startLine, endLine);
  let seen = 0;
  for (let line = startLine; line <= last; line++) if (lines.has(line)) seen += 1;
  return seen * 5 >= (last - startLine + 1) * 4;
}

/** Of a changed file the lines that are shown: of the base those that were removed. */
export function keyOf(side: Source['side'], path: string): string {
  return `${side} ${path}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
