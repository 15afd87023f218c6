import type { ParsedStatement } from './parse-statements.ts';

const ACTION = new Set([
  'add',
  'alter',
  'attach',
  'detach',
  'disable',
  'drop',
  'enable',
  'inherit',
  'no',
  'owner',
  'rename',
  'replica',
  'reset',
  'set',
  'validate',
]);

/**
 * The places of an ALTER TABLE's actions, which the grammar does not give: commas outside parentheses stand between them.
 * Empty when they do not fit; then the whole statement is meant.
 */
export function locateActions(
  one: ParsedStatement,
  count: number,
): { start: number; end: number; statement: string }[] {
  const { tokens } = one;
  const first = tokens.findIndex(
    ({ kind, text, depth }, at) => at > 1 && depth === 0 && kind === 'word' && ACTION.has(text),
  );
  const begin = tokens[first];
  const last = tokens.at(-1);
  if (!begin || !last) return [];
  const pieces: { start: number; end: number }[] = [];
  let start = begin.start;
  for (const [at, token] of tokens.entries()) {
    if (at < first || token.text !== ',' || token.kind !== 'mark' || token.depth > 0) continue;
    pieces.push({ start, end: tokens[at - 1]?.end ?? token.start });
    start = tokens[at + 1]?.start ?? token.end;
  }
  pieces.push({ start, end: one.end });
  if (pieces.length !== count) return [];
  const cut = (from: number, to: number): string => one.shown.slice(from - one.start, to - one.start);
  const head = cut(one.start, begin.start);
  return pieces.map((piece, index) => ({
    // The first one begins with the statement: its table is part of what is said.
    start: index === 0 ? one.start : piece.start,
    end: piece.end,
    statement: `${head}${cut(piece.start, piece.end)}`,
  }));
}
