import type { Value } from './value.ts';

/** How much of it others decide: what is joined is told by the text of the worse one. */
export function weigh(value: Value): number {
  let most = value.built ? 0.5 : 0;
  for (const piece of value.pieces)
    if (piece.kind === 'hole')
      most = Math.max(
        most,
        piece.taints.length > 0
          ? piece.taints.some((one) => one.kind !== 'parameter')
            ? 3
            : 2
          : piece.fixed
            ? 0.2
            : 1,
      );
  return most;
}
