import { externalBases } from '../../flows/program/class-bases.ts';
import { lookUp } from '../../flows/program/lookup.ts';
import type { Evaluated, Frame, Run } from '../../flows/run/run.ts';
import type { ClassRef, Value } from '../../flows/values/value.ts';
import { constantText, taintsOf, textValue } from '../../flows/values/values.ts';
import type { Expression, Span } from '../../languages/form.ts';
import type { FactModels, Lookup } from './compile-fact-models.ts';

/** One call that is looked at for facts. */
export interface Look {
  run: Run;
  frame: Frame;
  one: Evaluated;
  models: FactModels;
  /** What the call may be called, the surest name first. */
  names: readonly string[];
  /** Those of them that the models know. */
  said: readonly string[];
  /** The class of the program that the chain of calls begins with: `User.objects.filter`. */
  root: ClassRef | null;
}

export function createLook(run: Run, frame: Frame, one: Evaluated, models: FactModels): Look {
  const root = one.name === null ? rootClass(run, frame, one) : null;
  const names = [...(one.name === null ? [] : [one.name]), ...(root?.names ?? [])];
  // Of something unknown, or of a file that is not there, what people call it: `?.emailQueue.add`.
  const isUnknown = names.length === 0;
  if (isUnknown || /^(?:\.|[@~]?\/|src\/)/.test(one.name ?? '')) names.push(...calledOn(one));
  if (isUnknown && one.receiver) names.push(`?.${one.method}`);
  return { run, frame, one, models, names, said: names.filter(models.isSaid), root: root?.ref ?? null };
}

function calledOn({ call: { of }, method }: Evaluated): string[] {
  const on = of.kind === 'field' ? of.of : null;
  return on?.kind === 'name' || on?.kind === 'field' ? [`?.${on.name}.${method}`] : [];
}

/** What a model says of the call by one of its names. */
export function find<T>({ said }: Look, lookup: Lookup<T>): { model: T; star: string | null } | null {
  for (const name of said) {
    const found = lookup(name);
    if (found) return found;
  }
  return null;
}

/** `User.objects.filter` is `django.db.models.Model.objects.filter` where `User` extends that. */
function rootClass(run: Run, frame: Frame, { call }: Evaluated): { ref: ClassRef; names: string[] } | null {
  const path: string[] = [];
  let at: Expression = call.of;
  while (at.kind === 'field' && path.length < 4) {
    path.unshift(at.name);
    at = at.of;
  }
  if (at.kind !== 'name' || path.length === 0) return null;
  const ref = lookUp(run, frame, at.name).of?.class;
  return ref ? { ref, names: externalBases(run, ref).map((base) => [base, ...path].join('.')) } : null;
}

/** Where a value that has an identity (a router, a query) was made stands under this key of its entries. */
const MADE = '#made';

export function withId(value: Value, id: string): Value {
  return { ...value, entries: new Map([...(value.entries ?? []), [MADE, textValue(id)]]) };
}

export function idOf(value: Value | null | undefined): string | null {
  const made = value?.entries?.get(MADE);
  return made ? constantText(made) : null;
}

export function siteOf({ frame, one }: Pick<Look, 'frame' | 'one'>, span: Span = one.call.span): string {
  return `${frame.closure.home.path}:${span[0]}-${span[1]}`;
}

/** Something of it is what the callers of a function give, and not known here. */
export function isSymbolic(values: readonly (Value | null)[]): boolean {
  return values.some((value) => value && taintsOf(value).some(({ kind }) => kind === 'parameter'));
}
