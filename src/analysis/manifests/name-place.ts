import { isMap, isScalar } from 'yaml';
import { WRITTEN } from './blank-templates.ts';
import { parsePath } from './path.ts';
import type { Place, Walker } from './place.ts';
import { textOf } from './text-of.ts';

const NAME = parsePath('name');
const OBJECT_KIND = parsePath('/kind');
const OBJECT_NAME = parsePath('/metadata.name|generateName');
/** Below these each key is the name of something. */
const COLLECTIONS = new Set(['services', 'jobs']);

/** What a place is called by people, and by what a finding at it is known again: names, never numbers of lines or entries. */
export function describePlace(
  reported: Place,
  place: Place,
  walker: Walker,
): { symbol: string; name: string; way: string } {
  const around = listAround(place);
  const holder = around.find(
    ({ above }) => above !== null && COLLECTIONS.has(above.name) && above.above === walker.top,
  );
  const object = [OBJECT_KIND, OBJECT_NAME].map((path) => nameAt(walker.find(place, path)[0]));
  const symbol = holder?.name ?? object.filter((part) => part !== '').join('/');
  const named = around.filter((one) => one !== walker.top).flatMap((one) => nameAt(walker.find(one, NAME)[0]) || []);
  const way = listAround(reported)
    .map(({ name }) => name)
    .filter((name) => name !== '' && !/^\d+$/.test(name))
    .reverse();
  return { symbol, name: named[0] ?? symbol, way: way.join('.') };
}

/** "": it has none, or a template writes it. */
function nameAt(place: Place | undefined): string {
  const text = readText(place);
  return text.includes(WRITTEN) ? '' : text;
}

function listAround(place: Place): Place[] {
  const around: Place[] = [];
  for (let at: Place | null = place; at; at = at.above) around.push(at);
  return around;
}

/** The value as text; of a list or a map, or of nothing, "". */
export function readText(place: Place | undefined): string {
  return place && !isMap(place.node) && isScalar(place.node) ? textOf(place.node) : '';
}
