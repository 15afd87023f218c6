import type { Import, Type } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { lastPart } from '../../text/last-part.ts';
import { modelsOf, type Run, wantImport } from '../run/run.ts';
import type { Home, Taint, Value } from '../values/value.ts';
import { hole, opaqueValue, UNKNOWN } from '../values/values.ts';
import { externalBase } from './class-bases.ts';
import { canonicalModule, classRef, findType, type Program, submoduleOf } from './program.ts';

const MOST_STEPS = 8;

/**
 * A value of which only its declaration is known.
 *
 * @param taints who decides it, where the type leaves that open
 */
export function valueOfType(
  run: Run,
  home: Home,
  type: Type | null,
  name: string,
  taints: readonly Taint[] = [],
  depth = 0,
): Value {
  const opaque = opaqueValue(name, taints);
  if (type === null || depth > MOST_STEPS) return opaque;
  if (type.kind === 'plain') return { ...UNKNOWN, pieces: [hole(name, [], true)], name: type.name ?? null };
  if (type.kind === 'text') {
    if (type.values) return { ...UNKNOWN, pieces: [hole(name, [], true)] };
    // A text is no object; of TypeScript that is a wish.
    const nosql = home.module.language === 'typescript' ? 0 : run.labelOf('nosql');
    return opaqueValue(
      name,
      taints.map((taint) => ({ ...taint, safe: taint.safe | nosql })),
    );
  }
  if (type.kind === 'list' || type.kind === 'map') {
    const item = valueOfType(run, home, type.of, `${name}[…]`, taints, depth + 1);
    return { ...opaque, entries: new Map([['*', item]]) };
  }
  if (type.kind === 'union') {
    const known = type.of.map((one) => valueOfType(run, home, one, name, taints, depth + 1));
    if (known.every((one) => one.pieces.every((piece) => piece.kind === 'hole' && piece.fixed)) && known[0])
      return known[0];
    const told = known.filter((one) => one.name !== null || one.of !== null || one.type !== null);
    const [first, second] = told;
    // Which of them it is, is not known: a field is what any of them says.
    if (first?.type && second?.type && home.module.language !== 'go') return { ...first, type: { type, home } };
    return first ?? opaque;
  }
  if (type.kind === 'record') return { ...opaque, type: { type, home } };
  if (type.kind === 'function') return opaque;
  return valueOfName(run, home, type.name, opaque, name, taints, depth);
}

function valueOfName(
  run: Run,
  home: Home,
  written: string,
  opaque: Value,
  name: string,
  taints: readonly Taint[],
  depth: number,
): Value {
  if (written.startsWith('typeof ')) {
    // The class itself, and none of its objects.
    const own = written.slice('typeof '.length);
    const named = resolveTypeName(run, home, own);
    if (named.kind === 'outside' && named.from) wantImport(run, named.from.home, named.from.imported, own);
    return named.kind === 'class' ? { ...opaque, of: { class: named.class, instance: false } } : opaque;
  }
  const found = resolveTypeName(run, home, written);
  if (found.kind === 'outside' && found.from && taints.some(({ kind }) => kind !== 'parameter'))
    wantImport(run, found.from.home, found.from.imported, lastPart(written));
  if (found.kind === 'outside') {
    const isPlain = modelsOf(run, home).isPlain(found.name);
    const isUnseen = found.from !== undefined && home.module.language === 'typescript';
    const own = isUnseen
      ? taints.map((one) => (one.kind === 'parameter' ? one : { ...one, unseen: true as const }))
      : taints;
    return { ...opaque, name: found.name, pieces: [hole(name, isPlain ? [] : own, isPlain)] };
  }
  if (found.kind === 'unknown') return opaque;
  if (found.kind === 'class') {
    const members = findType([found.class.home], found.class.form.name);
    if (members) return valueOfType(run, members.home, members.form.type, name, taints, depth + 1);
    return { ...opaque, of: { class: found.class, instance: true }, name: externalBase(run, found.class) };
  }
  const { form } = found;
  if (form.type.kind === 'record' || form.methods.length > 0)
    return {
      ...opaque,
      name: embeddedName(run, found.home, form.extends),
      type: { type: { kind: 'named', name: form.name, of: [] }, home: found.home },
    };
  const inner = valueOfType(run, found.home, form.type, name, taints, depth + 1);
  return inner.type
    ? inner
    : { ...inner, type: { type: { kind: 'named', name: form.name, of: [] }, home: found.home } };
}

/** `struct { web.Controller }`: it has the methods of a library's type. */
function embeddedName(run: Run, home: Home, bases: readonly Type[]): string | null {
  if (home.module.language !== 'go') return null;
  for (const base of bases) {
    const found = base.kind === 'named' ? resolveTypeName(run, home, base.name) : null;
    if (found?.kind === 'outside' && modelsOf(run, home).knows(found.name)) return found.name;
  }
  return null;
}

type Resolved =
  | { kind: 'outside'; name: string; from?: { home: Home; imported: Import } }
  | { kind: 'class'; class: ReturnType<typeof classRef> }
  | { kind: 'type'; form: NonNullable<ReturnType<typeof findType>>['form']; home: Home }
  | { kind: 'unknown' };

/** What names of types mean in each file of a program: they are asked for with every call of a method. */
const known = memo<Program, Map<Home, Map<string, Resolved>>>(() => new Map());

