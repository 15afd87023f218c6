import type { Expression, FunctionForm, Span } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { visitBody } from '../../languages/visit-expressions.ts';
import { dirOf, joinPath } from '../../text/paths.ts';
import { lookUpGlobal } from '../program/lookup.ts';
import type { Frame, Run } from '../run/run.ts';
import type { Home } from '../values/value.ts';

/**
 * One registration behind a check says nothing of the others: a handler is known by what stands before it only if each place of the
 * program that names it was understood. Else it is judged by itself as well.
 */

/** A call that registers handlers, or calls one, and of which it is known what was shown before. */
export function noteServed(run: Run, { closure: { home } }: Frame, span: Span): void {
  const known = run.servedAt.get(home.path);
  if (known) known.push(span);
  else run.servedAt.set(home.path, [span]);
}

/** Frameworks call what has these names wherever it is exported. */
const CALLED_BY_NAME = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

export function isServedAlone(run: Run, home: Home, form: FunctionForm): boolean {
  if (!run.served.has(form)) return false;
  if (form.decorators.length > 0) return false;
  const holder = run.holders.has(form) ? keyBefore(home, form) : null;
  if (form.owner !== null || holder !== null) return !isReadElsewhere(run, home, form, holder ?? form.name);
  if (form.name === '') return true;
  if (isNamedElsewhere(run, home, form.name)) return false;
  const names = namesOutside(home, form.name);
  if (names.size === 0) return true;
  if ([...names].some((name) => CALLED_BY_NAME.test(name)) || isLoadedByName(run, home)) return false;
  return run.program.homes.every((one) => one === home || isUnderstoodIn(run, one, home, names));
}

/** `{ list: async (req, res) => …, show(req, res) {} }` */
function keyBefore({ text }: Home, { name, span: [start] }: FunctionForm): string | null {
  const before = text.slice(Math.max(0, start - MOST_KEY), start);
  const isMethod = /[{,]\s*(?:async\s+)?$/.test(before) && name !== '';
  return /(?<![\w$.'"])([\w$]+)\s*:\s*$/.exec(before)?.[1] ?? (isMethod ? name : null);
}

const MOST_KEY = 100;

/** `things.list` in this file or one that has it from there, of the class or object that the function belongs to. */
function isReadElsewhere(run: Run, home: Home, form: FunctionForm, key: string): boolean {
  const isOfIt = (user: Home, name: string): boolean => {
    const value = lookUpGlobal(run, user, name);
    const ref = value?.of?.class;
    if (ref) return ref.home === home && form.owner !== null && ref.form === home.module.classes[form.owner];
    return value?.entries?.get(key)?.functions.some((one) => one.form === form) ?? false;
  };
  const users = run.program.homes.filter(
    (one) => one === home || one.module.imports.some(({ module }) => run.program.resolve(one, module).includes(home)),
  );
  return users.some((user) =>
    isSaid(
      run,
      user,
      (one) => one.kind === 'field' && one.name === key && one.of.kind === 'name' && isOfIt(user, one.of.name),
    ),
  );
}

/** Under which names a file gives one of its own on. */
function namesOutside({ module }: Home, local: string): Set<string> {
  return new Set(module.exports.flatMap((one) => (one.module === null && one.local === local ? one.name : [])));
}

function isUnderstoodIn(run: Run, user: Home, home: Home, names: ReadonlySet<string>, depth = 0): boolean {
  if (user.module.language !== 'typescript') return true;
  const leads = (module: string): boolean => run.program.resolve(user, module).includes(home);
  // `export * from './orders'`
  const onward = user.module.exports.flatMap(({ module, local, name }) => {
    if (module === null || !leads(module)) return [];
    if (local !== '*' && name !== '*') return names.has(local) ? [name] : [];
    return [...names];
  });
  if (onward.length > 0) {
    const given = new Set(onward);
    if (depth >= MOST_DEPTH || [...given].some((name) => CALLED_BY_NAME.test(name))) return false;
    if (!run.program.homes.every((one) => one === user || isUnderstoodIn(run, one, user, given, depth + 1)))
      return false;
  }
  return user.module.imports.every(({ local, name, module }) => {
    if (!leads(module)) return true;
    if (name !== '*' && !names.has(name)) return true;
    if (name !== '*' && namesOutside(user, local).size > 0) return false;
    return !isNamedElsewhere(run, user, local, name === '*' ? names : null);
  });
}

const MOST_DEPTH = 4;

/** @param parts of what holds them it is these that are looked for: `orders.create` */
function isNamedElsewhere(run: Run, home: Home, local: string, parts: ReadonlySet<string> | null = null): boolean {
  return isSaid(run, home, (one) =>
    parts
      ? one.kind === 'field' && one.of.kind === 'name' && one.of.name === local && parts.has(one.name)
      : one.kind === 'name' && one.name === local,
  );
}

/** Anywhere but in the calls of which it is known what was shown before. */
function isSaid(run: Run, home: Home, isIt: (one: Expression) => boolean): boolean {
  const known = run.servedAt.get(home.path) ?? [];
  let found = false;
  for (const { body } of home.module.functions)
    visitBody(body, (one) => {
      if (!found && isIt(one) && !known.some((span) => holds(span, one.span))) found = true;
    });
  return found;
}

/** `require('../handlers/' + name)` */
function isLoadedByName(run: Run, { path }: Home): boolean {
  return run.program.homes.some(
    (one) =>
      one.module.language === 'typescript' &&
      [
        ...one.text.matchAll(
          /\b(?:require|import)\(\s*(?:(['"])([^'"\n]*)\/[^'"\n/]*\1\s*\+|`([^`$\n]*)\/[^`$\n/]*\$\{)/g,
        ),
      ].some(([, , added, pasted]) => joinPath(dirOf(one.path), added ?? pasted ?? '') === dirOf(path)),
  );
}
