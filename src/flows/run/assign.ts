import type { Expression, Target } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { compiled } from '../data/compiled.ts';
import { reportAssigned, reportPolluted } from '../sinks/report-assigned.ts';
import { matchSet } from '../uses/match-uses.ts';
import { isOurs } from '../values/clear.ts';
import { concatValues } from '../values/concat-values.ts';
import { withKey } from '../values/keys-of-object.ts';
import { listItems } from '../values/list-items.ts';
import { mapTaints, withSafe } from '../values/map-taints.ts';
import { matchOutside } from '../values/outside-list.ts';
import { hasUnknownFields } from '../values/unknown-fields.ts';
import type { Environment, Value } from '../values/value.ts';
import { constantKey, keyOf } from '../values/value-key.ts';
import { BLANK, containerValue, joinTwo, listValue, opaqueValue, taintsOf } from '../values/values.ts';
import { readMade, readName, setName, settle } from './environment.ts';
import { mergeFields } from './fields.ts';
import { type Evaluated, type Frame, modelsOf, noteMatters, placeOf, type Run, sourceOf, storeOf } from './run.ts';
import { isOfOthers, shareName } from './shared-names.ts';

interface How {
  append: boolean;
  declares: boolean;
  /** The expression that made the value: a later test of the name is a test of it. */
  made: Expression | null;
}

/** Gives a name, a field or an item a value. */
export function assign(run: Run, frame: Frame, target: Target, value: Value, how: How): void {
  const { env } = frame;
  if (target.kind === 'field')
    for (const { form } of value.functions) if (form.owner === null) run.holders.set(form, target.of);
  if (target.kind === 'name') {
    const before = how.append ? readName(env, target.name) : null;
    const after = before ? append(frame, before, value, target) : value;
    if (frame.closure.form.sets?.includes(target.name)) shareName(run, frame, target.name, after);
    const isOuter = !how.declares && isOfOuter(env, target.name);
    setName(env, target.name, isOuter ? handedOut(run, frame, after) : after, how.declares);
    if (frame.closure.form.id === 0) matchSet(run, frame, target.name, value, target.span, how.made?.span);
    if (how.made) env.made.set(target.name, how.made);
    return;
  }
  const by = target.kind === 'field' ? null : run.evaluate(frame, target.by);
  const key = target.kind === 'field' ? target.name : by && constantKey(by);
  const of = run.evaluate(frame, target.of);
  if (by) matchOutside(run, frame, target.of, target.span, of, [by]);
  reportAssigned(run, frame, target, of, key, value, by);
  // `settings[section][name] = value`: with `__proto__` as the section it changes every object.
  if (target.kind === 'index' && by && key === null && !isEmptyObject(value)) {
    const outer = indexOf(env, target.of);
    if (outer) reportPolluted(run, frame, target, run.evaluate({ ...frame, made: [] }, outer.by), 'property');
    else if (descends(frame, target.of)) reportPolluted(run, frame, target, by, 'merge');
  }
  if (key !== null) matchSet(run, frame, `${of.name ?? ''}.${key}`, value, target.span, how.made?.span);
  const known = of.entries?.get(key ?? '*');
  const added = how.append && known ? append(frame, known, value, target) : value;
  // What comes behind the path of an address names no server.
  const server = run.labelOf('url') | run.labelOf('redirect');
  const ending = key !== null && /^(?:RawQuery|Fragment|RawFragment)$/.test(key) ? withSafe(added, server) : added;
  // Under a name that nobody else decides it is one value, and not all that a caller sends.
  const isNamed = by !== null && key === null && taintsOf(by).length === 0;
  const given = isNamed ? withSafe(ending, run.labelOf('record')) : ending;
  if (isPartOfRequest(run, frame, of, key)) noteRewritten(run, frame);
  if (of.of?.instance && key !== null) store(run, frame, of, key, given);
  if (of.name !== null && key !== null) leaveState(run, frame, `${of.name}.${key}`, of.name, given);
  const entries = new Map(of.entries ?? []);
  const isSure = key !== null;
  entries.set(key ?? '*', isSure || !known ? given : joinTwo(known, given));
  if (by && key === null && frame.closure.home.module.language !== 'typescript')
    withKey(entries, by, run.labelOf('query-key'));
  // Bytes that were zero (`make([]byte, 12)`) are what is written to them.
  const isWritten = target.kind === 'index' && of.name === BLANK && value.constant === undefined;
  const changed: Value = {
    ...of,
    name: isWritten ? null : of.name,
    entries: containerValue(entries).entries,
    ...(hasUnknownFields(of) && { open: true }),
  };
  // An address whose server we set ourselves.
  const isHost = key !== null && /^(?:host|hostname|href|Host)$/.test(key) && isOurs(value);
  const after = isHost ? withSafe(changed, server) : changed;
  replace(run, frame, target.of, after);
  // `const self = this; self.find = …`
  const also = target.of.kind === 'name' ? env.made.get(target.of.name) : null;
  if (also?.kind === 'name' && also.name === 'this') replace(run, frame, also, after);
}

