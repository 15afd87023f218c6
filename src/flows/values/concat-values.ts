import type { Piece, Place, Value } from './value.ts';
import { clipText, EMPTY, hole, taintsOf } from './values.ts';

const MOST_PIECES = 48;

/** Texts put one after the other. */
export function concatValues(values: readonly Value[], place: Place): Value {
  const pieces: Piece[] = [];
  for (const value of values) {
    // An object of a class is printed as the class says, not with its fields.
    const own =
      value.entries && !value.of && taintsOf(value).length > 0 ? [hole('{…}', taintsOf(value))] : value.pieces;
    for (const piece of own) {
      const last = pieces.at(-1);
      if (piece.kind === 'text' && last?.kind === 'text')
        pieces[pieces.length - 1] = { kind: 'text', text: clipText(last.text + piece.text) };
      else pieces.push(piece);
    }
  }
  const built = pieces.some((piece) => piece.kind === 'hole')
    ? (values.find((one) => one.built && taintsOf(one).length > 0)?.built ?? place)
    : null;
  return { ...EMPTY, pieces: clipPieces(pieces), built };
}

/** Past the limit only holes that others decide are kept. */
function clipPieces(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.length <= MOST_PIECES) return pieces;
  const rest = pieces.slice(MOST_PIECES).filter((piece) => piece.kind === 'hole' && piece.taints.length > 0);
  return [...pieces.slice(0, MOST_PIECES), ...rest.slice(0, MOST_PIECES)];
}