/** `sql.DB` → `database/sql.DB`; `User` → the class of another file. */
export function resolveTypeName(run: Run, home: Home, written: string): Resolved {
  const all = known(run.program);
  const own = all.get(home) ?? new Map<string, Resolved>();
  all.set(home, own);
  const found = own.get(written) ?? findTypeName(run, home, written, 0);
  own.set(written, found);
  return found;
}

function findTypeName(run: Run, home: Home, written: string, depth: number): Resolved {
  if (depth > MOST_STEPS) return { kind: 'unknown' };
  const [first = '', ...rest] = written.split('.');
  const { module } = home;
  if (rest.length === 0) {
    const own = [home, ...run.program.beside(home)];
    for (const one of own) {
      const form = one.module.classes.find((each) => each.name === first);
      if (form) return { kind: 'class', class: classRef(one, form) };
    }
    const type = findType(own, first);
    if (type) return { kind: 'type', ...type };
  }
  const imported = module.imports.find((one) => one.local === first);
  if (!imported) {
    const handed = findHandedOn(run, home, written, depth);
    if (handed) return handed;
    const builtin = modelsOf(run, home).gives(written);
    return builtin === null ? { kind: 'outside', name: written } : { kind: 'outside', name: builtin };
  }
  const inside = submoduleOf(imported, module.language);
  for (const other of inside === null || rest.length === 0 ? [] : run.program.resolve(home, inside)) {
    const found = findTypeName(run, other, rest.join('.'), depth + 1);
    if (found.kind !== 'unknown') return found;
  }
  const others = run.program.resolve(home, imported.module);
  if (others.length === 0) {
    const base = canonicalModule(imported.module, module.language);
    const start = imported.name === '*' || imported.name === 'default' ? base : `${base}.${imported.name}`;
    const full = [start, ...rest].join('.');
    const given = modelsOf(run, home).gives(full);
    return {
      kind: 'outside',
      name: given ?? full,
      ...(given === null && { from: { home, imported } }),
    };
  }
  const wanted = imported.name === '*' || imported.name === 'default' ? (rest[0] ?? first) : imported.name;
  for (const other of others) {
    const again = other.module.exports.find((one) => one.name === wanted);
    const local =
      imported.name === 'default'
        ? (other.module.exports.find((one) => one.name === 'default')?.local ?? wanted)
        : (again?.local ?? wanted);
    const form = other.module.classes.find((one) => one.name === local);
    if (form) return { kind: 'class', class: classRef(other, form) };
    const type = findType([other], local);
    if (type) return { kind: 'type', ...type };
    const further = other.module.imports.some((one) => one.local === local) || again?.module;
    if (further) {
      const found = again?.module
        ? run.program.resolve(other, again.module).map((one) => findTypeName(run, one, local, depth + 1))
        : [findTypeName(run, other, local, depth + 1)];
      const known = found.find((one) => one.kind !== 'unknown');
      if (known) return known;
    }
    const handed = findHandedOn(run, other, local, depth);
    if (handed) return handed;
  }
  return { kind: 'unknown' };
}

/** Files that hand on all of another one: a package of Python in front of its modules, an index of TypeScript. */
const MOST_HANDED_ON = 100;

/** A class or type that a file has by `from .models import *` or gives out by `export * from './models'`. */
function findHandedOn(run: Run, home: Home, name: string, depth: number): Resolved | null {
  const seen = new Set([home]);
  for (const one of seen) {
    if (seen.size > MOST_HANDED_ON) return null;
    const { imports, exports } = one.module;
    const modules = [
      ...imports.filter(({ local }) => local === '*').map(({ module }) => module),
      ...exports.flatMap((each) => (each.name === '*' && each.module !== null ? [each.module] : [])),
    ];
    for (const other of modules.flatMap((module) => run.program.resolve(one, module))) {
      const form = other.module.classes.find((each) => each.name === name);
      if (form) return { kind: 'class', class: classRef(other, form) };
      const type = findType([other], name);
      if (type) return { kind: 'type', ...type };
      if (other.module.imports.some(({ local }) => local === name)) return findTypeName(run, other, name, depth + 1);
      seen.add(other);
    }
  }
  return null;
}

/** It carries no text of anybody. */
function isFixed(type: Type | null): boolean {
  return type?.kind === 'plain' || (type?.kind === 'text' && type.values !== null);
}

/** The type of a field of a declared type; undefined: the declaration does not say. */
export function fieldType(
  run: Run,
  type: Type,
  home: Home,
  field: string,
  depth = 0,
): { type: Type | null; home: Home } | undefined {
  if (depth > MOST_STEPS) return undefined;
  if (type.kind === 'record') {
    const found = Object.hasOwn(type.fields, field) ? type.fields[field] : undefined;
    return found ? { type: found, home } : undefined;
  }
  if (type.kind === 'union') {
    const found = type.of.flatMap((one) => fieldType(run, one, home, field, depth + 1) ?? []);
    return found.find((one) => !isFixed(one.type)) ?? found[0];
  }
  if (type.kind !== 'named') return undefined;
  const found = resolveTypeName(run, home, type.name);
  if (found.kind !== 'type') return undefined;
  const own = fieldType(run, found.form.type, found.home, field, depth + 1);
  if (own) return own;
  for (const base of found.form.extends) {
    const inherited = fieldType(run, base, found.home, field, depth + 1);
    if (inherited) return inherited;
    // An embedded struct is a field by its own name as well.
    if (base.kind === 'named' && lastPart(base.name) === field) return { type: base, home: found.home };
  }
  return undefined;
}
