import type { FunctionForm, Span } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { externalBase } from '../program/class-bases.ts';
import { findType, isTop, ownerOf } from '../program/program.ts';
import { wantBases, wantOfSummary } from '../program/want-called.ts';
import { isShown } from '../requests/handed-on.ts';
import { noteServed } from '../requests/served.ts';
import { mapTaints, withStep } from '../values/map-taints.ts';
import type { ClassRef, Closure, Environment, Value } from '../values/value.ts';
import { keyOf } from '../values/value-key.ts';
import { EMPTY, joinTwo, listValue, opaqueValue, plainValue, taintsOf, UNKNOWN } from '../values/values.ts';
import { allBack, askAgain, byName, givenTo, receiverOffset } from './ask-again.ts';
import { createEnvironment } from './environment.ts';
import { findConstructor, keyed } from './fields.ts';
import { isOverridden } from './is-overridden.ts';
import { leftIn } from './left-in.ts';
import { collecting, handRaised } from './raised.ts';
import {
  type Arguments,
  clip,
  createFrame,
  createSummary,
  type Frame,
  type Left,
  placeOf,
  type Run,
  type Summary,
  sourceOf,
  spend,
  storeOf,
  versionOf,
} from './run.ts';
import { keepShared, withKept } from './shared-default.ts';
import { symbolicArguments } from './symbolic.ts';

const DEEPEST = 24;
const MOST_OPEN = 150;
/** The most base classes that are searched for a constructor. */
const MOST_CLASSES = 5;
/** Steps that a function may take in all, one for each kind of arguments, before constants are kinds no more. */
const MOST_COST = 40_000;

/**
 * What a function of the program gives for these arguments. Where they do not matter to it (nothing that others decide, nothing
 * that it builds a text of), its summary answers; else its body is run with them, once for each kind of arguments.
 *
 * @param by who calls it: the code that we see, a library of which a model says what it gives, or something unknown
 */
export function callFunction(
  run: Run,
  frame: Frame,
  closure: Closure,
  args: Arguments,
  span: Span,
  by: 'code' | 'library' | 'unknown' = 'code',
): Value {
  const { form } = closure;
  frame.made = frame.made.filter((one) => one.key !== closure.key);
  run.observer?.entered(frame, closure, span);
  // Not run: what it is given may come back.
  const unrun = (): Value =>
    opaqueValue(
      sourceOf(frame.closure.home, span, 40),
      args.list.flatMap((value) => taintsOf(value)),
    );
  if (isOpen(frame, closure)) return askAgain(run, frame, closure, args, span);
  if (isDeep(run, frame) || !spend(run, 2)) return unrun();
  if (by !== 'code') return runWith(run, frame, closure, args, span, by);
  // A handler that a function of the program calls, behind its checks.
  if (args.list.some(isShown)) {
    run.served.add(form);
    noteServed(run, frame, span);
    return memoised(run, frame, closure, args, span);
  }
  // `func() { out = "x" }()`, and `reset()` of a function that takes nothing.
  const isHere = frame.doing === span && closure.around === frame.env;
  const isCertain = isHere && form.parameters.length === 0 && !form.async;
  const summary = summarise(run, closure, isTop(closure) ? null : frame, isCertain);
  if (!summary) return frame.open.includes(form) ? askAgain(run, frame, closure, args, span) : unrun();
  const offset = receiverOffset(closure);
  const given = (index: number): readonly (Value | undefined)[] => givenTo(closure, args, index);
  wantOfSummary(run, summary, given);
  // `(name = request.args['name']) => …`
  const isLeftOut = (index: number): boolean => {
    const byDefault = form.parameters[index]?.byDefault;
    return byDefault != null && !/^(?:text|value)$/.test(byDefault.kind) && given(index).every((one) => !one);
  };
  // It has taken its share: constants alone, another message each time, are not worth another run.
  const isCostly = (run.costs.get(closure.key) ?? 0) > MOST_COST;
  const decides = (value: Value | null | undefined): boolean => (isCostly ? isOpenTo(run, value) : says(value));
  const matters =
    run.shared.has(closure.home.path) ||
    [...summary.matters].some((index) => given(index).some(decides) || isLeftOut(index)) ||
    (isCostly ? isOpenTo(run, args.self) : saysSelf(args.self)) ||
    (!isCostly && isOverridden(run, closure, args.self));
  if (!matters) {
    const own = (value: Value): Value =>
      mapTaints(value, (taint) => (taint.parameter?.function === closure.key ? null : taint));
    const isGiven = (index: number) => (value: Value) =>
      taintsOf(value).some(({ parameter }) => parameter?.function === closure.key && parameter.index === index);
    const leftOf = (index: number, value: Value): Value => {
      const was = index < offset ? args.self : given(index)[0];
      return was ? stillIn(was, value, isGiven(index), own) : own(value);
    };
    args.leave?.(new Map([...summary.left].map(([index, value]) => [index, leftOf(index, value)])));
    return own(summary.returns);
  }
  return memoised(run, frame, closure, args, span);
}

