import type { FactHit, FindFacts } from '../fact-hit.ts';
import type { Query } from '../facts.ts';

/** Conditions about who may see a row: other rules report these. */
const OF_SOMEBODY = /user|owner|tenant|team|org|account|workspace|project|member|author/i;
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
      if (lost.some((one) => OF_SOMEBODY.test(one))) return [];
      const names = lost.map((one) => `\`${one}\``).join(', ');
      return [
        {
          place: query.place,
          symbol: query.function,
          suspected: true,
          values: { TABLE: query.tables.join(', '), COLUMNS: names, FUNCTION: query.function.replace(/^.*\./, '') },
        },
      ];
    });
  });
};
