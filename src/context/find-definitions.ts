import type { Use } from '../analysis/outline/outline.ts';
import type { Candidate } from './candidate.ts';
import type { Place } from './changed-place.ts';
import { isCommon } from './common-names.ts';
import type { Looking } from './find-context.ts';
import { type Definition, findDefinition } from './find-definition.ts';
import { isWorthwhile } from './open-files.ts';
import { distance } from './path-index.ts';
import type { Source } from './source.ts';

interface Wanted {
  use: Use;
  place: Place;
  weight: number;
  how: string;
}

/** Names looked for by their name alone. */
const MOST_SEARCHED = 40;
/** Files opened for one name; definitions above which a name says nothing. */
const MOST_FILES = 6;
const MOST_MEANINGS = 2;

/** Definitions of what the changed code uses; what the removed lines used comes first: it may be the guard that is gone. */
export async function findDefinitions(places: readonly Place[], looking: Looking): Promise<Candidate[]> {
  const { files, index, left } = looking;
  const candidates: Candidate[] = [];
  const unknown: Wanted[] = [];
  for (const wanted of places.flatMap(listWanted)) {
    const { use, place } = wanted;
    const container = place.declaration?.container ?? null;
    const resolution = await findDefinition(files, index, place.source, use, container);
    if (resolution.kind === 'found') candidates.push(...resolution.definitions.map((one) => propose(one, wanted)));
    else if (resolution.kind === 'unknown' && wanted.weight >= 40 && !isCommon(use.name)) unknown.push(wanted);
  }
  const names = [...new Set(unknown.sort((a, b) => b.weight - a.weight).map(({ use }) => use.name))];
  const hits = await looking.search(names.slice(0, MOST_SEARCHED));
  for (const name of names.slice(0, MOST_SEARCHED)) {
    const asked = unknown.find(({ use }) => use.name === name);
    if (!asked) continue;
    const of = [...new Set((hits.get(name) ?? []).map(({ path }) => path))]
      .filter((path) => isWorthwhile(path) && isSameLanguage(path, asked.place.source.path))
      .sort((a, b) => distance(asked.place.source.path, a) - distance(asked.place.source.path, b) || (a < b ? -1 : 1));
    const sources = await files.open('head', of.slice(0, MOST_FILES));
    const meanings = sources.flatMap((source) => findDeclared(source, name));
    const where = `${asked.how} in line ${asked.use.line} of ${asked.place.source.path}`;
    if (meanings.length > 0 && meanings.length <= MOST_MEANINGS && of.length <= MOST_FILES)
      candidates.push(...meanings.map((one) => propose(one, { ...asked, weight: asked.weight - 10 })));
    else if (meanings.length > MOST_MEANINGS || of.length > MOST_FILES)
      left.push(`\`${name}\`, ${where}: ${Math.max(meanings.length, of.length)} places define or name it.`);
    else if (asked.use.as === 'call' && asked.use.on === null)
      left.push(`\`${name}\`, ${where}: no definition was found.`);
  }
  return candidates;
}

function listWanted(place: Place): Wanted[] {
  const byName = new Map<string, Wanted>();
  const want = (uses: readonly Use[], weights: Record<Use['as'], number>, how: string): void => {
    for (const use of uses) {
      const weight = weights[use.as];
      const key = `${use.on ?? ''} ${use.name}`;
      if (weight > (byName.get(key)?.weight ?? 0)) byName.set(key, { use, place, weight, how });
    }
  };
  const gone = place.status === 'removed' ? { call: 30, type: 0, value: 0 } : { call: 95, type: 40, value: 70 };
  want(place.gone, gone, 'no longer used');
  want(place.added, { call: 80, type: 60, value: 55 }, 'used');
  want(place.near, { call: 30, type: 25, value: 15 }, 'used');
  return [...byName.values()];
}

function propose({ source, declaration }: Definition, { use, place, weight, how }: Wanted): Candidate {
  const side = place.gone.includes(use) && place.status !== 'removed' ? 'the removed lines' : place.source.path;
  const by = side === place.source.path ? `in line ${use.line} of ${side}` : `by ${side} of ${place.source.path}`;
  return {
    role: 'definition',
    source,
    startLine: declaration.startLine,
    endLine: declaration.endLine,
    weight,
    because: `\`${use.name}\` is ${how === 'no longer used' && side === 'the removed lines' ? 'no longer used: it was used' : 'used'} ${by}`,
  };
}

function findDeclared(source: Source, name: string): Definition[] {
  return source.outline.declarations
    .filter((one) => one.name === name && one.kind !== 'table' && one.kind !== 'route' && one.kind !== 'value')
    .map((declaration) => ({ source, declaration }));
}

function isSameLanguage(a: string, b: string): boolean {
  const family = (path: string): string => /\.(py|go)$/.exec(path)?.[1] ?? 'script';
  return family(a) === family(b);
}
