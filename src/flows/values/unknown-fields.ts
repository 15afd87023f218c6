import type { Value } from './value.ts';

/** Nothing is known of its fields: it may have any. */
export function hasUnknownFields({ entries, of, pieces }: Value): boolean {
  return entries === null && of === null && pieces.some((piece) => piece.kind === 'hole' && !piece.fixed);
}