/** What a function was given still holds what was in it, but for the parts that it has set. */
function stillIn(was: Value, is: Value, isGiven: (value: Value) => boolean, own: (value: Value) => Value): Value {
  if (!isGiven(is)) return own(is);
  if (!was.entries || !is.entries) return joinTwo(was, own(is));
  const entries = new Map(was.entries);
  for (const [key, value] of is.entries) {
    const before = entries.get(key);
    entries.set(key, before && (key === '*' || isGiven(value)) ? joinTwo(before, own(value)) : own(value));
  }
  return { ...was, entries };
}

function memoised(run: Run, frame: Frame, closure: Closure, args: Arguments, span: Span): Value {
  const key = `${closure.key}(${args.list.map((one) => keyOf(one, 2)).join(';')}|${[...args.named].map(([name, one]) => `${name}=${keyOf(one, 2)}`).join(';')}|${args.self ? keyOf(args.self, 2) : ''})${versionOf(run, closure)}`;
  const known = run.results.get(key);
  if (known) {
    args.leave?.(known.left);
    handRaised(run, known.raised);
    return known.value;
  }
  let left: Left = new Map();
  const before = run.work.left;
  const { value, raised } = collecting(run, null, () =>
    runWith(run, frame, closure, { ...args, leave: (one) => (left = one) }, span, 'code'),
  );
  handRaised(run, raised);
  run.costs.set(closure.key, (run.costs.get(closure.key) ?? 0) + before - run.work.left);
  // What the budget cut off is no result: another file would be told that nothing comes of it.
  if (run.work.left > 0 && run.work.share > 0) run.results.set(key, { value, left, raised });
  args.leave?.(left);
  return value;
}

/** It runs already: itself, or twice another one that the same code made (a wrapper around a wrapper is run, no further). */
function isOpen({ open }: Pick<Frame, 'open'>, { form }: Closure): boolean {
  // Asked with every call, of all that is being run: no list is made for it.
  let left = isTop({ form }) ? 1 : 2;
  for (const one of open) if (one === form) left--;
  return left <= 0;
}

/** Deeper than people call with what matters; it is told. */
function isDeep(run: Run, { depth }: Frame): boolean {
  if (depth > DEEPEST) clip(run);
  return depth > DEEPEST;
}

/** Others decide something about it, or it is called: not only constants, and what functions of the past were given. */
function isOpenTo(run: Run, value: Value | null | undefined): boolean {
  if (!value) return false;
  return (
    value.functions.length > 0 ||
    taintsOf(value).some(({ parameter }) => parameter === null || run.open.has(parameter.function))
  );
}

function says(value: Value | null | undefined): boolean {
  if (!value) return false;
  if (value.functions.length > 0 || taintsOf(value).length > 0) return true;
  return (
    value.pieces.some((piece) => piece.kind === 'text') ||
    value.entries !== null ||
    value.name !== null ||
    value.of !== null
  );
}

function saysSelf(self: Value | null): boolean {
  return self !== null && self.entries !== null && self.entries.size > 0;
}