/** A name of a function around, or of the file. Python assigns to names of its own only. */
function isOfOuter({ names, around, home }: Environment, name: string): boolean {
  return !names.has(name) && home.module.language !== 'python' && around !== null && readName(around, name) !== null;
}

/** `set := func(s string) { v = s }`: what its caller gives is left there each time that it is called. */
function handedOut(run: Run, { closure }: Frame, value: Value): Value {
  noteMatters(run, [value]);
  return mapTaints(value, (taint) => (taint.parameter?.function === closure.key ? null : taint));
}

/** `node[key] ??= {}`: what is there already stays. */
function isEmptyObject({ entries }: Value): boolean {
  return entries?.size === 0;
}

/** `settings[section]`, or a name that was given it before: `node = node[key]`, `node = (node[key] ??= {})`, `node = node[key] ?? {}`. */
function indexOf(env: Environment, of: Expression): Extract<Target, { kind: 'index' }> | null {
  const made = of.kind === 'name' ? readMade(env, of.name) : of;
  const first = made?.kind === 'choice' && made.test === null ? made.yes : made;
  const target = first?.kind === 'set' ? first.target : first;
  return target?.kind === 'index' ? target : null;
}

/** The function calls itself with a part of this parameter: `merge(target[key], source[key])`, `merge((target[key] ??= {}), …)`. */
function descends({ closure: { home, form } }: Frame, of: Expression): boolean {
  if (of.kind !== 'name' || form.name === '' || !form.parameters.some(({ name }) => name === of.name)) return false;
  const itself = `(?<![\\w$])${escapeRegExp(form.name)}\\(\\s*\\(?\\s*${escapeRegExp(of.name)}\\[`;
  return compiled(itself).test(home.text.slice(...form.span));
}

/** `req.target = …` in a middleware is there in the handlers. */
function leaveState(run: Run, frame: Frame, full: string, of: string, value: Value): void {
  const models = modelsOf(run, frame.closure.home);
  if (!models.isState(of) || models.field(full) || models.isPlain(full)) return;
  const outside = mapTaints(settle(frame.env, value), (taint) => (taint.kind === 'parameter' ? null : taint));
  if (taintsOf(outside).length === 0) return;
  const known = run.states.get(full);
  run.states.set(full, known ? joinTwo(known, outside) : outside);
}

/** The changed value goes back to where it was read: `a.b.c = x` changes `a`. */
export function replace(run: Run, frame: Frame, of: Expression, changed: Value, depth = 0): void {
  if (depth > 4) return;
  if (of.kind === 'name') {
    if (isOfOthers(frame.env, of.name)) shareName(run, frame, of.name, changed);
    const before = readName(frame.env, of.name);
    if (!before) return;
    setName(frame.env, of.name, changed, false);
    changeOthers(run, frame, of.name, before, changed, depth);
    return;
  }
  if (of.kind === 'await' || of.kind === 'cast') return replace(run, frame, of.of, changed, depth + 1);
  if (of.kind !== 'field' && of.kind !== 'index') return;
  const key = of.kind === 'field' ? of.name : constantKey(run.evaluate(frame, of.by));
  const outer = run.evaluate(frame, of.of);
  if (outer.of?.instance && key !== null) store(run, frame, outer, key, changed);
  const isPart = isPartOfRequest(run, frame, outer, key);
  if (isPart) noteRewritten(run, frame);
  if (outer.name !== null && !outer.entries && !isPart) return;
  const entries = new Map(outer.entries ?? []);
  entries.set(key ?? '*', changed);
  replace(run, frame, of.of, { ...outer, entries }, depth + 1);
}

