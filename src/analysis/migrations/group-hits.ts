import type { Hit, MigrationHit } from './hit.ts';

interface Lined {
  rule: { id: string };
  hit: Hit;
  startLine: number;
  endLine: number;
  /** Somebody accepts it: it does not stand for the others. */
  accepted?: unknown;
}

/** Each of these takes something else away; the others hold the same table up, however often. */
const APART: ReadonlySet<MigrationHit> = new Set([
  'drop-column',
  'drop-table',
  'rename-column',
  'rename-table',
  'move-table',
]);
const MOST_LINES = 8;

/**
 * One finding for one cause: what a file does to one table by one rule is said once, at the first statement that the change
 * touches, with the lines of the others. On one line a rule speaks once, and names what else it takes away there.
 */
export function groupHits<T extends Lined>(
  hits: readonly T[],
  isTouched: (range: { startLine: number; endLine: number }) => boolean,
): (T & { also: number[]; beside: string[] })[] {
  const groups = Map.groupBy(hits, ({ rule, hit, startLine, accepted }) =>
    APART.has(hit.kind) || accepted ? `${rule.id} ${startLine}` : `${rule.id} "${hit.table}"`,
  );
  return [...groups.values()].flatMap((group) => {
    const first = group.find(isTouched) ?? group[0];
    if (!first) return [];
    const also = [...new Set(group.map(({ startLine }) => startLine))].filter((line) => line !== first.startLine);
    const onLine = group.filter((one) => one !== first && one.startLine === first.startLine && APART.has(one.hit.kind));
    const beside = [...new Set(onLine.map(({ hit }) => hit.statement))].filter((one) => one !== first.hit.statement);
    return [{ ...first, also, beside }];
  });
}

export function describeMore(lines: readonly number[]): string {
  if (lines.length === 0) return '';
  const named = lines.slice(0, MOST_LINES).join(', ') + (lines.length > MOST_LINES ? ', …' : '');
  return lines.length === 1
    ? ` One more statement here does the same to this table: line ${named}.`
    : ` ${lines.length} more statements here do the same to this table: lines ${named}.`;
}
