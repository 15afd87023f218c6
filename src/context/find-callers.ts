import type { Use } from '../analysis/outline/outline.ts';
import { distance, stemOf } from '../languages/path-index.ts';
import { resolveModule } from '../languages/resolve-module.ts';
import { lastPart } from '../text/last-part.ts';
import { dirOf } from '../text/paths.ts';
import type { Candidate } from './candidate.ts';
import type { Place } from './changed-place.ts';
import { isCommon } from './common-names.ts';
import { enclosing, isFunction } from './enclosing.ts';
import { basesOf } from './find-definition.ts';
import { isAlike } from './is-alike.ts';
import type { Looking } from './looking.ts';
import { isWorthwhile } from './open-files.ts';
import type { Hits } from './search-names.ts';
import type { Source } from './source.ts';

/** The most files that are opened for the callers of one function, and the most callers that are shown. */
const MOST_FILES = 10;
const MOST_AT_ONCE = 40;
const MOST_CALLERS = 2;
const MOST_OF_REMOVED = 6;
/** Lines of a caller: it is shown whole up to here, else around the call. */
const WHOLE = 40;
const BEFORE = 14;
const AFTER = 8;
/** So much less a caller weighs that a program wrote. */
const GENERATED = 30;

interface Call {
  source: Source;
  use: Use;
  /** That it is this function which is called: by import or package, not by name alone. */
  sure: boolean;
}

/** Names whose callers are looked for in the whole repository. */
export function listCalled(places: readonly Place[]): string[] {
  const names = places.filter(isCallable).map(({ declaration }) => declaration?.name ?? '');
  return names.filter((name) => !isCommon(name));
}

/** Who calls what was changed, first of all what was removed or takes other arguments now. */
export async function findCallers(
  places: readonly Place[],
  hits: Hits,
  { files, index, left }: Looking,
): Promise<Candidate[]> {
  const wanted = places.filter(isCallable);
  const pathsOf = (place: Place): string[] => {
    const paths = (hits.get(place.declaration?.name ?? '') ?? []).map(({ path }) => path);
    return [...new Set([place.source.path, ...paths])]
      .filter((path) => isWorthwhile(path))
      .sort((a, b) => distance(place.source.path, a) - distance(place.source.path, b) || (a < b ? -1 : 1));
  };
  await files.open('head', wanted.flatMap((place) => pathsOf(place).slice(0, MOST_FILES)).slice(0, MOST_AT_ONCE));
  const candidates: Candidate[] = [];
  const isChanged = new Set(places.map(({ source, declaration }) => `${source.path} ${declaration?.startLine ?? 0}`));
  const spoken = new Set(places.flatMap(({ added }) => added.map((use) => use.name)));
  for (const place of wanted) {
    const name = place.declaration?.name ?? '';
    const paths = pathsOf(place);
    const sources = await files.open('head', paths.slice(0, MOST_FILES));
    const calls = sources.flatMap((source) =>
      findCalls(source, place, (from) => resolveModule(index, source.path, from)),
    );
    const sure = calls.filter((call) => call.sure);
    // By name alone only a name that few use says something.
    const good = sure.length > 0 ? sure : isCommon(name) || paths.length > MOST_FILES ? [] : calls;
    const most = place.status === 'removed' || place.status === 'signature' ? MOST_OF_REMOVED : MOST_CALLERS;
    // What the change itself touches is shown as such; of the others those that do most alike say the most.
    const own = [...new Map(good.map((call) => [placeOf(call), call])).entries()]
      .filter(([at]) => !isChanged.has(at))
      .map(([, call], order) => ({ call, order, alike: countShared(call, spoken) }))
      .sort(
        (a, b) =>
          Number(isGenerated(a.call.source)) - Number(isGenerated(b.call.source)) ||
          b.alike - a.alike ||
          a.order - b.order,
      )
      .map(({ call }) => call);
    candidates.push(...own.slice(0, most).map((call, rank) => propose(call, place, rank)));
    const rest = [
      own.length > most ? `${own.length - most} more were found` : '',
      paths.length > MOST_FILES ? `${paths.length - MOST_FILES} more files name it` : '',
      isCommon(name) ? 'the name is too common to be looked for in other files' : '',
    ].filter((part) => part !== '');
    if (rest.length > 0) left.push(`Callers of \`${name}\` (${place.source.path}): ${rest.join('; ')}.`);
  }
  return candidates;
}

function isCallable({ declaration, status }: Place): boolean {
  if (!declaration || declaration.kind === 'route' || declaration.kind === 'table') return false;
  const isNew = status === 'added';
  return !isNew && !/^(constructor|__\w+__|default|main|init)$/.test(declaration.name);
}

