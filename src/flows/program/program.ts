import type { ClassForm, Import, Module, TypeForm } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import type { Written } from '../../languages/read-view.ts';
import { dirOf } from '../../text/paths.ts';
import type { ClassRef, Closure, Home } from '../values/value.ts';

/** The files that are looked at together. */
export interface Program {
  homes: readonly Home[];
  /** The files that an import means; none for what comes from outside. */
  resolve(home: Home, module: string): readonly Home[];
  /** The other files of its package: those of Go in the same folder. */
  beside(home: Home): readonly Home[];
  /** The view that a handler of a file names; null: it is not there. */
  view(home: Home, name: string): View | null;
}

/** A file with what it writes into pages unescaped. */
export interface View {
  path: string;
  written: readonly Written[];
}

/**
 * @param resolvePath the paths of this program that an import of a file means
 */
export function createProgram(
  homes: readonly Home[],
  resolvePath: (path: string, module: string) => readonly string[],
  findView: (path: string, name: string) => View | null = () => null,
): Program {
  const byPath = new Map(homes.map((home) => [home.path, home]));
  const folders = Map.groupBy(
    homes.filter(({ module }) => module.language === 'go'),
    packageOf,
  );
  const known = new Map<string, readonly Home[]>();
  return {
    homes,
    resolve(home, module) {
      const key = `${home.path} ${module}`;
      const found = known.get(key);
      if (found) return found;
      const resolved = resolvePath(home.path, module).flatMap((path) => byPath.get(path) ?? []);
      known.set(key, resolved);
      return resolved;
    },
    view: ({ path }, name) => findView(path, name),
    beside: memo((home) => (folders.get(packageOf(home)) ?? []).filter((one) => one !== home)),
  };
}

/** A package of Go: the files of one folder that say they belong to it. */
export function packageOf({ path, module }: Home): string {
  return `${dirOf(path)} ${module.package}`;
}

export function classRef(home: Home, form: ClassForm): ClassRef {
  return { key: `${home.path}#${form.id}`, home, form };
}

/** A function of the file itself, or a method of its classes. */
export function isTop({ form }: Pick<Closure, 'form'>): boolean {
  return form.parent === 0 || form.parent === null;
}

/** The class whose method a function is. */
export function ownerOf({ home, form }: Pick<Closure, 'home' | 'form'>): ClassRef | null {
  const owner = form.owner === null ? undefined : home.module.classes[form.owner];
  return owner ? classRef(home, owner) : null;
}

export function findType(homes: readonly Home[], name: string): { form: TypeForm; home: Home } | null {
  for (const home of homes) {
    const form = home.module.types.find((one) => one.name === name);
    if (form) return { form, home };
  }
  return null;
}

/** `from package import name`, where the name may be a module of the package: that module, as it is asked for. */
export function submoduleOf({ module, name }: Import, language: Module['language']): string | null {
  if (language !== 'python' || name === '*') return null;
  return module.endsWith('.') ? `${module}${name}` : `${module}.${name}`;
}

/** `net/http`, `express`, `github.com/go-chi/chi`: without what only says a version or how Node.js finds it. */
export function canonicalModule(module: string, language: Module['language']): string {
  if (language === 'typescript') return module.replace(/^node:/, '');
  // `v1` is a name that people give; from `v2` on it is the module's version.
  if (language === 'go') return module.replace(/\/v(?:[2-9]|\d\d+)(?=\/|$)/, '').replace(/\.v\d+$/, '');
  return module;
}
