import type { Field, Span } from '../languages/form.ts';
import { atTop, basesOf } from './class-bases.ts';
import { FIELD } from './environment.ts';
import { readNamespace } from './lookup.ts';
import { ALL } from './models.ts';
import { type Frame, modelsOf, placeOf, type Run, sourceOf, storeOf } from './run.ts';
import { fieldType, resolveTypeName, valueOfType } from './types.ts';
import {
  addStep,
  type ClassRef,
  type Closure,
  type Home,
  hole,
  joinTwo,
  joinValues,
  mapTaints,
  opaqueValue,
  plainValue,
  type Taint,
  taintsOf,
  UNKNOWN,
  type Value,
  withSafe,
} from './value.ts';

const MOST_FIELDS = 5;

/** A field of a value: `of.name`. */
export function readField(run: Run, frame: Frame, of: Value, name: string, span: Span): Value {
  const { home } = frame.closure;
  const models = modelsOf(run, home);
  const known = of.entries?.get(name);
  if (known) return known;
  // What other fields were set to says nothing of this one.
  const rest = of.entries?.get('*');
  const own: Value = of.entries ? { ...of, entries: rest ? new Map([['*', rest]]) : null } : of;
  const exported = readNamespace(run, of, name, home);
  if (exported !== undefined) return exported ?? UNKNOWN;
  if (of.of) {
    const member = of.of.instance ? readMember(run, frame, of, name, span) : readStatic(run, frame, of.of.class, name);
    if (member) return member;
  }
  if (of.type) {
    const method = findMethods(run, of, name);
    if (method.length > 0) return { ...opaqueValue(name), functions: method };
    const typed = fieldType(run, of.type.type, of.type.home, name);
    if (typed) return valueOfType(run, typed.home, typed.type, sourceOf(home, span), fieldTaints(own, name));
  }
  if (of.name !== null) {
    const full = joinName(of.name, name);
    const source = models.field(full);
    if (source) return sourceValue(run, frame, source, span, full);
    const gives = models.gives(full) ?? models.gives(`${of.name}.*`);
    if (gives) return { ...opaqueValue(sourceOf(home, span), taintsOf(of)), name: gives };
    if (models.isPlain(full)) return plainValue(sourceOf(home, span));
    const safe = models.call(full)?.safe.find(({ from }) => from.includes('receiver'));
    if (safe) return withSafe(opaqueValue(sourceOf(home, span), fieldTaints(own, name)), safe.labels);
    return { ...opaqueValue(sourceOf(home, span), fieldTaints(own, name)), name: full };
  }
  if (models.isPlain(`*.${name}`)) return plainValue(sourceOf(home, span));
  // What was put into an object as into a dict is none of its attributes.
  if (of.of?.instance && home.module.language === 'python')
    return opaqueValue(sourceOf(home, span), fieldTaints({ ...of, entries: null }, name));
  if (rest) return rest;
  return opaqueValue(sourceOf(home, span), fieldTaints(own, name));
}

/** `express` and `default` is `express`. */
function joinName(of: string, name: string): string {
  return name === 'default' ? of : `${of}.${name}`;
}

/** Something that a model calls a source. */
export function sourceValue(
  _run: Run,
  frame: Frame,
  { kind, says, safe = 0, whole = false }: { kind: string; says: string; safe?: number; whole?: boolean },
  span: Span,
  full: string,
): Value {
  const { home, key } = frame.closure;
  const text = sourceOf(home, span);
  const place = placeOf(home, span);
  const taint: Taint = {
    kind,
    key: `${key}|${text}`,
    says,
    safe,
    whole,
    steps: [{ ...place, text }],
    parameter: null,
  };
  return { ...UNKNOWN, pieces: [hole(text, [taint], false, place)], name: full };
}

