import { indentOf } from '../../text/indent-of.ts';
import { isWithin } from '../changes/pairs-of.ts';
import type { ReadPlace } from '../fact-hit.ts';
import type { FactPlace, Query, Route } from '../facts.ts';

/** A route whose handler is seen, with that handler. */
export interface Handled {
  route: Route;
  handler: FactPlace;
}

/** The handlers that answer these requests and no others: one that two methods share tells them apart by itself. */
export function handledByGet(routes: readonly Route[]): Handled[] {
  const methods = Map.groupBy(routes, ({ handler: { place } }) => (place ? keyOf(place) : ''));
  return routes.flatMap((route) => {
    const { place } = route.handler;
    if (route.method !== 'GET' || place === null) return [];
    return (methods.get(keyOf(place)) ?? []).every(({ method }) => method === 'GET') ? [{ route, handler: place }] : [];
  });
}

/** Queries that run where this handler does, or in what it calls. */
export function queriesOf({ handler }: Handled, queries: readonly Query[]): Query[] {
  return queries.filter(({ place, through }) => isWithin(place, handler) || through.some((at) => isSame(at, handler)));
}

function isSame(one: FactPlace, other: FactPlace): boolean {
  return one.path === other.path && one.endLine === other.endLine && Math.abs(one.startLine - other.startLine) <= 1;
}

function keyOf({ path, startLine, endLine }: FactPlace): string {
  return `${path}:${startLine}:${endLine}`;
}

/** The lines above a place that it stands deeper than, the nearest first, as far as another place begins. */
export function linesAbove(place: FactPlace, within: FactPlace, read: ReadPlace): string[] {
  const lines = read({ path: place.path, startLine: within.startLine, endLine: place.startLine }).split('\n');
  const above: string[] = [];
  let depth = indentOf(lines.at(-1) ?? '');
  for (const line of lines.slice(0, -1).reverse()) {
    if (line.trim() === '' || indentOf(line) >= depth) continue;
    depth = indentOf(line);
    above.push(line);
  }
  return above;
}
