import { memo } from '../../languages/memo.ts';
import { firstThat } from '../../text/first-that.ts';
import type { ChangedLine, FactsBefore } from '../fact-hit.ts';
import type { FactPlace } from '../facts.ts';

/** A function before and after the change. */
export interface Pair {
  name: string;
  base: FactPlace;
  head: FactPlace;
}

/** The functions of the file on both sides, innermost first, of which there is one of that name on each. */
export const pairsOf = memo(({ functions, path }: FactsBefore): readonly Pair[] => {
  const own = (all: FactsBefore['functions']['head']): Map<string, FactPlace> =>
    new Map(
      [
        ...Map.groupBy(
          all.filter(({ place }) => place.path === path),
          ({ name }) => name,
        ),
      ].flatMap(([name, group]) => (group.length === 1 && group[0] ? [[name, group[0].place]] : [])),
    );
  const now = own(functions.head);
  return [...own(functions.base)].flatMap(([name, old]) => {
    const other = now.get(name);
    return other ? [{ name, base: old, head: other }] : [];
  });
});

/** Those of the changed lines of a file, which are in order, that stand in a place of it. */
export function linesIn({ startLine, endLine }: FactPlace, lines: readonly ChangedLine[]): readonly ChangedLine[] {
  const from = firstThat(lines, ({ line }) => line >= startLine);
  return lines.slice(
    from,
    firstThat(lines, ({ line }) => line > endLine, from),
  );
}

/** What the change took away elsewhere in the file and put there is not new. */
export function newIn(added: readonly ChangedLine[], before: FactsBefore): readonly ChangedLine[] {
  const moved = textsGone(before);
  return added.filter(({ text }) => !moved.has(text.trim()));
}

const textsGone = memo(
  ({ removed }: FactsBefore) => new Set(removed.map(({ text }) => text.trim()).filter((text) => text.length > 2)),
);

export function isWithin(one: FactPlace, other: FactPlace): boolean {
  return one.path === other.path && other.startLine <= one.startLine && one.endLine <= other.endLine;
}
