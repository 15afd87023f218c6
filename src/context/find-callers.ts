import type { Use } from '../analysis/outline/outline.ts';
import type { Candidate } from './candidate.ts';
import type { Place } from './changed-place.ts';
import { isCommon } from './common-names.ts';
import { enclosing, isFunction } from './enclosing.ts';
import type { Looking } from './find-context.ts';
import { isWorthwhile } from './open-files.ts';
import { dirOf, distance } from './path-index.ts';
import { resolveModule } from './resolve-module.ts';
import type { Source } from './source.ts';

/** Files opened for the callers of one function, and callers shown. */
const MOST_FILES = 12;
const MOST_CALLERS = 3;
const MOST_OF_REMOVED = 6;
/** Lines of a caller: it is shown whole up to here, else around the call. */
const WHOLE = 40;
const BEFORE = 14;
const AFTER = 8;

interface Call {
  source: Source;
  use: Use;
  /** That it is this function which is called: by import or package, not by name alone. */
  sure: boolean;
}

/** Who calls what was changed, first of all what was removed or takes other arguments now. */
export async function findCallers(
  places: readonly Place[],
  { files, index, search, left }: Looking,
): Promise<Candidate[]> {
  const wanted = places.filter(isCallable);
  const hits = await search(wanted.map((place) => place.declaration?.name ?? ''));
  const candidates: Candidate[] = [];
  for (const place of wanted) {
    const name = place.declaration?.name ?? '';
    const paths = [...new Set((hits.get(name) ?? []).map(({ path }) => path))]
      .filter((path) => isWorthwhile(path))
      .sort((a, b) => distance(place.source.path, a) - distance(place.source.path, b) || (a < b ? -1 : 1));
    const sources = await files.open('head', paths.slice(0, MOST_FILES));
    const calls = sources.flatMap((source) =>
      findCalls(source, place, (from) => resolveModule(index, source.path, from)),
    );
    const sure = calls.filter((call) => call.sure);
    // By name alone only a name that few use says something.
    const good = sure.length > 0 ? sure : isCommon(name) || paths.length > MOST_FILES ? [] : calls;
    const most = place.status === 'removed' || place.status === 'signature' ? MOST_OF_REMOVED : MOST_CALLERS;
    const own = [...new Map(good.map((call) => [placeOf(call), call])).values()];
    candidates.push(...own.slice(0, most).map((call, rank) => propose(call, place, rank)));
    const rest = own.length - most;
    if (rest > 0 || paths.length > MOST_FILES)
      left.push(
        `Callers of \`${name}\`: ${rest > 0 ? `${rest} more` : ''}${rest > 0 && paths.length > MOST_FILES ? ', and ' : ''}${paths.length > MOST_FILES ? `${paths.length - MOST_FILES} files that name it were not looked at` : ''}.`,
      );
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
  const imports = source.outline.imports.filter(({ from }) =>
    resolve(from).some((one) => one === path || dirOf(path).startsWith(dirOf(one))),
  );
  const aliases = new Set([
    name,
    ...imports.flatMap(({ names }) => names.filter((one) => one.name === name).map(({ as }) => as)),
  ]);
  const isPackage = path.endsWith('.go') && dirOf(source.path) === dirOf(path);
  const isNear = source.path === path || isPackage || imports.length > 0;
  const container = declaration?.kind === 'method' ? declaration.container : null;
  return source.outline.uses
    .filter((use) => aliases.has(use.name) && use.as !== 'type')
    .filter(
      ({ line }) =>
        !(source.path === path && declaration && declaration.startLine <= line && line <= declaration.endLine),
    )
    .map((use) => {
      const namesHolder =
        container !== null && (source.path === path || source.outline.uses.some((one) => one.name === container));
      return { source, use, sure: isNear || namesHolder };
    });
}

function placeOf({ source, use }: Call): string {
  const around = enclosing(source.outline, use.line).findLast(isFunction);
  return `${source.path} ${around?.startLine ?? use.line}`;
}

function propose({ source, use, sure }: Call, place: Place, rank: number): Candidate {
  const name = place.declaration?.name ?? '';
  const around = enclosing(source.outline, use.line).findLast(isFunction);
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
    weight: base - rank * 5 - (sure ? 0 : 15),
    because: `${around ? `\`${around.name}\`` : 'the file'} uses \`${name}\` in line ${use.line}, ${what} in ${place.source.path}`,
  };
}
