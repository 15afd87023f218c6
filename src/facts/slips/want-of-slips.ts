import type { Program } from '../../flows/program/program.ts';
import { type Evaluated, mayWant, type Run, want, wantImport } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { memo } from '../../languages/memo.ts';
import { OWN_PACKAGE } from '../../languages/resolve-module.ts';
import { dirOf } from '../../text/paths.ts';
import { callsWhereFailed } from './find-failed-results.ts';

/**
 * What another file may say of a slip: of Go, what a call gives that has failed; of FastAPI, which fields the class has that a
 * function is given, or answers with.
 */
export function wantOfSlips(run: Run, home: Home, { call }: Evaluated): void {
  if (home.module.language === 'python' && run.begun === home.path && !askedIn(run).has(home)) {
    askedIn(run).add(home);
    for (const one of modelsNamedIn(home)) wantImport(run, home, one, one.local);
  }
  if (home.module.language !== 'go' || call.of.kind !== 'field' || run.begun !== home.path || !mayWant(run)) return;
  const name = calledName(call.of);
  if (!callsWhereFailed(home).has(call)) return;
  if (!methodsIn(run.program).has(`${dirOf(home.path)} ${name}`))
    want(run, { path: home.path, module: OWN_PACKAGE, declares: [name] });
}

const methodsIn = memo(
  ({ homes }: Program): ReadonlySet<string> =>
    new Set(
      homes.flatMap(({ path, module }) =>
        module.language === 'go'
          ? module.functions.filter(({ receiver }) => receiver !== null).map(({ name }) => `${dirOf(path)} ${name}`)
          : [],
      ),
    ),
);

const askedIn = memo((_run: Run) => new Set<Home>());

const MOST_IMPORTS = 200;
const MOST_MODELS = 10;

/** Imported classes that stand in the annotations or the decorators of a file of FastAPI. */
const modelsNamedIn = memo(({ module, text }: Home) =>
  /\bfastapi\b/.test(text)
    ? module.imports
        .slice(0, MOST_IMPORTS)
        .filter(
          ({ local }) => /^[A-Z]\w*$/.test(local) && new RegExp(`(?:[:\\[]|response_model=)\\s*${local}\\b`).test(text),
        )
        .slice(0, MOST_MODELS)
    : [],
);