/** The same taints, of a part of the value. */
export function fieldTaints(of: Value, name: string): readonly Taint[] {
  return taintsOf(of).map((taint) => {
    if (taint.key.split(FIELD).length > MOST_FIELDS) return { ...taint, whole: false };
    const parameter = taint.parameter && { ...taint.parameter, path: [...taint.parameter.path, name] };
    return { ...taint, key: `${taint.key}${FIELD}${name}`, whole: false, parameter };
  });
}

/** `of[by]`. */
export function readIndex(run: Run, frame: Frame, of: Value, by: Value, constant: string | null, span: Span): Value {
  if (constant !== null) return readField(run, frame, of, constant, span);
  if (of.entries) {
    const all = joinValues([...of.entries.values()]);
    // One of a few constants, whatever the key is.
    if (of.entries.size > 0) return taintsOf(all).length === 0 ? { ...all, built: null } : all;
  }
  void by;
  if (of.name !== null) return { ...readField(run, frame, of, '*', span), name: null };
  return opaqueValue(sourceOf(frame.closure.home, span), fieldTaints(of, '*'));
}

/** What an item of a list, a map or a text is. */
export function itemOf(of: Value, name: string): Value {
  if (of.entries && of.entries.size > 0) return joinValues([...of.entries.values()]);
  const taints = fieldTaints(of, '*');
  // What a library makes is known by where it comes from.
  return { ...opaqueValue(name, taints), name: of.name === null || taints.length > 0 ? null : `${of.name}.*` };
}

function readStatic(run: Run, frame: Frame, ref: ClassRef, name: string): Value | null {
  const method = methodOf(run, ref, name);
  if (method) return { ...opaqueValue(name), functions: [method] };
  const field = ref.form.fields.find((one) => one.name === name);
  if (!field) return null;
  return field.value
    ? run.evaluate(atTop(run, frame, ref.home), field.value)
    : valueOfType(run, ref.home, field.type, name);
}

function readMember(run: Run, frame: Frame, of: Value, name: string, span: Span): Value | null {
  const ref = of.of?.class;
  if (!ref) return null;
  const method = methodOf(run, ref, name);
  if (method) {
    if (method.form.role === 'getter')
      return run.callFunction(frame, method, { list: [], named: new Map(), self: of }, span);
    return { ...opaqueValue(name), functions: [method] };
  }
  const text = sourceOf(frame.closure.home, span);
  // An object that somebody else filled: its fields are what they are declared to be, with what that somebody gave.
  const outside = taintsOf({ ...of, entries: null });
  const declaration = outside.length > 0 ? findDeclaration(run, ref, name) : null;
  if (declaration) {
    const value = valueOfType(run, declaration.home, declaration.field.type, text, fieldTaints(of, name));
    const labels = checkedFor(run, frame, declaration);
    return labels === ALL ? plainValue(text) : withSafe(value, labels);
  }
  const field = fieldOfClass(run, frame, ref, name);
  if (!field) return null;
  return taintsOf(field).length > 0
    ? mapTaints(field, (taint) => addStep(taint, { ...placeOf(frame.closure.home, span), text }))
    : field;
}

/** What checks of a declared field (`@IsUUID()`) have made it safe for. */
function checkedFor(run: Run, frame: Frame, { home, field }: Declaration): number {
  const models = modelsOf(run, home);
  let labels = 0;
  for (const decorator of field.decorators) {
    const name = run.evaluate(atTop(run, frame, home), decorator.kind === 'call' ? decorator.of : decorator).name;
    if (name !== null) labels |= models.checked(name);
  }
  return labels;
}

interface Declaration {
  home: Home;
  field: Field;
}

function findDeclaration(run: Run, ref: ClassRef, name: string, depth = 0): Declaration | null {
  const field = ref.form.fields.find((one) => one.name === name && !one.static);
  if (field) return { home: ref.home, field };
  if (depth > 5) return null;
  for (const base of basesOf(run, ref)) {
    const found = findDeclaration(run, base, name, depth + 1);
    if (found) return found;
  }
  return null;
}

