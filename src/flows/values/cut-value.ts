import { listItems } from './list-items.ts';
import type { Piece, Value } from './value.ts';
import { constantText, listValue, textValue } from './values.ts';

/**
 * A part of a list whose items are all known, or of a text that is known as far as it is cut: `items[1:]`, `('ab' + x)[2:]`. Null: it
 * depends on what is not known.
 *
 * @param ends what each of the parts says
 */
export function cutValue(of: Value, ends: readonly string[], parts: readonly Value[]): Value | null {
  const numbers = parts.map(({ constant }) => constant);
  const at = (name: string): number | null | undefined => {
    const index = ends.indexOf(name);
    const number = index < 0 ? null : numbers[index];
    return number === null || Number.isInteger(number) ? (number as number | null) : undefined;
  };
  const [from, to, step] = [at('from'), at('to'), at('step')];
  if (from === undefined || to === undefined || (step !== null && step !== 1)) return null;
  const items = listItems(of);
  if (items) return { ...listValue(items.slice(from ?? 0, to ?? undefined)), name: of.name };
  const text = constantText(of);
  if (text && of.name === null) return textValue(text.slice(from ?? 0, to ?? undefined));
  if (of.entries || of.pieces.length < 2) return null;
  const pieces = cutPieces(of.pieces, from ?? 0, to);
  if (!pieces) return null;
  return pieces.every(({ kind }) => kind === 'text') ? textValue(pieces.map(textOf).join('')) : { ...of, pieces };
}

function textOf(piece: Piece): string {
  return piece.kind === 'text' ? piece.text : '';
}

/** Of a text with holes: what stands before the first, or behind the last, can be counted. */
function cutPieces(pieces: readonly Piece[], from: number, to: number | null): readonly Piece[] | null {
  const [first, last] = [textOf(pieces[0] as Piece), textOf(pieces.at(-1) as Piece)];
  if (from < 0 || from > first.length) return null;
  if (to !== null && to >= 0) return to <= first.length ? [{ kind: 'text', text: first.slice(from, to) }] : null;
  if (to !== null && -to > last.length) return null;
  const whole = [
    { kind: 'text', text: first.slice(from) } as const,
    ...pieces.slice(first === '' ? 0 : 1, last === '' ? undefined : -1),
    { kind: 'text', text: to === null ? last : last.slice(0, to) } as const,
  ];
  return whole.filter((one) => one.kind === 'hole' || one.text !== '');
}
