import type { Declaration, Use } from '../analysis/outline/outline.ts';
import type { PathIndex } from '../languages/path-index.ts';
import { findPackage, resolveModule } from '../languages/resolve-module.ts';
import { dirOf } from '../text/paths.ts';
import { isAlike } from './is-alike.ts';
import type { Files } from './open-files.ts';
import type { Source } from './source.ts';

export interface Definition {
  source: Source;
  declaration: Declaration;
}

export type Resolution =
  | { kind: 'found'; definitions: Definition[] }
  /** From a library or the language itself. */
  | { kind: 'outside' }
  /** By name alone it could be anywhere. */
  | { kind: 'unknown' };

const MOST_HOPS = 3;
/** Files of a package, and files that a file imports, in which a member is looked for. */
const MOST_NEAR = 40;
/** Of a file that hands on all of many others the search says sooner which one it is. */
const MOST_STARS = 3;

const OUTSIDE: Resolution = { kind: 'outside' };
const UNKNOWN: Resolution = { kind: 'unknown' };

/** Where a name is defined, as far as the file's imports and its directory say so. */
export async function findDefinition(
  files: Files,
  index: PathIndex,
  source: Source,
  { name, on }: Pick<Use, 'name' | 'on'>,
  container: string | null,
): Promise<Resolution> {
  const look = createLook(files, index);
  if (on === null) {
    const own = pick(source, (one) => one.name === name && (one.kind !== 'method' || one.container === container));
    if (own.length > 0) return found(own);
    const imported = await look.imported(source, name);
    if (imported) return imported;
    return await look.beside(source, (one) => one.name === name && one.kind !== 'method');
  }
  const [first = '', ...rest] = on.split('.');
  if (first === 'this' || first === 'self' || first === 'cls') {
    const own = rest.length > 0 ? [] : pick(source, (one) => one.name === name && one.container === container);
    return own.length > 0
      ? found(own)
      : await look.member(source, name, rest.at(-1) ?? container ?? '', rest.length === 0);
  }
  const object = await look.object(source, on, name);
  if (object) return object;
  const own = pick(source, (one) => one.name === name && one.container === first);
  if (own.length > 0) return found(own);
  return await look.member(source, name, rest.at(-1) ?? first);
}

/** The files that a use's import or package means. */
export function listTargets(index: PathIndex, source: Source, { name, on }: Pick<Use, 'name' | 'on'>): string[] {
  const as = new Set([name, ...(on ? [on, on.split('.')[0] ?? ''] : [])]);
  const own = source.outline.imports
    .filter(({ names }) => names.some((each) => as.has(each.as)))
    .flatMap(({ from }) => resolveModule(index, source.path, from));
  const dir = source.path.endsWith('.go') && on === null ? index.inside(dirOf(source.path)) : [];
  return [...own, ...dir.filter((path) => path.endsWith('.go'))];
}

