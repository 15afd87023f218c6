import { OWN_PACKAGE } from '../languages/resolve-module.ts';
import { canonicalModule } from './program.ts';
import { type Evaluated, type Frame, MOST_WANTED, type Run, want, wantImport } from './run.ts';
import { type Home, strangersOf, type Value } from './value.ts';

/** Something outside is given to a function of a file that is not there. */
export function wantCalled(run: Run, { closure: { home } }: Frame, one: Evaluated): void {
  const { name, args } = one;
  if (run.wanted.size > MOST_WANTED) return;
  const matters = (value: Value): boolean =>
    value.functions.length > 0 ||
    (value.name !== null && OF_REQUEST.test(value.name)) ||
    strangersOf(value).some(({ kind }) => kind !== 'parameter');
  if (![...args.list, ...args.named.values()].some(matters)) return;
  wantOfPackage(run, home, one);
  if (name === null) return;
  for (const imported of home.module.imports) {
    const { module } = imported;
    const base = canonicalModule(module, home.module.language);
    if (!name.startsWith(base) || LOGS.test(module) || run.program.resolve(home, module).length > 0) continue;
    wantImport(run, home, imported);
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
  want(run, { path, module: OWN_PACKAGE, declares: method });
}
