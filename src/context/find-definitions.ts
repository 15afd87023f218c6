import type { Use } from '../analysis/outline/outline.ts';
import { findFrom } from '../diff/find-from.ts';
import { distance, stemOf } from '../languages/path-index.ts';
import { resolveModule } from '../languages/resolve-module.ts';
import type { Candidate } from './candidate.ts';
import type { Place } from './changed-place.ts';
import { isCommon } from './common-names.ts';
import { enclosing, isFunction } from './enclosing.ts';
import { type Definition, findDefinition, listTargets } from './find-definition.ts';
import { listDelegates } from './find-inner.ts';
import { isAlike } from './is-alike.ts';
import { isGuard } from './is-guard.ts';
import { isPlain } from './is-plain.ts';
import type { Looking } from './looking.ts';
import { isWorthwhile } from './open-files.ts';
import type { Hits } from './search-names.ts';
import type { Source } from './source.ts';
import { holdsStatement } from './table-names.ts';
import type { Wanted } from './wanted.ts';

/** Names looked for by their name alone. */
const MOST_SEARCHED = 16;
/** What weighs less is not worth a look. */
const LEAST_WEIGHT = 20;
/** Files that are read at once, before one by one. */
const MOST_AT_ONCE = 50;
/** Files opened for one name; definitions above which a name says nothing. */
const MOST_FILES = 6;
const MOST_MEANINGS = 2;
const MOST_IMPORTED = 12;

/** What a function calls on lines that are as they were. */
const NEAR_WEIGHT = 32;
const MOST_NEAR = 8;
/** What is drawn on a page or in a mail decides nothing for who only calls it. */
const DRAWN = /\.[jt]sx$/;

/** Between the constant of a statement and the function that runs it: the struct of its parameters. */
const NEAR = 14;
const MOST_STATEMENTS = 2;

interface Range {
  startLine: number;
  endLine: number;
}

export interface Resolved {
  candidates: Candidate[];
  /** What imports and directories do not tell, the weightiest first. */
  unknown: Wanted[];
}

/** Definitions of what the changed code uses; what the removed lines used comes first: it may be the guard that is gone. */
export async function findDefinitions(places: readonly Place[], { files, index }: Looking): Promise<Resolved> {
  const candidates: Candidate[] = [];
  const unknown: Wanted[] = [];
  const all = places
    .flatMap((place) => listWanted(place, listUsedElsewhere(place, places)))
    .sort((a, b) => b.weight - a.weight);
  // In one read what will be asked for one by one.
  const targets = all.flatMap(({ use, place }) => listTargets(index, place.source, use));
  await files.open('head', [...new Set(targets)].slice(0, MOST_AT_ONCE));
  for (const wanted of all) {
    const { use, place } = wanted;
    const container = place.declaration?.container ?? null;
    const resolution = await findDefinition(files, index, place.source, use, container);
    if (resolution.kind === 'found') candidates.push(...proposeAll(resolution.definitions, wanted));
    else if (resolution.kind === 'unknown' && wanted.weight >= 25 && !isCommon(use.name)) unknown.push(wanted);
  }
  const names = new Map(unknown.map((wanted) => [wanted.use.name, wanted]).reverse() as [string, Wanted][]);
  return { candidates, unknown: [...names.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST_SEARCHED) };
}

/** What definitions that only hand on call in another file: found by their imports alone, without another search. */
export async function followDelegates(
  definitions: readonly Candidate[],
  { files, index }: Looking,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const wanted of listDelegates(definitions)) {
    const { source, declaration } = wanted.place;
    const resolution = await findDefinition(files, index, source, wanted.use, declaration?.container ?? null);
    const found = resolution.kind === 'found' ? resolution.definitions : await findImported(wanted);
    candidates.push(...proposeAll(found, wanted));
  }
  return candidates;

  /** The one method of that name in what the file imports. */
  async function findImported({ use, place: { source } }: Wanted): Promise<Definition[]> {
    const paths = source.outline.imports.flatMap(({ from }) => resolveModule(index, source.path, from));
    const sources = await files.open('head', [...new Set(paths)].slice(0, MOST_IMPORTED));
    const methods = sources.flatMap((one) =>
      one.outline.declarations
        .filter(({ name, container }) => name === use.name && container !== null)
        .map((declaration) => ({ source: one, declaration })),
    );
    return methods.length === 1 ? methods : [];
  }
}

