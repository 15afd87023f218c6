import type { Value } from '../values/value.ts';
import { joinTwo, opaqueValue, UNKNOWN } from '../values/values.ts';
import type { Evaluated, Frame, Run } from './run.ts';

const SETTLES = '#settles ';

/** What `new Promise((resolve) => …)` calls its function with: who calls that says what was promised. Null: it is another call. */
export function settlerOf(run: Run, { closure: { home } }: Frame, { name, call }: Evaluated): readonly Value[] | null {
  if (name !== 'Promise' || !call.made || home.module.language !== 'typescript') return null;
  const settles = keyOf(home.path, call.span[0]);
  run.promises.delete(settles);
  return [{ ...opaqueValue('resolve'), name: settles }, UNKNOWN];
}

/** `resolve(rows)` */
export function noteSettled(run: Run, { name, args }: Evaluated): void {
  const [value] = args.list;
  if (!name?.startsWith(SETTLES) || !value) return;
  const known = run.promises.get(name);
  run.promises.set(name, known ? joinTwo(known, value) : value);
}

/** What a promise was settled with; null: it is none, or nothing here says it. */
export function promised(run: Run, { closure: { home } }: Frame, { name, call }: Evaluated): Value | null {
  return name === 'Promise' && call.made ? (run.promises.get(keyOf(home.path, call.span[0])) ?? null) : null;
}

function keyOf(path: string, at: number): string {
  return `${SETTLES}${path}:${at}`;
}