function runWith(
  run: Run,
  frame: Frame,
  closure: Closure,
  args: Arguments,
  span: Span,
  by: 'code' | 'library' | 'unknown',
  makes = closure.form.role === 'constructor',
): Value {
  const env = createEnvironment(closure.home, closure.around);
  const { form } = closure;
  const place = { ...placeOf(frame.closure.home, span), text: `${form.name || 'function'}(…)` };
  const passed = (value: Value): Value =>
    taintsOf(value).length > 0 && by === 'code' ? withStep(value, place) : value;
  const self = args.self ?? selfOf(run, closure) ?? holderOf(run, closure, env);
  if (self) env.names.set('this', self);
  const offset = receiverOffset(closure);
  const leftOut = new Map<string, Value>();
  const symbolic = by === 'unknown' ? symbolicArguments(run, closure, false) : [];
  form.parameters.forEach((parameter, index) => {
    const given = offset === 1 && index === 0 ? args.self : args.list[index - offset];
    const named = byName(args, parameter.name);
    let value = given ?? named ?? symbolic[index] ?? null;
    if (parameter.rest === 'list') value = listValue(args.list.slice(index - offset));
    if (parameter.rest === 'map') value = { ...UNKNOWN, entries: keyed(args.named) };
    if (value && given === UNKNOWN && symbolic[index]) value = symbolic[index] ?? value;
    const fallback =
      value ??
      (parameter.byDefault
        ? withKept(run, closure, parameter, run.evaluate({ ...frame, closure, env }, parameter.byDefault))
        : typed(run, closure, index));
    env.names.set(parameter.name, passed(withDeclared(run, closure, index, fallback)));
    if (!value) leftOut.set(parameter.name, env.names.get(parameter.name) ?? EMPTY);
    if (parameter.field && self?.of) {
      const store = storeOf(run, self.of.class);
      const before = store.fields.get(parameter.name);
      if (!before) store.version++;
      store.fields.set(parameter.name, before ? joinTwo(before, fallback) : fallback);
    }
  });
  const open = [...frame.open, closure.form];
  const before = new Map(env.names);
  const value = run.runBody(closure, env, { depth: frame.depth + 1, open });
  args.leave?.(leftIn(closure, env, before));
  keepShared(run, closure, env, leftOut);
  return makes ? (env.names.get('this') ?? value) : value;
}

/** Where an argument says nothing of itself, the parameter's declaration does. */
function withDeclared(run: Run, closure: Closure, index: number, value: Value): Value {
  if (value.name !== null || value.of || value.type || value.entries || value.functions.length > 0) return value;
  if (value.pieces.some((piece) => piece.kind === 'text') || /^(?:boolean|number)$/.test(typeof value.constant))
    return value;
  const declared = typed(run, closure, index);
  const isFixed = declared.pieces.every((piece) => piece.kind === 'hole' && piece.fixed);
  if (isFixed && declared.pieces.length > 0) return declared;
  if (taintsOf(value).length > 0) return { ...value, type: declared.type };
  return declared.name !== null || declared.of || declared.type ? declared : value;
}

function typed(run: Run, closure: Closure, index: number): Value {
  return symbolicArguments(run, closure, false)[index] ?? EMPTY;
}

/** `this` in a method: an object of its class; in one of the class (`cls` of Python) the class itself. */
export function selfOf(run: Run, closure: Closure): Value | null {
  const ref = ownerOf(closure);
  if (!ref) return null;
  if (closure.form.role === 'static') return { ...opaqueValue('this'), of: { class: ref, instance: false } };
  return { ...opaqueValue('this'), of: { class: ref, instance: true }, name: externalBase(run, ref) };
}

/** `this` in a function of an object, of a prototype, of `exports`. */
function holderOf(run: Run, closure: Closure, env: Environment): Value | null {
  const holder = run.holders.get(closure.form);
  if (!holder || !usesThis(closure)) return null;
  return 'pieces' in holder ? holder : run.evaluate(createFrame(closure, env), holder);
}

const asked = new WeakMap<FunctionForm, boolean>();