/** Texts to look for, for a name whose definition is not known: as definitions begin, and for methods the name itself. */
export function listForms({ use: { name, as, on }, place: { source } }: Wanted): string[] {
  if (on !== null) return [name];
  if (source.path.endsWith('.py')) return [`def ${name}`, `class ${name}`];
  if (source.path.endsWith('.go')) return as === 'type' ? [`type ${name}`] : [`func ${name}`, `type ${name}`];
  if (as === 'type') return [`interface ${name}`, `type ${name}`, `class ${name}`, `enum ${name}`];
  return [`function ${name}`, `const ${name}`, `class ${name}`, ...(as === 'value' ? [`enum ${name}`] : [])];
}

/** Definitions that were found by their names. */
export async function openSearched(
  unknown: readonly Wanted[],
  hits: Hits,
  { files, left }: Looking,
): Promise<Candidate[]> {
  const pathsOf = (wanted: Wanted): string[] => {
    const own = wanted.place.source.path;
    const paths = listForms(wanted).flatMap((form) => (hits.get(form) ?? []).map(({ path }) => path));
    const rank = (path: string): number => distance(own, path) - (isAlike(stemOf(path), wanted.use.name) ? 100 : 0);
    return [...new Set(paths)]
      .filter((path) => isWorthwhile(path) && isSameLanguage(path, own))
      .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  };
  await files.open(
    'head',
    unknown.flatMap((wanted) => pathsOf(wanted).slice(0, MOST_FILES)),
  );
  const candidates: Candidate[] = [];
  for (const asked of unknown) {
    const { use } = asked;
    const paths = pathsOf(asked);
    const sources = await files.open('head', paths.slice(0, MOST_FILES));
    const meanings = sources.flatMap((source) => findDeclared(source, use));
    const isClear = meanings.length > 0 && meanings.length <= MOST_MEANINGS;
    if (isClear && (use.on === null || paths.length <= MOST_FILES))
      candidates.push(...proposeAll(meanings, { ...asked, weight: asked.weight - 10 }));
    // What is called on a thing whose type is not seen may be any library's.
    else if (use.on !== null || use.as === 'value') continue;
    // A value of this name is a local, a parameter or a field as well; a function or a type can be asked for.
    const worth = meanings.filter(({ declaration: { kind } }) => kind !== 'value').length;
    if (worth > MOST_MEANINGS) left.push(`${explain(asked)}; ${worth} places define it.`);
  }
  return candidates;
}

/** What new lines of other files use: code that was moved there is not gone. */
function listUsedElsewhere({ source }: Place, places: readonly Place[]): Set<string> {
  return new Set(
    places.flatMap((other) => (other.source.path === source.path ? [] : other.added.map(({ name }) => name))),
  );
}

function listWanted(place: Place, elsewhere: ReadonlySet<string>): Wanted[] {
  const byName = new Map<string, Wanted>();
  const counts = countUses(place.source);
  const want = (uses: readonly Use[], weights: Record<Use['as'], number>, how: Wanted['how']): void => {
    for (const use of uses) {
      if (use.name.length < 2 || use.name === place.declaration?.container) continue;
      // What half of the file uses is the house's own tool, and known.
      const usual = how === 'used' ? Math.min(30, 6 * ((counts.get(use.name) ?? 1) - 1)) : 0;
      const weight = weights[use.as] - usual;
      const key = `${use.on ?? ''} ${use.name}`;
      if (weight > (byName.get(key)?.weight ?? 0)) byName.set(key, { use, place, weight, how });
    }
  };
  const gone = place.status === 'removed' ? { call: 30, type: 0, value: 0 } : { call: 95, type: 40, value: 70 };
  want(
    place.gone.filter(({ name }) => !elsewhere.has(name)),
    gone,
    'no longer used',
  );
  want(
    place.dropped.filter(({ name }) => isGuard(name)),
    { call: 90, type: 0, value: 0 },
    'dropped',
  );
  want(place.added, { call: 80, type: 60, value: 55 }, 'used');
  want(pickNear(place), { call: NEAR_WEIGHT, type: 0, value: 0 }, 'used');
  return [...byName.values()].filter(({ weight }) => weight >= LEAST_WEIGHT);
}

