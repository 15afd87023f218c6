import { memo } from '../../languages/memo.ts';
import { codeOf } from '../../text/code-of.ts';
import { lastPart } from '../../text/last-part.ts';
import { codeOfLines, isShort, LONGEST_LINE } from '../changes/changed-code.ts';
import { isRewritten, linesIn } from '../changes/pairs-of.ts';
import type { ChangedLine, Edit, FactHit, FactsBefore, ReadPlace } from '../fact-hit.ts';
import { type Places, placesAround } from '../read/places-around.ts';
import { MOST_LOOKS } from '../slips/limits.ts';

/** One edit of a function that stays, with the function on both sides. */
export interface Change {
  edit: Edit;
  places: Places;
  removed: readonly ChangedLine[];
  /** Texts without comments: the function before and now, what this edit wrote, and what the change wrote in the whole file. */
  was: string;
  now: string;
  put: string;
  written: string;
  /** Both sides of the function, line by line. */
  lines: { base: readonly string[]; head: readonly string[] };
}

const MOST_EDITS = 200;

/** Whether the function of a change is read through once more: whoever opens a pull request chooses how many lines it takes away. */
export function createLooks(): (change: Change) => boolean {
  const looks = new Map<string, number>();
  return ({ places: { name, base } }) => {
    const key = `${name} ${base.startLine}`;
    const before = looks.get(key) ?? 0;
    looks.set(key, before + 1);
    return before < MOST_LOOKS;
  };
}

/** Of one function: who has read these looks at the others himself. */
const MOST_TOLD = 5;

/** The first ones of each function. */
export function firstOfEach(hits: readonly FactHit[]): FactHit[] {
  const byFunction = Map.groupBy(hits, ({ symbol, place }) => symbol || place.startLine);
  return [...byFunction.values()].flatMap((all) => all.slice(0, MOST_TOLD));
}

/** The edits of a change that take something away from a function that stays. */
export function changesOf(before: FactsBefore, read: ReadPlace): readonly Change[] {
  return listChanges(before)(read);
}

const listChanges = memo((before: FactsBefore) =>
  memo((read: ReadPlace): readonly Change[] => {
    const written = codeOfLines(before.added);
    const added = before.added.filter(isShort);
    return before.edits.slice(0, MOST_EDITS).flatMap((edit): Change[] => {
      const removed = edit.removed.filter(isShort);
      const [first] = removed;
      const places = first ? placesAround(first.line, edit, before) : null;
      if (!places) return [];
      const { base, head } = places;
      const [old, other] = [shortOf(before.read(base)), shortOf(read(head))];
      if (isRewritten(head, linesIn(head, added), old, before)) return [];
      const lines = { base: linesOf(old), head: linesOf(other) };
      return [
        { edit, places, removed, was: codeOf(old), now: codeOf(other), put: codeOfLines(edit.added), written, lines },
      ];
    });
  }),
);

function shortOf(text: string): string {
  return text.replace(LONG, '$1');
}

/** What of a line nobody wrote by hand. */
const LONG = new RegExp(`^(.{${LONGEST_LINE}}).+`, 'gm');

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => codeOf(line).trimEnd());
}

/** What is told of a line that the change took away. */
export function lostAt(
  { path }: FactsBefore,
  { places }: Change,
  line: number,
  values: Readonly<Record<string, string>>,
  suspected = false,
): FactHit {
  return {
    place: { path, startLine: line, endLine: line },
    side: 'LEFT',
    symbol: places.name,
    suspected,
    values: { FUNCTION: places.name === '' ? 'this code' : `\`${lastPart(places.name)}\``, ...values },
  };
}
