import type { Hole, Piece } from './value.ts';

/**
 * Whether a hole that holds no `/` can still lead out of its folder: it stands alone between two separators, where `..` would be
 * the folder above. `files`: whoever gets the path refuses a folder, and `..` at its end is one.
 */
export function leavesFolder(pieces: readonly Piece[], hole: Hole, files: boolean): boolean {
  const at = indexOf(pieces, hole);
  const [before, after] = [pieces[at - 1], pieces[at + 1]];
  if (!isEdge(before, /[/\\]$/) || !isEdge(after, /^[/\\]/)) return false;
  return after !== undefined || !files;
}

/** Whether a path begins with the hole: a value that begins at the root leads there. */
export function beginsPath(pieces: readonly Piece[], hole: Hole): boolean {
  return pieces.slice(0, indexOf(pieces, hole)).every((piece) => piece.kind === 'text' && piece.text === '');
}

function indexOf(pieces: readonly Piece[], { name, place }: Hole): number {
  return pieces.findIndex((piece) => piece.kind === 'hole' && piece.name === name && piece.place === place);
}

/** The path begins or ends there, or a folder does; of another value that is not known. */
function isEdge(beside: Piece | undefined, separator: RegExp): boolean {
  if (beside?.kind === 'hole') return !beside.fixed;
  return beside === undefined || separator.test(beside.text);
}
