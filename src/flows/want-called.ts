import { OWN_PACKAGE } from '../languages/resolve-module.ts';
import { canonicalModule } from './program.ts';
import { type Evaluated, type Frame, mayWant, type Run, type Summary, want, wantImport } from './run.ts';
import { resolveTypeName } from './types.ts';
import { type Home, strangersOf, taintsOf, type Value } from './value.ts';

/** Of one function, those that it hands its parameters to. */
const MOST_ASKS = 20;

/** Something outside is given to a function of a file that is not there; a parameter is, if a caller gives that something outside. */
export function wantCalled(run: Run, { closure: { home } }: Frame, one: Evaluated): void {
  const { args } = one;
  if (!mayWant(run)) return;
  askFor(run, [...args.list, ...args.named.values()], () => wantAll(run, home, one));
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
  const others = home.module.language === 'typescript' ? [] : run.program.homes;
  for (const each of new Set([home, ...others]))
    for (const imported of each.module.imports) {
      const { module } = imported;
      const base = canonicalModule(module, each.module.language);
      if (!name.startsWith(base) || LOGS.test(module) || run.program.resolve(each, module).length > 0) continue;
      wantImport(run, each, imported, one.method);
    }
  // `require('./shell').run(name)`
  for (let module = /^\.{1,2}\/[^()]+/.exec(name)?.[0] ?? ''; /\.[^./]+$/.test(module); ) {
    module = module.slice(0, module.lastIndexOf('.'));
    if (module.includes('/') && run.program.resolve(home, module).length === 0) want(run, { path: home.path, module });
  }
}

/** What a request is: whoever is given it reads what others decide. */
const OF_REQUEST = /Request$|^(?:koa|hono)\.Context$|^lambda\.Event$/;

/** What is written to a log goes nowhere that is reported. */
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
