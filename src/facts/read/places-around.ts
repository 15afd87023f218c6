import { lastPart } from '../../text/last-part.ts';
import type { Edit, FactsBefore } from '../fact-hit.ts';
import type { FactPlace, PlacedFunction } from '../facts.ts';

/** A function on both sides of a change; without one (`name` is empty): the lines around. */
export interface Places {
  name: string;
  base: FactPlace;
  head: FactPlace;
}

const LINES_AROUND = 25;

/** Null: the function is gone, or there are several of its name. */
export function placesAround(line: number, edit: Edit, { path, functions }: FactsBefore): Places | null {
  const base = innermost(functions.base, path, line);
  // What stood outside of functions is of none of them.
  const near = base && (innermost(functions.head, path, edit.at) ?? innermost(functions.head, path, edit.at - 1));
  const head = base && base.name !== near?.name ? theOne(functions.head, path, base.name) : near;
  if (base && !head) return null;
  const around = (at: number): FactPlace => ({
    path,
    startLine: Math.max(1, at - LINES_AROUND),
    endLine: at + LINES_AROUND,
  });
  return { name: head?.name ?? '', base: base?.place ?? around(line), head: head?.place ?? around(edit.at) };
}

function theOne(functions: readonly PlacedFunction[], path: string, name: string): PlacedFunction | undefined {
  const own = functions.filter((one) => one.place.path === path);
  const found = own.filter((one) => one.name === name);
  // A function that has become a method, or the other way round.
  const alike = found.length > 0 ? found : own.filter((one) => lastPart(one.name) === lastPart(name));
  return alike.length === 1 ? alike[0] : undefined;
}

/** The function around a line. */
export function innermost(
  functions: readonly PlacedFunction[],
  path: string,
  line: number,
): PlacedFunction | undefined {
  return functions
    .filter(({ place }) => place.path === path && place.startLine <= line && line <= place.endLine)
    .toSorted((a, b) => b.place.startLine - a.place.startLine)[0];
}