/** Of what the unchanged lines of a function call, that which stands nearest to the changed ones. */
function pickNear({ near, added, gone }: Place): Use[] {
  const at = [...added, ...gone].map(({ line }) => line).sort((a, b) => a - b);
  const calls = near
    .filter(({ as, name }) => as === 'call' && name.length > 1)
    .map((use) => ({ use, far: distanceTo(at, use.line) }))
    .sort((a, b) => a.far - b.far);
  const names = new Set([...new Set(calls.map(({ use }) => use.name))].slice(0, MOST_NEAR));
  return near.filter(({ as, name }) => as === 'call' && names.has(name));
}

/** From a line to the nearest of these, which are in order. */
function distanceTo(lines: readonly number[], line: number): number {
  const next = findFrom(lines, line);
  return Math.min(
    line - (lines[next - 1] ?? Number.NEGATIVE_INFINITY),
    (lines[next] ?? Number.POSITIVE_INFINITY) - line,
  );
}

/** On how many lines of its file each name is used. */
function countUses({ outline }: Source): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of outline.uses) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function proposeAll(definitions: readonly Definition[], wanted: Wanted): Candidate[] {
  return definitions
    .filter(({ source, declaration }) => wanted.how !== 'used' || !isPlain(source, declaration))
    .filter(({ source }) => wanted.weight > NEAR_WEIGHT || !DRAWN.test(source.path))
    .flatMap(({ source, declaration }) =>
      takeStatements(source, declaration).map((range) => ({
        role: 'definition' as const,
        source,
        ...range,
        weight: wanted.weight,
        because: explain(wanted),
      })),
    );
}

/** A function with the constant that holds its SQL: one piece where it stands right above. */
export function takeStatements(source: Source, { startLine, endLine }: Definition['declaration']): Range[] {
  const names = new Set(
    source.outline.uses.filter(({ line }) => startLine <= line && line <= endLine).map(({ name }) => name),
  );
  const constants = source.outline.declarations.filter(
    (one) =>
      one.kind === 'value' &&
      names.has(one.name) &&
      (one.endLine < startLine || one.startLine > endLine) &&
      holdsStatement(
        source.lines
          .slice(one.startLine - 1, one.endLine)
          .join('\n')
          .slice(0, 20_000),
      ),
  );
  const above = constants.find((one) => one.startLine < startLine && startLine - one.endLine <= NEAR);
  const others = constants.filter((one) => one !== above).slice(0, MOST_STATEMENTS);
  return [{ startLine: above?.startLine ?? startLine, endLine }, ...others].map((one) => ({
    startLine: one.startLine,
    endLine: one.endLine,
  }));
}

function explain({ use, place: { source, declaration, status }, how }: Wanted): string {
  const own = declaration ? `\`${declaration.name}\`` : 'the changed code';
  if (how === 'dropped')
    return `${own} of ${source.path} no longer uses \`${use.name}\`, as other code there still does`;
  if (how === 'used' || status === 'removed') return `\`${use.name}\` is used in line ${use.line} of ${source.path}`;
  return `removed lines of ${source.path} used \`${use.name}\`, and no line of that file does now`;
}

function findDeclared(source: Source, { name, on }: Use): Definition[] {
  return (
    source.outline.declarations
      .filter((one) => one.name === name && one.kind !== 'table' && one.kind !== 'route')
      .filter(({ kind }) => (on === null ? kind !== 'method' : kind !== 'value'))
      // A local of another function is nobody else's.
      .filter((one) => one.kind !== 'value' || !enclosing(source.outline, one.startLine).some(isFunction))
      .map((declaration) => ({ source, declaration }))
  );
}

function isSameLanguage(a: string, b: string): boolean {
  const family = (path: string): string => /\.(py|go)$/.exec(path)?.[1] ?? 'script';
  return family(a) === family(b);
}
