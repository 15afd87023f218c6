import type { FactsBefore, FindFacts } from './fact-hit.ts';
import type { FactPlace, Slip, SlipKind } from './facts.ts';

/** The slips of one kind: each is a rule of that name. */
export function findSlips(kind: SlipKind): FindFacts {
  return ({ slips }, _read, before) =>
    slips
      .filter((one) => one.kind === kind)
      .map(({ function: symbol, names, suspected, certain, row, ...one }) => ({
        place: changedPlace(one, before),
        symbol,
        values: names,
        ...(suspected && { suspected }),
        ...(certain && { certain }),
        ...(row && { row }),
      }));
}

/** Of what several functions make together, the line that the change put there. */
function changedPlace({ place, also = [] }: Pick<Slip, 'place' | 'also'>, before: FactsBefore | null): FactPlace {
  if (!before || also.length === 0) return place;
  const addedIn = ({ path, startLine, endLine }: FactPlace): number | undefined =>
    path === before.path ? before.added.find(({ line }) => line >= startLine && line <= endLine)?.line : undefined;
  if (addedIn(place) !== undefined) return place;
  for (const { path, ...one } of also) {
    const line = addedIn({ path, ...one });
    if (line !== undefined) return { path, startLine: line, endLine: line };
  }
  return place;
}