/** `async (x) =>`: its `this` is the one around it, whatever object holds it. */
const ARROW = /^(?:async\b\s{0,20})?(?:<|\(|[\w$]{1,80}\s{0,20}=>)/;

/** A function that says `this` and is no method of a class. */
export function usesThis({ form, home }: Closure): boolean {
  const known = asked.get(form);
  if (known !== undefined) return known;
  const text = home.text.slice(...form.span);
  const uses =
    home.module.language === 'typescript' && form.owner === null && /\bthis\b/.test(text) && !ARROW.test(text);
  asked.set(form, uses);
  return uses;
}

/**
 * What matters of a function's parameters. Null: it is being found out.
 *
 * @param frame where a function was made inside of another one; null for those of a file and its classes
 * @param isCertain it is called where the code around it runs anyway
 */
export function summarise(run: Run, closure: Closure, frame: Frame | null = null, isCertain = false): Summary | null {
  const known = run.summaries.get(closure.key);
  if (known) return known === 'open' ? null : known;
  // One function for each call on the way down: the stack would end.
  if (run.open.size >= MOST_OPEN) {
    clip(run);
    return null;
  }
  run.summaries.set(closure.key, 'open');
  const env = createEnvironment(closure.home, closure.around);
  env.certain = isCertain;
  const self = selfOf(run, closure) ?? holderOf(run, closure, env);
  if (self) env.names.set('this', self);
  const summary = createSummary();
  run.open.set(closure.key, summary);
  const values = symbolicArguments(run, closure, true);
  closure.form.parameters.forEach((parameter, index) => env.names.set(parameter.name, values[index] ?? UNKNOWN));
  const before = new Map(env.names);
  const how = { depth: (frame?.depth ?? 0) + 1, open: [...(frame?.open ?? []), closure.form], summary };
  const { value: returns } = collecting(run, null, () => run.runBody(closure, env, how));
  run.open.delete(closure.key);
  const back = allBack(returns, summary.again, closure.key);
  for (const index of back) summary.matters.add(index);
  const left = leftIn(closure, env, before);
  // `func withName(name string) option { return func(c *config) { c.name = name } }`
  for (const index of heldBy(returns, closure)) summary.matters.add(index);
  for (const [at, value] of left)
    for (const { parameter } of taintsOf(value))
      if (parameter?.function === closure.key && parameter.index !== at) summary.matters.add(parameter.index);
  const done = { ...summary, returns, left, back };
  run.summaries.set(closure.key, done);
  return done;
}

/** The parameters that functions which it gives back were written with. */
function heldBy(returns: Value, { form, home }: Closure): number[] {
  const made = [returns, ...(returns.entries?.values() ?? [])].flatMap(({ functions }) =>
    functions.filter((one) => one.home === home && one.form !== form && holds(form.span, one.form.span)),
  );
  const said = made.map((one) => home.text.slice(...one.form.span)).join('\n');
  return form.parameters.flatMap(({ name }, index) =>
    made.length > 0 && new RegExp(`(?<![\\w$.])${escapeRegExp(name)}(?![\\w$])`).test(said) ? [index] : [],
  );
}

/** `new Store(x)` of a function that is no class: what it gives `this`, beside what its prototype holds. */
export function makeByFunction(run: Run, frame: Frame, closure: Closure, args: Arguments, span: Span): Value {
  if (!args.self || isOpen(frame, closure) || isDeep(run, frame) || !spend(run, 2)) return args.self ?? UNKNOWN;
  run.observer?.entered(frame, closure, span);
  return runWith(run, frame, closure, args, span, 'code', true);
}

/** A new object of a class of the program: its constructor is run. */
export function construct(run: Run, frame: Frame, ref: ClassRef, args: Arguments, span: Span): Value {
  const object: Value = {
    ...opaqueValue(ref.form.name),
    of: { class: ref, instance: true },
    name: externalBase(run, ref),
  };
  // `Color(x)` of an enum is one of its members, or throws.
  if (findType([ref.home], ref.form.name)) return plainValue(ref.form.name);
  const constructor = findConstructor(run, ref, MOST_CLASSES);
  if (!constructor) {
    wantBases(run, ref, args);
    // A dataclass, a model: its fields are its arguments.
    const entries = new Map(args.named);
    ref.form.fields
      .filter((field) => !field.static)
      .forEach((field, index) => {
        const value = args.list[index];
        if (value) entries.set(field.name, value);
        // Fields of a tuple have a number as well.
        const one = entries.get(field.name);
        if (one && object.name === 'typing.NamedTuple') entries.set(String(index), one);
      });
    return entries.size > 0 ? { ...object, entries } : object;
  }
  if (isOpen(frame, constructor) || isDeep(run, frame)) return object;
  const made = runWith(run, frame, constructor, { ...args, self: object }, span, 'code');
  return made.of ? made : object;
}

/** Functions that were made and given to nobody that we see are run for what is in them. */
export function runMade(run: Run, frame: Frame): void {
  for (let index = 0; index < frame.made.length; index++) {
    const closure = frame.made[index];
    if (!closure || run.work.left <= 0) return;
    // Those of the file itself have a beginning of their own.
    if (closure.form.parent === 0 && frame.closure.form.id === 0) continue;
    if (isOpen(frame, closure) || isDeep(run, frame) || run.served.has(closure.form)) continue;
    runWith(run, frame, closure, { list: [], named: new Map(), self: null }, closure.form.at, 'unknown');
  }
}
