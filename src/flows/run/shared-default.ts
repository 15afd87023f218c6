import type { Parameter } from '../../languages/form.ts';
import { mapTaints } from '../values/map-taints.ts';
import type { Closure, Environment, Value } from '../values/value.ts';
import { joinTwo, taintsOf } from '../values/values.ts';
import { settle } from './environment.ts';
import { isRebound } from './left-in.ts';
import type { Run } from './run.ts';

/** `def add(name, names=[])`: Python makes the list once, and all calls that leave it out share it. */
function isShared({ home }: Closure, { byDefault }: Parameter): boolean {
  return home.module.language === 'python' && (byDefault?.kind === 'list' || byDefault?.kind === 'map');
}

function keyOf({ key }: Closure, { name }: Parameter): string {
  return `${key} ${name}`;
}

/** What a parameter is that was left out: with what others decide of it, and an earlier call has put there. */
export function withKept(run: Run, closure: Closure, parameter: Parameter, made: Value): Value {
  const kept = isShared(closure, parameter) ? run.states.get(keyOf(closure, parameter)) : undefined;
  return kept ? joinTwo(made, kept) : made;
}

/** What a call has put into the lists and dicts that it shares with others. */
export function keepShared(run: Run, closure: Closure, env: Environment, before: ReadonlyMap<string, Value>): void {
  const { form, home } = closure;
  for (const parameter of form.parameters) {
    const { name } = parameter;
    const [was, is] = [before.get(name), env.names.get(name)];
    if (!isShared(closure, parameter) || !was || !is?.entries || is.entries === was.entries) continue;
    const outside = mapTaints(settle(env, is), (taint) => (taint.kind === 'parameter' ? null : taint));
    if (taintsOf(outside).length === 0 || isRebound(form.body, home.text, name)) continue;
    const known = run.states.get(keyOf(closure, parameter));
    run.states.set(keyOf(closure, parameter), known ? joinTwo(known, outside) : outside);
  }
}