/** So many names are looked through for a second name of a list. */
const MOST_NAMES = 64;

/** `rows = page['rows']; rows.append(name)`: a list or an object with two names is the same under both of them. */
function changeOthers(run: Run, frame: Frame, name: string, before: Value, changed: Value, depth: number): void {
  const { env } = frame;
  if (!before.entries || before.entries === changed.entries || frame.closure.home.module.language === 'go') return;
  const made = env.made.get(name);
  if (made && isPlace(made) && !(made.kind === 'name' && (made.name === name || !env.names.has(made.name)))) {
    const first = run.evaluate({ ...frame, made: [] }, made);
    if (first.entries === before.entries) replace(run, frame, made, { ...first, entries: changed.entries }, depth + 1);
  }
  if (env.names.size > MOST_NAMES) return;
  for (const [other, value] of env.names) {
    const by = other === name || value.entries !== before.entries ? null : env.made.get(other);
    if (by?.kind === 'name' && by.name === name) env.names.set(other, { ...value, entries: changed.entries });
  }
}

/** Reading it again does nothing. */
function isPlace(one: Expression): boolean {
  if (one.kind === 'field') return isPlace(one.of);
  return one.kind === 'index' ? isPlace(one.of) && /^(?:text|value)$/.test(one.by.kind) : one.kind === 'name';
}

/** `Object.assign(req.body, req.query)`: a check before has not seen what it holds now. */
export function assignAll(run: Run, frame: Frame, { name, call, args }: Evaluated): void {
  const [target] = call.arguments;
  const [into, ...from] = args.list;
  const taints = from.flatMap((value) => taintsOf(value));
  if (name !== 'Object.assign' || !target || !into) return;
  const { value: at } = target;
  const isPart =
    taints.length > 0 &&
    at.kind === 'field' &&
    isPartOfRequest(run, frame, run.evaluate({ ...frame, made: [] }, at.of), at.name);
  if (!isPart && into.entries && !into.open && into.name === null && !into.of) {
    const fields = mergeFields(run, frame, from, call.span, new Map(into.entries));
    if (fields) replace(run, frame, at, { ...into, entries: fields });
    return;
  }
  if (taints.length === 0 || (!isPart && taintsOf(into).length === 0)) return;
  const text = sourceOf(frame.closure.home, at.span);
  replace(run, frame, at, opaqueValue(text, [...taintsOf(into), ...taints]));
}

/** What these functions hand on is no more what was shown before them. */
function noteRewritten(run: Run, frame: Frame): void {
  for (const form of [...frame.open, frame.closure.form]) run.rewritten.add(form);
}

/** `req.body = …` */
function isPartOfRequest(run: Run, { closure: { home } }: Frame, of: Value, key: string | null): boolean {
  if (of.name === null || key === null) return false;
  return modelsOf(run, home)
    .partsOf(of.name)
    .some((part) => part === key || part.startsWith(`${key}.`));
}

/** What a class's field holds anywhere. A change makes results of its methods old. */
function store(run: Run, frame: Frame, of: Value, key: string, value: Value): void {
  if (!of.of) return;
  const kept = storeOf(run, of.of.class);
  const before = kept.fields.get(key);
  const after = before ? joinTwo(before, value) : value;
  if (before && keyOf(before) === keyOf(after)) return;
  if (kept.fields.size > 60 && !before) return;
  kept.fields.set(key, after);
  kept.version++;
  for (const taint of taintsOf(value))
    if (taint.parameter?.function === frame.closure.key) frame.summary.matters.add(taint.parameter.index);
}

function append({ closure: { home }, inLoop }: Frame, before: Value, value: Value, target: Target): Value {
  const [items, more] = [listItems(before), listItems(value)];
  if (items && more && !inLoop) return { ...before, entries: listValue([...items, ...more]).entries };
  if (before.entries && before.pieces.length === 1) {
    const entries = new Map(before.entries);
    for (const one of value.entries?.values() ?? [value]) entries.set('*', joinTwo(entries.get('*') ?? one, one));
    return { ...before, entries };
  }
  const all = concatValues([before, value], placeOf(home, target.span));
  // It was begun there, whatever has come to it since.
  return all.built && before.built ? { ...all, built: before.built } : all;
}
