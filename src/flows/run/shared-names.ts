import { mapTaints } from '../values/map-taints.ts';
import type { Environment, Taint, Value } from '../values/value.ts';
import { keyOf } from '../values/value-key.ts';
import { joinTwo, taintsOf } from '../values/values.ts';
import { settle } from './environment.ts';
import type { Frame, Run } from './run.ts';

/**
 * A name of the file, or of the function around this one, is changed in here: `global last`, `CACHE[key] = value`. Whoever runs
 * later may find it so. What a function gives that reads it is old then.
 */
export function shareName(run: Run, { env, closure, summary }: Frame, name: string, value: Value): void {
  const at = environmentOf(env, name);
  if (!at) return;
  const isOfFile = at.around === null;
  const given = settle(env, value);
  const isOwn = (taint: Taint): boolean =>
    isOfFile ? taint.kind === 'parameter' : taint.parameter?.function === closure.key;
  const outside = mapTaints(given, (taint) => (isOwn(taint) ? null : taint));
  for (const { parameter } of taintsOf(given))
    if (parameter?.function === closure.key) summary.matters.add(parameter.index);
  const known = at.names.get(name);
  const after = known ? joinTwo(known, outside) : outside;
  if (known && keyOf(known) === keyOf(after)) return;
  at.names.set(name, after);
  if (isOfFile && taintsOf(outside).length > 0)
    run.shared.set(closure.home.path, (run.shared.get(closure.home.path) ?? 0) + 1);
}

/** Where a name is declared that is not this function's own; of one that is nowhere yet the file. */
function environmentOf(env: Environment, name: string): Environment | null {
  let at = env.around;
  while (at?.around && !at.names.has(name)) at = at.around;
  return at;
}

/** This function changes a name of the file or of a function around it, and has none of its own that is called so. */
export function isOfOthers({ names, around, home, borrowed }: Environment, name: string): boolean {
  if (home.module.language !== 'python') return false;
  if (names.has(name)) return borrowed.has(name);
  for (let at = around; at; at = at.around)
    if (at.names.has(name)) {
      borrowed.add(name);
      return true;
    }
  return false;
}
