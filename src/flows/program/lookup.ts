import type { Import } from '../../languages/form.ts';
import { createEnvironment, readName } from '../run/environment.ts';
import { type Frame, modelsOf, type Run } from '../run/run.ts';
import type { Environment, Home, Value } from '../values/value.ts';
import { containerValue, namedValue, opaqueValue, UNKNOWN } from '../values/values.ts';
import { canonicalModule, classRef, submoduleOf } from './program.ts';

/** What a name means at a place. */
export function lookUp(run: Run, frame: Frame, name: string): Value {
  const { home } = frame.closure;
  return readName(frame.env, name) ?? lookUpGlobal(run, home, name) ?? namedValue(builtinName(run, home, name));
}

function builtinName(run: Run, home: Home, name: string): string {
  return modelsOf(run, home).gives(name) ?? name;
}

/** A name of the top level of a file, its package or what it imports; null: it is not declared. */
export function lookUpGlobal(run: Run, home: Home, name: string): Value | null {
  const own = globalsOf(run, home).names.get(name);
  if (own) return own;
  const key = `${home.path} ${name}`;
  const known = run.imported.get(key);
  if (known !== undefined) return known;
  // Files that import a name from each other have nobody who declares it.
  run.imported.set(key, null);
  const value = lookUpElsewhere(run, home, name);
  // What a file that is still being loaded lacks may be there later.
  if (value || run.loading === 0) run.imported.set(key, value);
  else run.imported.delete(key);
  return value;
}

function lookUpElsewhere(run: Run, home: Home, name: string): Value | null {
  const imported = home.module.imports.find((one) => one.local === name);
  if (imported) return importedValue(run, home, imported);
  for (const beside of run.program.beside(home)) {
    const value = globalsOf(run, beside).names.get(name);
    if (value) return value;
  }
  for (const star of home.module.imports) {
    if (star.local !== '*') continue;
    for (const other of run.program.resolve(home, star.module)) {
      const value = lookUpGlobal(run, other, name);
      if (value) return value;
    }
  }
  return ofLibrary(run, home, name);
}

/** `from peewee import *`: a name that a model says this library has. */
function ofLibrary(run: Run, home: Home, name: string): Value | null {
  if (home.module.language !== 'python') return null;
  const models = modelsOf(run, home);
  for (const { local, module } of home.module.imports) {
    if (local !== '*') continue;
    const full = `${models.gives(module) ?? module}.${name}`;
    if (models.call(full) || models.gives(full) !== null || models.knows(full))
      return namedValue(models.gives(full) ?? full);
  }
  return null;
}

/** The names of a file after its own code has run. A file that is imported in a circle gives what is known by then. */
export function globalsOf(run: Run, home: Home): Environment {
  const known = run.globals.get(home.path);
  if (known) return known;
  const env = createEnvironment(home, null);
  run.globals.set(home.path, env);
  const [top] = home.module.functions;
  if (top) {
    const closure = { key: `${home.path}:0`, home, form: top, around: null };
    if (home.module.language === 'typescript') env.names.set('$exports', containerValue(new Map()));
    run.loading++;
    run.runBody(closure, env, { depth: 0, open: [top] });
    run.loading--;
  }
  return env;
}

function importedValue(run: Run, home: Home, imported: Import): Value {
  const { module, name, local } = imported;
  const others = run.program.resolve(home, module);
  const inside = submoduleOf(imported, home.module.language);
  const inner = inside === null ? [] : run.program.resolve(home, inside);
  if (others.length === 0) {
    // A package without a file of its own: `from services import queries`.
    if (inside !== null && inner.length > 0) return namespaceValue(inner, inside, local);
    const models = modelsOf(run, home);
    const base = canonicalModule(module, home.module.language);
    if (name === '*' || name === 'default') return namedValue(models.gives(base) ?? base);
    // A module that is another one by a second name: `fs/promises`.
    const full = `${base}.${name}`;
    const again = `${models.gives(base) ?? base}.${name}`;
    return namedValue(models.gives(full) ?? models.gives(again) ?? again);
  }
  if (name === '*') return wholeOf(run, others) ?? namespaceValue(others, module, local);
  for (const other of others) {
    const value = exportOf(run, other, name);
    if (value) return value;
  }
  return inside !== null && inner.length > 0 ? namespaceValue(inner, inside, local) : UNKNOWN;
}

/** `module.exports = router`: what is no object of its own names. */
function wholeOf(run: Run, homes: readonly Home[]): Value | null {
  for (const home of homes) {
    if (!home.module.exports.some((one) => one.name === '=' && one.module === null)) continue;
    const whole = globalsOf(run, home).names.get('$exports');
    if (whole && (whole.name !== null || whole.of !== null || whole.functions.length > 0)) return whole;
  }
  return null;
}

function namespaceValue(homes: readonly Home[], module: string, local: string): Value {
  return { ...opaqueValue(local), namespace: { homes, module } };
}

/** A field of an imported module: `db.pool`. Undefined: the value is no module of the program. */
export function readNamespace(run: Run, value: Value, name: string, from: Home): Value | null | undefined {
  const { namespace } = value;
  if (!namespace) return undefined;
  for (const home of namespace.homes) {
    const found = exportOf(run, home, name);
    if (found) return found;
  }
  const inner = run.program.resolve(from, `${namespace.module}.${name}`);
  return inner.length > 0 ? namespaceValue(inner, `${namespace.module}.${name}`, name) : null;
}

const MOST_STEPS = 8;

/** What another file gets when it asks for this name. */
export function exportOf(run: Run, home: Home, name: string, depth = 0): Value | null {
  if (depth > MOST_STEPS) return null;
  if (home.module.language !== 'typescript') return lookUpGlobal(run, home, name);
  const globals = globalsOf(run, home);
  for (const one of home.module.exports) {
    if (one.name === '=' && one.module === null) {
      const whole = globals.names.get(one.local);
      if (name === 'default') return whole ?? null;
      const field = whole?.entries?.get(name);
      if (field) return field;
    }
    if (one.name !== name && one.name !== '*') continue;
    if (one.module === null) return globals.names.get(one.local) ?? lookUpGlobal(run, home, one.local);
    for (const other of run.program.resolve(home, one.module)) {
      const found = exportOf(run, other, one.name === '*' ? name : one.local, depth + 1);
      if (found) return found;
    }
  }
  const common = globals.names.get('$exports');
  if (common) return name === 'default' ? common : (common.entries?.get(name) ?? null);
  return null;
}

/** The whole of a CommonJS module, or its default: what `require` gives. */
export function moduleValue(run: Run, home: Home, module: string): Value | null {
  const others = run.program.resolve(home, module);
  if (others.length === 0) return null;
  for (const other of others) {
    const whole = globalsOf(run, other).names.get('$exports');
    if (whole && (whole.entries?.size !== 0 || whole.functions.length > 0)) return whole;
  }
  return namespaceValue(others, module, module);
}

export function classValue(home: Home, id: number): Value {
  const form = home.module.classes[id];
  return form ? { ...opaqueValue(form.name), of: { class: classRef(home, form), instance: false } } : UNKNOWN;
}
