import type { Field, Span } from '../../languages/form.ts';
import { methodsOf } from '../../languages/methods-of.ts';
import { lastPart } from '../../text/last-part.ts';
import { ALL, type Models } from '../data/models.ts';
import { atTop, externalBase, findUpwards } from '../program/class-bases.ts';
import { constantOfField } from '../program/fields-of-package.ts';
import { findMethods } from '../program/find-methods.ts';
import { readNamespace } from '../program/lookup.ts';
import { fieldType, resolveTypeName, valueOfType } from '../program/types.ts';
import { fieldTaint, isTextWithout } from '../values/field-taint.ts';
import { itemsIn } from '../values/keys-of-object.ts';
import { addStep, mapTaints, withSafe } from '../values/map-taints.ts';
import type { Shape } from '../values/shape.ts';
import { sourceValue } from '../values/source-value.ts';
import type { ClassRef, Closure, Home, Taint, Value } from '../values/value.ts';
import {
  ADDRESS,
  constantText,
  joinTwo,
  joinValues,
  opaqueValue,
  plainValue,
  taintsOf,
  UNKNOWN,
} from '../values/values.ts';
import { formValue } from './form-fields.ts';
import { closureOf, type Frame, modelsOf, placeOf, type Run, sourceOf, spend, storeOf } from './run.ts';

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
    const sent = of.of.instance ? formValue(run, frame, of.of.class, name, span) : null;
    if (sent) return sent;
    const member = of.of.instance ? readMember(run, frame, of, name, span) : readStatic(run, frame, of.of.class, name);
    if (member) return member;
    // `Order.find(…)`: what the class has from a library.
    const base = of.of.instance || of.name !== null ? null : externalBase(run, of.of.class);
    if (base !== null && models.call(joinName(base, name)))
      return { ...opaqueValue(sourceOf(home, span)), name: joinName(base, name) };
  }
  if (of.type) {
    const method = findMethods(run, of, name);
    if (method.length > 0) return { ...opaqueValue(name), functions: method };
    const promoted = promotedField(run, of, name);
    if (promoted) return promoted;
    const typed = fieldType(run, of.type.type, of.type.home, name);
    const constant = typed?.type?.kind === 'text' ? ofPackage(run, of, name) : null;
    if (constant) return constant;
    if (typed) return valueOfType(run, typed.home, typed.type, sourceOf(home, span), declaredTaints(own, name, home));
  }
  if (of.name !== null) {
    const full = joinName(of.name, name);
    const source = models.field(full);
    const shape = of.shape?.fields?.get(name);
    if (source)
      return shape ? asShown(shape, sourceValue(frame, source, span, full)) : sourceValue(frame, source, span, full);
    const state = run.states.get(full);
    if (state)
      return mapTaints(state, (taint) => addStep(taint, { ...placeOf(home, span), text: sourceOf(home, span) }));
    const gives = models.gives(full) ?? models.gives(`${of.name}.*`);
    if (gives) return { ...opaqueValue(sourceOf(home, span), taintsOf(of)), name: gives, ...(shape && { shape }) };
    const isOurs = taintsOf(of).length === 0;
    if (models.isPlain(full) || (isOurs && models.isPlain(`*.${name}`))) return plainValue(sourceOf(home, span));
    const safe = models.call(full)?.safe.find(({ from }) => from.includes('receiver'));
    if (safe) return withSafe(opaqueValue(sourceOf(home, span), fieldTaints(own, name)), safe.labels);
    return { ...opaqueValue(sourceOf(home, span), fieldTaints(own, name)), name: full, ...(shape && { shape }) };
  }
  if (models.isPlain(`*.${name}`)) return plainValue(sourceOf(home, span));
  // What was put into an object as into a dict is none of its attributes.
  if (of.of?.instance && home.module.language === 'python')
    return opaqueValue(sourceOf(home, span), fieldTaints({ ...of, entries: null }, name));
  if (rest) return rest;
  return opaqueValue(sourceOf(home, span), fieldTaints(own, name));
}

/** What a field of a receiver is, of which nothing but its type is known. */
function ofPackage(run: Run, of: Value, name: string): Value | null {
  if (of.entries || of.type?.home.module.language !== 'go' || of.type.type.kind !== 'named') return null;
  if (!taintsOf(of).every(({ kind }) => kind === 'parameter')) return null;
  const { home } = of.type;
  return constantOfField(run, [home, ...run.program.beside(home)], of.type.type.name, name);
}

