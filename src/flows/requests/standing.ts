import { functionAt, functionsAround } from '../../languages/enclosing.ts';
import { stemOf } from '../../languages/path-index.ts';
import { dirOf, nameOf } from '../../text/paths.ts';
import { type Call, type Frame, type Hit, type Run, want, wantImport } from '../run/run.ts';
import type { Home, Value } from '../values/value.ts';

/**
 * What stands around a handler, and decides what comes to it, may lie in files that are not there: the middleware before it, the
 * factory and the schema that it was made with, the file that registers it. They are asked for where something was found in it.
 */

const MOST_TEXT = 1000;

/** `router.get('/x', validate(schema), handler)`, `createHandler(schema)(handler)` */
export function noteStanding(run: Run, { closure: { home } }: Frame, call: Call, given: readonly Value[]): void {
  const functions = given.flatMap((one) => one.functions);
  if (functions.length === 0 || home.module.language !== 'typescript') return;
  const beside = call.arguments.flatMap(({ value }) => (value.kind === 'function' ? [] : [value]));
  const around = call.of.kind === 'call' ? call.of : call.of.kind === 'name' ? call.of : null;
  const written = [...(around ? [around] : []), ...beside]
    .map(({ span: [start, end] }) => home.text.slice(start, Math.min(end, start + MOST_TEXT)))
    .join(' ');
  const imports = home.module.imports.filter(
    ({ local, module }) => run.program.resolve(home, module).length === 0 && names(written, local),
  );
  if (imports.length === 0) return;
  for (const { form } of functions) run.standing.set(form, [...(run.standing.get(form) ?? []), { home, imports }]);
}

function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\w$.]/.test(text[at - 1] ?? '') && !/[\w$]/.test(text[at + name.length] ?? '')) return true;
  return false;
}

/** Asks for what stands around the handlers in which something that was found comes into the program. */
export function wantStanding(run: Run, files: readonly Home[], hits: readonly Hit[]): void {
  const asked = new Map(files.map((home) => [home.path, home]));
  const homes = new Map(run.program.homes.map((home) => [home.path, home]));
  const entries = hits.flatMap(({ holes }) =>
    holes.flatMap(({ taints }) => taints.flatMap(({ steps: [first] }) => first ?? [])),
  );
  for (const { path, span } of entries) {
    const home = homes.get(path);
    if (home?.module.language !== 'typescript') continue;
    const around = functionsAround(home.module, functionAt(home.module, span));
    for (const { home: of, imports } of around.flatMap((form) => run.standing.get(form) ?? []))
      for (const one of imports) wantImport(run, of, one);
    const isKnown = around.some((form) => run.registered.has(form) || form.decorators.length > 0);
    if (asked.has(path) && !isKnown && home.module.exports.length > 0) wantUsers(run, path);
  }
}

/** Who imports this file, by its name in an address of theirs. */
function wantUsers(run: Run, path: string): void {
  const stem = stemOf(path);
  want(run, { path, module: '', named: stem === 'index' ? nameOf(dirOf(path)) : stem, by: 'import' });
}

/** The files of the program that use these, and are none of them: they say what stands before their handlers. */
export function listUsers(run: Run, files: readonly Home[]): Home[] {
  const asked = new Set(files);
  const scripts = run.program.homes.filter(({ module }) => module.language === 'typescript');
  const leads = (home: Home, module: string): boolean =>
    run.program.resolve(home, module).some((one) => given.has(one));
  const given = new Set(files);
  // `export * from './orders'` gives on what is in there; a set that grows is gone through again.
  for (let before = -1; before !== given.size; ) {
    before = given.size;
    for (const home of scripts)
      if (home.module.exports.some(({ module }) => module !== null && leads(home, module))) given.add(home);
  }
  return scripts.filter((home) => !asked.has(home) && home.module.imports.some(({ module }) => leads(home, module)));
}
