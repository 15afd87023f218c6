import type { Expression, Import } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { OWN_PACKAGE } from '../../languages/resolve-module.ts';
import {
  type Arguments,
  type Evaluated,
  type Frame,
  mayWant,
  modelsOf,
  type Run,
  type Summary,
  want,
  wantImport,
} from '../run/run.ts';
import type { ClassRef, Home, Value } from '../values/value.ts';
import { strangersOf, taintsOf } from '../values/values.ts';
import { basesOf } from './class-bases.ts';
import { canonicalModule, type Program } from './program.ts';
import { resolveTypeName } from './types.ts';

/** Of one function, those that it hands its parameters to. */
const MOST_ASKS = 20;

/** Something outside is given to a function of a file that is not there; a parameter is, if a caller gives that something outside. */
export function wantCalled(run: Run, { closure: { home } }: Frame, one: Evaluated): void {
  const { args } = one;
  if (!mayWant(run)) return;
  askFor(run, [...args.list, ...args.named.values(), ...filledOf(run, home, one)], () => wantAll(run, home, one));
}

/** An object of a class of the program is made of something outside: what its methods do may be said by a class that is not there. */
export function wantBases(run: Run, ref: ClassRef, { list, named }: Arguments): void {
  if (!mayWant(run) || ref.home.module.language === 'go') return;
  const { of } = listAbsent(run.program);
  askFor(run, [...list, ...named.values()], () => {
    // Each class of the program once; what they extend in turn is known when their files are there.
    for (const { home, form } of [ref, ...basesOf(run, ref)])
      for (const base of form.bases) {
        const [root] = rootOf(base);
        for (const { imported } of of.get(home) ?? []) if (imported.local === root) wantImport(run, home, imported);
      }
  });
}

/** `forms.Base`, `Base[Order]`: the name that was imported. */
function rootOf(one: Expression): string[] {
  if (one.kind === 'name') return [one.name];
  return one.kind === 'field' || one.kind === 'index' ? rootOf(one.of) : [];
}

/** `json.NewDecoder(r.Body).Decode(&user); user.Save()`: of Go, what a method of another package's type does with what it was filled with. */
function filledOf(run: Run, home: Home, { receiver }: Evaluated): Value[] {
  if (home.module.language !== 'go' || !receiver?.name || modelsOf(run, home).knows(receiver.name)) return [];
  const { of } = listAbsent(run.program);
  const { name } = receiver;
  return (of.get(home) ?? []).some(({ base }) => name.startsWith(`${base}.`)) && !name.includes('(') ? [receiver] : [];
}

/** Whether it was asked. */
function askFor(run: Run, values: readonly Value[], ask: () => void): boolean {
  if (values.some(isOutside)) {
    ask();
    return true;
  }
  for (const { parameter } of values.flatMap((value) => taintsOf(value))) {
    const asks = parameter && run.open.get(parameter.function)?.asks;
    if (asks && asks.length < MOST_ASKS) asks.push({ index: parameter.index, ask });
  }
  return false;
}

/** What a function asks for where its parameters say something, now that they are given: once is enough. */
export function wantOfSummary(
  run: Run,
  { asks }: Summary,
  given: (index: number) => readonly (Value | undefined)[],
): void {
  const asked = asks.filter(({ index, ask }) =>
    askFor(
      run,
      given(index).filter((value) => value !== undefined),
      ask,
    ),
  );
  for (const one of asked) asks.splice(asks.indexOf(one), 1);
}

function isOutside(value: Value): boolean {
  return (
    value.functions.length > 0 ||
    (value.name !== null && OF_REQUEST.test(value.name)) ||
    strangersOf(value).some(({ kind }) => kind !== 'parameter')
  );
}

function wantAll(run: Run, home: Home, one: Evaluated): void {
  const { name } = one;
  wantOfPackage(run, home, one);
  wantImplementers(run, home, one);
  if (name === null) return;
  // What it is may be said by another file: a struct's field in Go, a package of Python that hands on what its modules hold.
  const { all, of } = listAbsent(run.program);
  for (const absent of of.get(home) ?? [])
    if (name.startsWith(absent.base)) wantImport(run, home, absent.imported, one.method);
  for (const absent of home.module.language === 'typescript' ? [] : all)
    if (absent.home !== home && name.startsWith(absent.base)) wantImport(run, absent.home, absent.imported, one.method);
  // `require('./shell').run(name)`
  for (let module = /^\.{1,2}\/[^()]+/.exec(name)?.[0] ?? ''; /\.[^./]+$/.test(module); ) {
    module = module.slice(0, module.lastIndexOf('.'));
    if (module.includes('/') && run.program.resolve(home, module).length === 0) want(run, { path: home.path, module });
  }
}

interface Absent {
  home: Home;
  base: string;
  imported: Import;
}

/** By file, its imports that mean none of the program. What is written to a log goes nowhere that is reported. */
const listAbsent = memo((program: Program) => {
  const absentOf = (home: Home): Absent[] =>
    home.module.imports.flatMap((imported) =>
      LOGS.test(imported.module) || program.resolve(home, imported.module).length > 0
        ? []
        : { home, base: canonicalModule(imported.module, home.module.language), imported },
    );
  const of = new Map(program.homes.map((home) => [home, absentOf(home)]));
  return { of, all: [...of.values()].flat() };
});

/** What a request is: whoever is given it reads what others decide. */
const OF_REQUEST = /Request$|^(?:koa|hono)\.Context$|^lambda\.Event$/;

const LOGS = /(?:^|[./@-])log(?:s|ger|ging)?(?:\.\w+)?$/i;

/** Functions of Go itself. Source: go.dev/ref/spec, "Predeclared identifiers". */
const OF_GO =
  /^(?:append|cap|clear|close|complex|copy|delete|imag|len|make|max|min|new|panic|print|println|real|recover|string|any|bool|byte|error|rune|u?int(?:8|16|32|64)?|uintptr|float(?:32|64)|complex(?:64|128))$/;

/** What a Go file calls and neither holds nor imports stands in another file of its package. */
function wantOfPackage(run: Run, { path, module }: Home, { call, method, name, receiver }: Evaluated): void {
  if (module.language !== 'go' || method === '' || (name === method && OF_GO.test(name))) return;
  if (call.of.kind !== 'name' && call.of.kind !== 'field') return;
  const bases = module.imports.map((one) => `${canonicalModule(one.module, 'go')}.`);
  if ([name, receiver?.name].some((one) => bases.some((base) => one?.startsWith(base)))) return;
  want(run, { path, module: OWN_PACKAGE, declares: [method] });
}

/** A method of an interface: who implements it is in no file that is imported here. */
function wantImplementers(run: Run, { path, module }: Home, { method, receiver }: Evaluated): void {
  const type = receiver?.type;
  if (module.language !== 'go' || type?.type.kind !== 'named') return;
  const found = resolveTypeName(run, type.home, type.type.name);
  if (found.kind !== 'type' || !found.form.methods.includes(method)) return;
  want(run, { path, module: '', named: method, by: 'method', declares: found.form.methods });
}