function createLook(files: Files, index: PathIndex) {
  const exported = async (paths: readonly string[], name: string, hops = 0): Promise<Definition[]> => {
    const sources = await files.open('head', paths.slice(0, MOST_NEAR));
    const own = sources.flatMap((one) => pick(one, (at) => at.name === name && at.kind !== 'method'));
    if (own.length > 0 || hops >= MOST_HOPS) return own;
    if (name === 'default') {
      const only = sources.flatMap((one) => pick(one, (at) => at.container === null && at.kind !== 'value'));
      if (only.length === 1) return only;
    }
    // A file that hands on what others export.
    for (const one of sources) {
      const stars = one.outline.imports.filter(({ names }) => names.some((each) => each.as === '*')).length;
      for (const { from, names } of one.outline.imports) {
        const as =
          names.find((each) => each.as === name) ??
          (stars <= MOST_STARS ? names.find((each) => each.as === '*') : undefined);
        if (!as) continue;
        const next = resolveModule(index, one.path, from);
        const passed = next.length > 0 ? await exported(next, as.name === '*' ? name : as.name, hops + 1) : [];
        if (passed.length > 0) return passed;
      }
    }
    return [];
  };
  const importOf = (source: Source, as: string) => {
    for (const { from, names } of source.outline.imports) {
      const name = names.find((each) => each.as === as);
      if (name) return { from, name: name.name };
    }
    return null;
  };
  const imported = async (source: Source, as: string): Promise<Resolution | null> => {
    const own = importOf(source, as);
    if (!own) return null;
    const paths = resolveModule(index, source.path, own.from);
    if (paths.length === 0) return findPackage(index, own.from) ? UNKNOWN : OUTSIDE;
    const definitions = await exported(paths, own.name);
    return definitions.length > 0 ? found(definitions) : UNKNOWN;
  };
  /** `orders.reserve` where `orders` is imported: a module, a class, an object. */
  const object = async (source: Source, on: string, name: string): Promise<Resolution | null> => {
    const first = on.split('.')[0] ?? '';
    const own = importOf(source, on) ?? importOf(source, first);
    if (!own) return null;
    const module = own.name === '*' ? [] : resolveModule(index, source.path, joinModule(own.from, own.name));
    const paths = module.length > 0 ? module : resolveModule(index, source.path, own.from);
    if (paths.length === 0) return findPackage(index, own.from) ? UNKNOWN : OUTSIDE;
    if (own.name === '*' || module.length > 0) {
      const definitions = await exported(paths, name);
      return definitions.length > 0 ? found(definitions) : UNKNOWN;
    }
    const holders = await exported(paths, own.name);
    const sources = [...new Set(holders.map((one) => one.source))];
    const inside = sources.flatMap((one) => pick(one, (at) => at.name === name && at.container === own.name));
    const members = inside.length > 0 ? inside : sources.flatMap((one) => pick(one, (at) => at.name === name));
    if (members.length > 0) return found(members);
    // A client of a library that the other file makes: its methods are not ours.
    return null;
  };
  /** In Go every file of a directory is one package; in Python and TypeScript `*` brings names. */
  const beside = async (source: Source, holds: (one: Declaration) => boolean): Promise<Resolution> => {
    const paths = source.path.endsWith('.go')
      ? index.inside(dirOf(source.path)).filter((path) => path.endsWith('.go'))
      : source.outline.imports
          .filter(({ names }) => names.some(({ as }) => as === '*'))
          .flatMap(({ from }) => resolveModule(index, source.path, from));
    const sources = await files.open(source.side, paths.slice(0, MOST_NEAR));
    const definitions = sources.flatMap((one) => pick(one, holds));
    return definitions.length > 0 ? found(definitions) : UNKNOWN;
  };
  /** A method of a thing whose type is not seen: of what the file imports, the most alike by name. */
  const member = async (source: Source, name: string, holder: string, isOwn = false): Promise<Resolution> => {
    const bases = new Set(isOwn ? basesOf(source, holder) : []);
    const near = source.outline.imports
      .filter(
        ({ from, names }) =>
          isAlike(from.split(/[./]/).at(-1) ?? '', holder) || names.some(({ as }) => isAlike(as, holder)),
      )
      .flatMap(({ from }) => resolveModule(index, source.path, from).slice(0, 8));
    const package_ = source.path.endsWith('.go')
      ? index.inside(dirOf(source.path)).filter((path) => path.endsWith('.go'))
      : [];
    const sources = [source, ...(await files.open(source.side, [...package_, ...near].slice(0, MOST_NEAR)))];
    const all = sources.flatMap((one) => pick(one, (at) => at.name === name && at.container !== null));
    const alike = all.filter(
      ({ declaration }) => bases.has(declaration.container ?? '') || isAlike(declaration.container ?? '', holder),
    );
    if (alike.length > 0) return found(alike);
    return all.length === 1 ? found(all) : UNKNOWN;
  };
  return { imported, object, beside, member };
}

/** What a class is made from: the names in its head, below its decorators. */
export function basesOf({ outline, lines }: Source, name: string): string[] {
  const own = outline.declarations.find((one) => one.name === name && one.kind === 'class');
  if (!own) return [];
  const head = lines.slice(own.startLine - 1, own.headEndLine);
  const first =
    own.startLine +
    Math.max(
      0,
      head.findIndex((line) => line.includes(`class ${name}`)),
    );
  const names = outline.uses.filter(({ line }) => first <= line && line <= own.headEndLine).map((use) => use.name);
  return [...new Set(names)];
}

function pick(source: Source, holds: (one: Declaration) => boolean): Definition[] {
  const all = source.outline.declarations.filter((one) => one.kind !== 'table' && one.kind !== 'route' && holds(one));
  return all.map((declaration) => ({ source, declaration }));
}

function found(definitions: readonly Definition[]): Resolution {
  return { kind: 'found', definitions: [...new Map(definitions.map((one) => [keyOf(one), one])).values()].slice(0, 3) };
}

function keyOf({ source, declaration }: Definition): string {
  return `${source.side} ${source.path} ${declaration.startLine} ${declaration.name}`;
}

function joinModule(from: string, name: string): string {
  return from.endsWith('.') ? from + name : `${from}.${name}`;
}
