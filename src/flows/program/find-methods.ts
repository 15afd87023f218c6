import type { TypeForm } from '../../languages/form.ts';
import { closureOf, type Run } from '../run/run.ts';
import type { Closure, Home, Value } from '../values/value.ts';
import { UNKNOWN } from '../values/values.ts';
import { packageOf } from './program.ts';
import { hasSignatureOf } from './same-signature.ts';
import { resolveTypeName } from './types.ts';

const MOST_IMPLEMENTERS = 3;

/** The methods of Go's named types, and of what implements an interface of the program. */
export function findMethods(run: Run, of: Value, name: string): Closure[] {
  if (of.type?.type.kind !== 'named') return [];
  const found = resolveTypeName(run, of.type.home, of.type.type.name);
  if (found.kind !== 'type' || found.home.module.language !== 'go') return [];
  const own = methodsNamed(run, typeKey(found.home, found.form.name), name);
  if (own.length > 0) return own;
  if (found.form.methods.includes(name)) return implementers(run, found, name);
  for (const base of found.form.extends) {
    const inherited = findMethods(run, { ...UNKNOWN, type: { type: base, home: found.home } }, name);
    if (inherited.length > 0) return inherited;
  }
  return [];
}

/** The methods of the types of Go's packages, by folder and receiver, and then by name. */
type Methods = ReadonlyMap<string, ReadonlyMap<string, readonly { home: Home; form: Closure['form'] }[]>>;

const methodsOfProgram = new WeakMap<object, Methods>();

function methodsOf(run: Run): Methods {
  const known = methodsOfProgram.get(run.program);
  if (known) return known;
  const all = new Map<string, Map<string, { home: Home; form: Closure['form'] }[]>>();
  for (const home of run.program.homes) {
    if (home.module.language !== 'go') continue;
    for (const form of home.module.functions) {
      if (form.receiver === null) continue;
      const key = typeKey(home, form.receiver);
      const byName = all.get(key) ?? new Map<string, { home: Home; form: Closure['form'] }[]>();
      all.set(key, byName.set(form.name, [...(byName.get(form.name) ?? []), { home, form }]));
    }
  }
  methodsOfProgram.set(run.program, all);
  return all;
}

function typeKey(home: Home, receiver: string): string {
  return `${packageOf(home)} ${receiver}`;
}

function methodsNamed(run: Run, type: string, name: string): Closure[] {
  return (methodsOf(run).get(type)?.get(name) ?? []).map(({ home, form }) => closureOf(run, home, form));
}

const implementersOfProgram = new WeakMap<object, Map<string, readonly string[]>>();

/** The types that have all methods of an interface, and as it says them; none where they are many. */
function implementers(run: Run, asked: { home: Home; form: TypeForm }, name: string): Closure[] {
  const { methods } = asked.form;
  const kept = implementersOfProgram.get(run.program) ?? new Map<string, readonly string[]>();
  implementersOfProgram.set(run.program, kept);
  const key = `${asked.home.path} ${asked.form.name}`;
  const types =
    kept.get(key) ??
    [...methodsOf(run)]
      .filter(([, own]) => methods.every((one) => own.get(one)?.some((each) => hasSignatureOf(asked, each))))
      .map(([type]) => type);
  kept.set(key, types);
  return types.length > MOST_IMPLEMENTERS ? [] : types.flatMap((type) => methodsNamed(run, type, name));
}