/** What a struct of Go was given inside of one that it embeds: `job{base: base{name: x}}` has the field `name`. */
function promotedField(run: Run, { type, entries }: Value, name: string): Value | null {
  if (!entries || type?.type.kind !== 'named') return null;
  const found = resolveTypeName(run, type.home, type.type.name);
  if (found.kind !== 'type') return null;
  for (const base of found.form.extends) {
    const own = base.kind === 'named' ? entries.get(lastPart(base.name)) : undefined;
    const value = own?.entries?.get(name);
    if (value) return value;
  }
  return null;
}

/** `express` and `default` is `express`. */
function joinName(of: string, name: string): string {
  return name === 'default' ? of : `${of}.${name}`;
}

/** The same taints, of a part of the value. */
export function fieldTaints(of: Value, name: string): readonly Taint[] {
  return taintsOf(of).flatMap((taint) => (isTextWithout(taint, name, ADDRESS) ? [] : [fieldTaint(taint, name)]));
}

/** Of a field that a type declares: no decoder of Go fills one that is not exported. */
function declaredTaints(of: Value, name: string, { module }: Home): readonly Taint[] {
  const taints = fieldTaints(of, name);
  return module.language === 'go' && /^[a-z_]/.test(name) ? taints.filter(({ decoded }) => !decoded) : taints;
}

/** `of[by]`. */
export function readIndex(run: Run, frame: Frame, of: Value, constant: string | null, span: Span): Value {
  if (constant !== null) return readField(run, frame, of, constant, span);
  if (of.entries) {
    const all = joinValues(itemsIn(of.entries));
    // One of a few constants, whatever the key is.
    if (of.entries.size > 0) return taintsOf(all).length === 0 ? { ...all, built: null } : all;
  }
  if (of.name !== null) return { ...readField(run, frame, of, '*', span), name: null };
  return opaqueValue(sourceOf(frame.closure.home, span), fieldTaints(of, '*'));
}

/** Each item of a list of which all are known. */
export function itemsOfKnown(of: Value | null): readonly Value[] | null {
  const keys = of?.entries ? [...of.entries.keys()] : [];
  return of?.entries && keys.length > 1 && keys.every((key) => /^\d+$/.test(key)) ? [...of.entries.values()] : null;
}

/** What a model says that the items of what a library gives are; null: nothing. */
export function typeOfItems(models: Models, { name, entries }: Value): string | null {
  return name === null || entries ? null : models.gives(`${name}.*`);
}

/** What an item of a list, a map or a text is. */
export function itemOf(of: Value, name: string): Value {
  if (of.entries && of.entries.size > 0) return joinValues(itemsIn(of.entries));
  const taints = fieldTaints(of, '*');
  // What a library makes is known by where it comes from.
  return { ...opaqueValue(name, taints), name: of.name === null || taints.length > 0 ? null : `${of.name}.*` };
}

/** A field or, as `*`, an item of what others decide. */
export function partOf(of: Value, key: string): Value {
  if (key === '*') return itemOf(of, '…');
  return of.entries?.get(key) ?? opaqueValue(key, fieldTaints(of, key));
}

/** What is known of a value by its shape: it may have other fields. */
export function asShown({ labels, fields }: Shape, given: Value): Value {
  const safe = withSafe(given, labels);
  if (!fields) return safe;
  const known = [...fields].map(([key, one]): [string, Value] => [key, asShown(one, partOf(given, key))]);
  return { ...safe, entries: new Map([...(given.entries ?? []), ...known]), open: true };
}

/** Arguments by name as entries: what `**` brings may be any of those that are not written. */
export function keyed(named: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map([...named].map(([key, one]) => (key === '**' ? ['*', itemOf(one, key)] : [key, one])));
}

function readStatic(run: Run, frame: Frame, ref: ClassRef, name: string): Value | null {
  const method = methodOf(run, ref, name);
  if (method) return { ...opaqueValue(name), functions: [method] };
  const field = ref.form.fields.find((one) => one.name === name);
  if (!field) return null;
  return field.value
    ? run.evaluate(atTop(run, ref.home, frame), field.value)
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
    const name = run.evaluate(atTop(run, home, frame), decorator.kind === 'call' ? decorator.of : decorator).name;
    if (name !== null) labels |= models.checked(name);
  }
  return labels;
}

