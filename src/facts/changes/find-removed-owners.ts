import type { FindFacts } from '../fact-hit.ts';
import type { Query } from '../facts.ts';
import { isByProof, isForEverybody, isOwner, speaksOf } from '../queries/find-unscoped-queries.ts';

/** It names one row: `deleted` and `status` only narrow what is found. */
function isKey(column: string): boolean {
  return /(?:^|_)(?:id|u?uid|guid|pk|key|code|slug|token|secret|hash|digest|nonce|signature|handle|name|number|ref|email|phone|url|path)$/i.test(
    column.replace(/(?<=[a-z])(?=[A-Z])/g, '_'),
  );
}

/**
 * A query that named whose rows it is about before the change, and names nobody now. Silent where its conditions are put together at
 * run time, and where the function still speaks of the owner. Suspected where it asks by something else than before: another key
 * may be one that names a row for whoever may have it.
 */
export const findRemovedOwners: FindFacts = ({ queries }, read, before) => {
  if (!before) return [];
  const then = Map.groupBy(before.facts.queries, keyOf);
  return [...Map.groupBy(queries, keyOf)].flatMap(([key, now]) => {
    const old = then.get(key) ?? [];
    if (old.length !== now.length) return [];
    return now.flatMap((one, index) => {
      const asked = old[index]?.filter ?? [];
      const owner = asked.find(isOwner);
      if (owner === undefined || one.open || one.filter.some(isOwner) || isForEverybody(one)) return [];
      if (isByProof(one) || speaksOf(read(one.within), owner)) return [];
      return [
        {
          place: one.place,
          symbol: one.function,
          suspected: one.filter.some((column) => !asked.includes(column) && isKey(column)),
          values: { TABLE: one.tables[0] ?? '', COLUMN: owner, FILTER: one.filter.join(', ') || 'nothing' },
        },
      ];
    });
  });
};

function keyOf({ place, function: name, operation, tables }: Query): string {
  return `${place.path} ${name} ${operation} ${tables.join()}`;
}
