import type { Program } from '../../flows/program/program.ts';
import { type Evaluated, mayWant, type Run, want } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { memo } from '../../languages/memo.ts';
import { OWN_PACKAGE } from '../../languages/resolve-module.ts';
import { dirOf } from '../../text/paths.ts';
import { callsWhereFailed } from './find-failed-results.ts';

/** Of Go, what another file of the package may say of a slip: what a call gives that has failed. */
export function wantOfSlips(run: Run, home: Home, { call }: Evaluated): void {
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