interface Declaration {
  home: Home;
  field: Field;
}

function findDeclaration(run: Run, ref: ClassRef, name: string): Declaration | null {
  return findUpwards(run, ref, ({ home, form }) => {
    const field = form.fields.find((one) => one.name === name && !one.static);
    return field ? { home, field } : null;
  });
}

/** A field of a class of the program or of a class that it extends: what was put there, and what its declaration says. */
function fieldOfClass(run: Run, frame: Frame, ref: ClassRef, name: string): Value | null {
  return findUpwards(run, ref, (one) => {
    const stored = storeOf(run, one).fields.get(name);
    const declared = declaredField(run, frame, one, name);
    return stored && declared ? joinTwo(declared, stored) : (stored ?? declared);
  });
}

function declaredField(run: Run, frame: Frame, ref: ClassRef, name: string): Value | null {
  const field = ref.form.fields.find((one) => one.name === name);
  if (field) {
    const typed = valueOfType(run, ref.home, field.type, name);
    if (!field.value) return typed;
    const value = run.evaluate(atTop(run, ref.home, frame), field.value);
    const isConstant = value.constant !== undefined || constantText(value) !== null;
    return isConstant || value.name !== null || value.of || value.functions.length > 0 || value.entries
      ? value
      : joinTwo(typed, value);
  }
  for (const { parameters } of methodsOf(ref.home.module, ref.form).constructors) {
    const parameter = parameters.find((one) => one.field && one.name === name);
    if (parameter) return valueOfType(run, ref.home, parameter.type, name);
  }
  return null;
}

function methodOf(run: Run, ref: ClassRef, name: string): Closure | null {
  return findUpwards(run, ref, ({ home, form }) => {
    const found = methodsOf(home.module, form).byName.get(name);
    return found ? closureOf(run, home, found) : null;
  });
}

/** The constructor of a class, or of one that it extends. */
export function findConstructor(run: Run, ref: ClassRef, most: number): Closure | null {
  const look = ({ home, form }: ClassRef): Closure | null => {
    const [found] = methodsOf(home.module, form).constructors;
    return found ? closureOf(run, home, found) : null;
  };
  return findUpwards(run, ref, look, most);
}

/** To take over so many fields takes as long as a step. */
export const FIELDS_A_STEP = 20;

/** Fields in the order in which they are written, and what is spread between them. */
export interface Written {
  fields: Map<string, Value>;
  /** How many were spread before a field was set. */
  behind: Map<string, number>;
  spread: { value: Value; span: Span }[];
}

/** `{ sort: 'id', ...req.query }`: it may hold the fields that are written before it. All that follows a field is joined once: thousands may be spread over thousands. */
export function overlay(run: Run, frame: Frame, { fields, behind, spread }: Written): void {
  const over: { value: Value; span: Span }[] = [];
  for (const one of spread.toReversed()) {
    const last = over.at(-1);
    if (taintsOf(one.value).length > 0) over.push(last ? { ...one, value: joinTwo(one.value, last.value) } : one);
    else if (last) over.push(last);
    else over.push(one);
  }
  over.reverse();
  for (const [name, one] of fields) {
    const { value, span } = over[behind.get(name) ?? 0] ?? {};
    if (!value || !span || taintsOf(value).length === 0) continue;
    const other = name === '*' ? value : readField(run, frame, value, name, span);
    if (taintsOf(other).length > 0) fields.set(name, joinTwo(one, other));
  }
}

/**
 * `Object.assign(fields, …all)`: what each of them is known to hold, and behind it what it may hold besides, which any name may read.
 * Null: it would take more steps than are left.
 */
export function mergeFields(
  run: Run,
  frame: Frame,
  all: readonly Value[],
  span: Span,
  fields = new Map<string, Value>(),
): Map<string, Value> | null {
  const written: Written = { fields, behind: new Map(), spread: [] };
  for (const value of all) {
    if (!value.entries || value.open) written.spread.push({ value, span });
    if (!spend(run, (value.entries?.size ?? 0) / FIELDS_A_STEP)) return null;
    for (const [key, one] of value.entries ?? []) {
      fields.set(key, one);
      written.behind.set(key, written.spread.length);
    }
  }
  overlay(run, frame, written);
  for (const { value } of written.spread)
    if (taintsOf(value).length > 0) fields.set('*', joinTwo(fields.get('*') ?? value, value));
  return fields;
}
