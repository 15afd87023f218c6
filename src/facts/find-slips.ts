import type { FindFacts } from './fact-hit.ts';
import type { SlipKind } from './facts.ts';

/** The slips of one kind: each is a rule of that name. */
export function findSlips(kind: SlipKind): FindFacts {
  return ({ slips }) =>
    slips
      .filter((one) => one.kind === kind)
      .map(({ place, function: symbol, names, suspected, certain, row }) => ({
        place,
        symbol,
        values: names,
        ...(suspected && { suspected }),
        ...(certain && { certain }),
        ...(row && { row }),
      }));
}