function findCalls(source: Source, place: Place, resolve: (from: string) => string[]): Call[] {
  const { declaration } = place;
  const name = declaration?.name ?? '';
  const path = place.source.path;
  const container = declaration?.kind === 'method' ? declaration.container : null;
  // By its own file, or by one that hands on what others export.
  const imports = source.outline.imports.filter(({ from, names }) =>
    resolve(from).some((one) => {
      const isBarrel = /^(index|__init__)$/.test(stemOf(one)) && path.startsWith(`${dirOf(one)}/`);
      return one === path || (isBarrel && names.some((each) => [name, container, '*'].includes(each.name)));
    }),
  );
  const aliases = new Set([
    name,
    ...imports.flatMap(({ names }) => names.filter((one) => one.name === name).map(({ as }) => as)),
  ]);
  const isPackage = path.endsWith('.go') && dirOf(source.path) === dirOf(path);
  const isNear = source.path === path || isPackage || imports.length > 0;
  // Go keeps such a name within its directory: there it is another.
  if (path.endsWith('.go') && !isPackage && !/^\p{Lu}/u.test(name)) return [];
  // A name that a file declares itself, or takes from a third one, is another there. An index hands on what others export.
  const isThird = (from: string): boolean => {
    const paths = resolve(from);
    return paths.length > 0 && paths.every((one) => !/^(index|__init__)$/.test(stemOf(one)));
  };
  const isAnother =
    !isNear &&
    container === null &&
    (source.outline.declarations.some((one) => one.name === name && one.container === null) ||
      source.outline.imports.some(({ from, names }) => names.some(({ as }) => as === name) && isThird(from)));
  if (isAnother) return [];
  const namesHolder = container !== null && source.outline.uses.some((one) => one.name === container);
  /** A method is called on something that is called like its class, or in a file that names the class. */
  const isOfHolder = ({ on, line }: Use): boolean => {
    if (on === 'this' || on === 'self')
      return (
        source.path === path &&
        enclosing(source.outline, line).some((one) => one.name === container || one.container === container)
      );
    return isAlike(container ?? '', lastPart(on ?? '')) || ((source.path === path || namesHolder) && !isCommon(name));
  };
  // That a class has another field matters to who makes one, and to what is made from it; not to who names it.
  const isPlainUse = ({ as, line }: Use): boolean =>
    place.status === 'changed' &&
    declaration?.kind === 'class' &&
    as !== 'call' &&
    !source.outline.declarations.some(
      (one) => one.kind === 'class' && one.startLine <= line && line <= one.headEndLine,
    );
  // What stands alone in another file is a type, a function or a field of the same name: a method is called on something.
  const isBare = ({ on }: Use): boolean => container !== null && on === null && source.path !== path;
  // `super().save()` calls that of a base: this one only where the class is made from it.
  const isOfOtherBase = ({ line }: Use): boolean => {
    if (!isSuper(source.lines[line - 1] ?? '', name)) return false;
    const holder = enclosing(source.outline, line).findLast(({ kind }) => kind === 'class');
    return !holder || container === null || !basesOf(source, holder.name).includes(container);
  };
  return source.outline.uses
    .filter((use) => aliases.has(use.name) && use.as !== 'type' && !isPlainUse(use) && !isBare(use))
    .filter((use) => !isOfOtherBase(use))
    .filter(
      ({ line }) =>
        !(source.path === path && declaration && declaration.startLine <= line && line <= declaration.endLine),
    )
    .map((use) => ({ source, use, sure: container === null ? isNear : isOfHolder(use) }));
}

function isSuper(line: string, name: string): boolean {
  const [, after] = /\bsuper\b(?:\([^()]{0,200}\))?\.(\w+)/.exec(line.slice(0, 1000)) ?? [];
  return after === name;
}

function countShared({ source, use }: Call, names: ReadonlySet<string>): number {
  const around = enclosing(source.outline, use.line).findLast(isFunction);
  const own = source.outline.uses.filter(
    ({ line, name }) => around && around.startLine <= line && line <= around.endLine && !isCommon(name),
  );
  return new Set(own.map(({ name }) => name).filter((name) => names.has(name))).size;
}

function placeOf({ source, use }: Call): string {
  const around = enclosing(source.outline, use.line).findLast(isFunction);
  return `${source.path} ${around?.startLine ?? use.line}`;
}

/** By what its head says: a text that lies about that is only shown later. */
function isGenerated({ lines }: Source): boolean {
  return lines.slice(0, 12).some((line) => /\bDO NOT EDIT\b|@generated\b/.test(line));
}

function propose({ source, use, sure }: Call, place: Place, rank: number): Candidate {
  const name = place.declaration?.name ?? '';
  const functions = enclosing(source.outline, use.line).filter(isFunction);
  // A route in one line says less than the group that it stands in, with what that lets stand before it.
  const around = functions.findLast((one) => one.kind !== 'route' || one.endLine > one.startLine) ?? functions.at(-1);
  const whole = around && around.endLine - around.startLine < WHOLE;
  const removed = place.status === 'removed';
  const base = removed ? 92 : place.status === 'signature' ? 85 : 50;
  const what = removed
    ? 'which was removed'
    : place.status === 'signature'
      ? 'whose signature changed'
      : 'which was changed';
  return {
    role: removed ? 'caller of what was removed' : 'caller',
    source,
    startLine: whole ? around.startLine : Math.max(around?.startLine ?? 1, use.line - BEFORE),
    endLine: whole ? around.endLine : Math.min(around?.endLine ?? source.lines.length, use.line + AFTER),
    weight: base - rank * 5 - (sure ? 0 : 15) - (isGenerated(source) ? GENERATED : 0),
    because: `${around ? `\`${around.name}\`` : 'the file'} uses \`${name}\` in line ${use.line}, ${what} in ${place.source.path}`,
  };
}
