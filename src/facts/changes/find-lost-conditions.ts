import { lastPart } from '../../text/last-part.ts';
import type { FactHit, FindFacts } from '../fact-hit.ts';
import type { Query } from '../facts.ts';
import { isOwner } from '../queries/find-unscoped-queries.ts';

const MOST_LOST = 3;

function keyOf({ function: name, operation, tables }: Query): string {
  return `${name} ${operation} ${[...tables].sort().join()}`;
}

/** A query that asks for less than it did: rows that were left out before the change are found, changed or deleted now. */
export const findLostConditions: FindFacts = (facts, _read, before) => {
  if (!before) return [];
  const own = (all: readonly Query[]): Map<string, Query[]> =>
    Map.groupBy(
      all.filter(({ place, tables, open }) => place.path === before.path && tables.length > 0 && !open),
      keyOf,
    );
  const then = own(before.facts.queries);
  return [...own(facts.queries)].flatMap(([key, now]): FactHit[] => {
    const old = then.get(key) ?? [];
    if (old.length !== now.length) return [];
    return now.flatMap((query, index): FactHit[] => {
      const was = old[index];
      const lost = was?.filter.filter((one) => !query.filter.includes(one)) ?? [];
      const isNew = query.filter.some((one) => !was?.filter.includes(one));
      if (lost.length === 0 || lost.length > MOST_LOST || isNew || query.filter.length === 0) return [];
      // Whose a row is another rule asks.
      if (lost.some(isOwner)) return [];
      const names = lost.map((one) => `\`${one}\``).join(', ');
      return [
        {
          place: query.place,
          symbol: query.function,
          suspected: true,
          values: { TABLE: query.tables.join(', '), COLUMNS: names, FUNCTION: lastPart(query.function) },
        },
      ];
    });
  });
};
