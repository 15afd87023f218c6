import { memo } from '../../languages/memo.ts';
import { firstThat } from '../../text/first-that.ts';
import type { ChangedLine, FactsBefore } from '../fact-hit.ts';
import type { FactPlace } from '../facts.ts';
import { codeOfLines } from './changed-code.ts';

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

/** Of a function that is rewritten nothing is said. */
const MOST_NEW = 0.5;
/** So much of a text is asked for its words. */
const MOST_OF_TEXT = 20_000;

/**
 * Most of what stands there now is new: it is another function. What calls nothing that it did not
 * call before is the same one, with its lines put together anew.
 * @param added the lines of the function that count
 * @param was the function before the change
 */
export function isRewritten(
  { startLine, endLine }: FactPlace,
  added: readonly ChangedLine[],
  was: string,
  before: FactsBefore,
): boolean {
  const fresh = newIn(added, before);
  if (fresh.length <= (endLine - startLine + 1) * MOST_NEW) return false;
  const words = new Set(was.slice(0, MOST_OF_TEXT).match(WORD));
  return (
    codeOfLines(fresh)
      .match(CALLED)
      ?.some((call) => !words.has(call)) ?? false
  );
}

const WORD = /\w+/g;
/** What is called, and what is made. */
const CALLED = /\b\w+(?=\s?[({[])/g;

const textsGone = memo(
  ({ removed }: FactsBefore) => new Set(removed.map(({ text }) => text.trim()).filter((text) => text.length > 2)),
);

export function isWithin(one: FactPlace, other: FactPlace): boolean {
  return one.path === other.path && other.startLine <= one.startLine && one.endLine <= other.endLine;
}