/** A field of a class of the program or of a class that it extends: what was put there, and what its declaration says. */
function fieldOfClass(run: Run, frame: Frame, ref: ClassRef, name: string, depth = 0): Value | null {
  const stored = storeOf(run, ref).fields.get(name);
  const declared = declaredField(run, frame, ref, name);
  if (stored && declared) return joinTwo(declared, stored);
  if (stored ?? declared) return stored ?? declared;
  if (depth > 5) return null;
  for (const base of basesOf(run, ref)) {
    const found = fieldOfClass(run, frame, base, name, depth + 1);
    if (found) return found;
  }
  return null;
}

function declaredField(run: Run, frame: Frame, ref: ClassRef, name: string): Value | null {
  const field = ref.form.fields.find((one) => one.name === name);
  if (field) {
    const typed = valueOfType(run, ref.home, field.type, name);
    if (!field.value) return typed;
    const value = run.evaluate(atTop(run, frame, ref.home), field.value);
    return value.name !== null || value.of || value.functions.length > 0 || value.entries
      ? value
      : joinTwo(typed, value);
  }
  for (const id of ref.form.methods) {
    const method = ref.home.module.functions[id];
    if (method?.role !== 'constructor') continue;
    const parameter = method.parameters.find((one) => one.field && one.name === name);
    if (parameter) return valueOfType(run, ref.home, parameter.type, name);
  }
  return null;
}

export function methodOf(run: Run, ref: ClassRef, name: string, depth = 0): Closure | null {
  for (const id of ref.form.methods) {
    const form = ref.home.module.functions[id];
    if (form?.name === name) return methodClosure(run, ref, form.id);
  }
  if (depth > 5) return null;
  for (const base of basesOf(run, ref)) {
    const found = methodOf(run, base, name, depth + 1);
    if (found) return found;
  }
  return null;
}

export function methodClosure(run: Run, ref: ClassRef, id: number): Closure | null {
  const form = ref.home.module.functions[id];
  return form
    ? { key: `${ref.home.path}:${id}`, home: ref.home, form, around: run.globals.get(ref.home.path)?.env ?? null }
    : null;
}

const MOST_IMPLEMENTERS = 3;

/** The methods of Go's named types, and of what implements an interface of the program. */
export function findMethods(run: Run, of: Value, name: string): Closure[] {
  if (of.type?.type.kind !== 'named') return [];
  const found = resolveTypeName(run, of.type.home, of.type.type.name);
  if (found.kind !== 'type' || found.home.module.language !== 'go') return [];
  const own = methodsNamed(run, typeKey(found.home, found.form.name), name);
  if (own.length > 0) return own;
  if (found.form.methods.includes(name)) return implementers(run, found.form.methods, name);
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

function typeKey({ path, module }: Home, receiver: string): string {
  return `${path.replace(/[^/]*$/, '')} ${module.package} ${receiver}`;
}

function methodsNamed(run: Run, type: string, name: string): Closure[] {
  return (methodsOf(run).get(type)?.get(name) ?? []).map(({ home, form }) => ({
    key: `${home.path}:${form.id}`,
    home,
    form,
    around: run.globals.get(home.path)?.env ?? null,
  }));
}

const implementersOfProgram = new WeakMap<object, Map<string, readonly string[]>>();

/** The types that have all methods of an interface; none where they are many. */
function implementers(run: Run, methods: readonly string[], name: string): Closure[] {
  const kept = implementersOfProgram.get(run.program) ?? new Map<string, readonly string[]>();
  implementersOfProgram.set(run.program, kept);
  const key = methods.join(' ');
  const types =
    kept.get(key) ??
    [...methodsOf(run)].filter(([, own]) => methods.every((one) => own.has(one))).map(([type]) => type);
  kept.set(key, types);
  return types.length > MOST_IMPLEMENTERS ? [] : types.flatMap((type) => methodsNamed(run, type, name));
}
