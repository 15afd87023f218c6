import { calledName } from '../../languages/called-name.ts';
import type { Expression, Language, Statement } from '../../languages/form.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { lookUp } from '../program/lookup.ts';
import { isTop } from '../program/program.ts';
import { createEnvironment, fork, mergeInto, readMade, setName, settle } from '../run/environment.ts';
import { itemOf } from '../run/fields.ts';
import { counterOf, given, listCounted } from '../run/given.ts';
import { lookAt } from '../run/look-at.ts';
import {
  type Call,
  createFrame,
  type Evaluated,
  type Frame,
  modelsOf,
  type Run,
  type Shown,
  spend,
  versionOf,
} from '../run/run.ts';
import { clear } from '../values/clear.ts';
import { inAll } from '../values/flags.ts';
import { textsOf } from '../values/one-of.ts';
import { truthOf } from '../values/truth.ts';
import type { Closure, Environment, Value } from '../values/value.ts';
import { keyOf } from '../values/value-key.ts';
import { opaqueValue, taintsOf, UNKNOWN } from '../values/values.ts';
import { shownOfCharacter } from './character-test.ts';
import { goesThroughAll } from './goes-through-all.ts';
import { patternLabels } from './pattern.ts';
import { applyCase } from './switched.ts';

/** With what a check lets its caller go on: it is true, it is false (or no error), or it does not throw. */
export type Answer = boolean | 'back';

/** Notes what a test shows: `applyGuard`. */
export type Apply = (run: Run, frame: Frame, test: Expression, holds: boolean) => void;

const DEEPEST = 6;

/** What a walk through a check has seen. */
interface Walk {
  run: Run;
  answer: Answer;
  apply: Apply;
  /** Each way that gives the answer, with what is known on it. */
  ways: Environment[];
  /** Its statements could be followed: no way is missing. */
  followed: boolean;
  /** So could what its tests ask. */
  understood: boolean;
}

/**
 * What a check of the program itself has shown where it gives this answer, by the keys of what it was given: its body is read with the
 * values of the call. Null: it is no function of the program, or does what cannot be followed here.
 */
export function shownBy(run: Run, frame: Frame, one: Evaluated, answer: Answer, apply: Apply): Shown | null {
  const { call, args, receiver } = one;
  const asked = receiver ? [receiver, ...args.list] : args.list;
  if (frame.depth > DEEPEST || !asked.some((value) => taintsOf(value).length > 0)) return null;
  const { functions } = run.evaluate({ ...frame, made: [] }, call.of);
  return ofAll(functions.map((closure) => shownByOne(run, frame, one, closure, { answer, apply })));
}

/** Whichever of them it is that is called. */
function ofAll(all: readonly (Shown | null)[]): Shown | null {
  if (all.length === 0 || !all.every((one) => one !== null)) return null;
  return { labels: inAll(all.map(({ labels }) => labels)), whole: all.every(({ whole }) => whole) };
}

function shownByOne(
  run: Run,
  frame: Frame,
  { call, args, receiver }: Pick<Evaluated, 'call' | 'args' | 'receiver'>,
  closure: Closure,
  how: Pick<Walk, 'answer' | 'apply'>,
): Shown | null {
  const { form, home } = closure;
  const isSpread =
    form.parameters.some(({ rest }) => rest) || call.arguments.some(({ value }) => value.kind === 'spread');
  if (frame.open.includes(form) || form.body.length === 0 || isSpread) return null;
  const env = createEnvironment(home, closure.around);
  const offset = form.receiver === null ? 0 : 1;
  for (const [index, { name }] of form.parameters.entries()) {
    const named = call.arguments.findIndex((one) => one.name === name);
    // What a check before has shown holds in here as well.
    const given = index < offset ? receiver : args.list[named < 0 ? index - offset : named];
    env.names.set(name, settle(frame.env, given ?? UNKNOWN));
  }
  const key = isTop(closure) ? keyOfCheck(run, frame, closure, env, how.answer) : null;
  const known = key === null ? undefined : run.shown.get(key);
  if (known !== undefined) return known;
  const inner = createFrame(closure, env, { depth: frame.depth + 1, open: [...frame.open, form] });
  const walk: Walk = { run, ...how, ways: [], followed: true, understood: true };
  const leaves = walkAll(walk, inner, form.body);
  if (!leaves && how.answer !== true) walk.ways.push(env);
  const shown =
    walk.followed && walk.ways.length > 0
      ? { labels: inAll(walk.ways.map(({ cleared }) => cleared)), whole: walk.understood }
      : null;
  if (key !== null) run.shown.set(key, shown);
  return shown;
}

/** Walks with the same key show the same. How deep it stands decides how far it is followed. */
function keyOfCheck(run: Run, { depth }: Frame, closure: Closure, { names }: Environment, answer: Answer): string {
  const given = [...names].map(([name, value]) => `${name}=${keyOf(value, 2)}`);
  return `${closure.key}(${given.join(';')})${answer} ${depth} ${versionOf(run, closure)}`;
}

/** What was shown before it does what cannot be followed holds on every way from there. */
function walkAll(walk: Walk, frame: Frame, statements: readonly Statement[]): boolean {
  for (const one of statements) {
    const before = fork(frame.env);
    const count = walk.ways.length;
    if (walkOne(walk, frame, one)) {
      if (walk.followed) return true;
      walk.followed = true;
      walk.understood = false;
      walk.ways.splice(count, walk.ways.length, before);
      return true;
    }
  }
  return false;
}

/** True: what follows does not run. */
function walkThrough(walk: Walk, frame: Frame, statements: readonly Statement[]): boolean {
  return statements.some((one) => walkOne(walk, frame, one));
}

function walkOne(walk: Walk, frame: Frame, one: Statement): boolean {
  const { run, apply } = walk;
  switch (one.kind) {
    case 'set': {
      if (one.target.kind !== 'name') return giveUp(walk);
      const asked = askedBeside(one);
      if (asked) return walkOne(walk, frame, asked);
      if (one.append) {
        const parts = [lookUp(run, frame, one.target.name), run.evaluate({ ...frame, made: [] }, one.value)];
        setName(frame.env, one.target.name, opaqueValue(one.target.name, parts.flatMap(taintsOf)), true);
        return false;
      }
      setName(frame.env, one.target.name, run.evaluate({ ...frame, made: [] }, one.value), true);
      frame.env.made.set(one.target.name, one.value);
      return false;
    }
    case 'do': {
      if (one.value.kind !== 'call') return giveUp(walk);
      if (modelsOf(run, frame.closure.home).ends.has(calledName(one.value.of))) return true;
      if (!isLogged(one.value)) walk.understood = false;
      return false;
    }
    case 'return':
      answerWith(walk, frame, one.value);
      return true;
    case 'throw':
      return true;
    case 'if': {
      const decided = truthOf(one.test);
      understand(walk, frame, one.test);
      const ways = (decided === null ? [true, false] : [decided]).flatMap((holds) => {
        const way = { ...frame, env: fork(frame.env) };
        apply(run, way, one.test, holds);
        return walkThrough(walk, way, holds ? one.yes : one.no) ? [] : [way.env];
      });
      mergeInto(frame.env, ways);
      return ways.length === 0;
    }
    case 'try': {
      if (one.lastly.length > 0) return giveUp(walk);
      // What is caught may have been thrown before anything was shown.
      const ways = [one.body, ...one.catches.map(({ body }) => body)].flatMap((body) => {
        const way = { ...frame, env: fork(frame.env) };
        return walkThrough(walk, way, body) ? [] : [way.env];
      });
      mergeInto(frame.env, ways);
      return ways.length === 0;
    }
    case 'switch': {
      if (one.on && !isOperand(one.on)) walk.understood = false;
      if (!one.on) for (const { tests } of one.cases) for (const test of tests) understand(walk, frame, test);
      const ways = [...one.cases.map(({ body }) => body), one.otherwise ?? []].flatMap((body, index) => {
        const way = { ...frame, env: fork(frame.env) };
        applyCase(run, way, one, index, apply);
        return walkThrough(walk, way, body) ? [] : [way.env];
      });
      mergeInto(frame.env, ways);
      return ways.length === 0;
    }
    case 'loop':
      return walkLoop(walk, frame, one);
    case 'leave':
      frame.left.push(fork(frame.env));
      return true;
    case 'block':
      return one.holds ? giveUp(walk) : walkThrough(walk, frame, one.body);
    default:
      return giveUp(walk);
  }
}

/** `found = found || test(x)` is `if (test(x)) found = true`. */
function askedBeside(one: Extract<Statement, { kind: 'set' }>): Statement | null {
  const { target, value, span } = one;
  if (target.kind !== 'name' || value.kind !== 'choice' || value.test !== null) return null;
  if (value.yes.kind !== 'name' || value.yes.name !== target.name) return null;
  const yes: Statement = { ...one, value: { kind: 'value', value: true, span } };
  return { kind: 'if', test: value.no, yes: [yes], no: [], span };
}

/** `for _, c := range name { if !isLetter(c) { return false } }`: what is shown of each item is shown of all of them. */
function walkLoop(walk: Walk, frame: Frame, one: Extract<Statement, { kind: 'loop' }>): boolean {
  const { run } = walk;
  const asked = one.over ?? listCounted(one.test);
  if (!asked || (one.target && one.target.kind !== 'name')) return giveUp(walk);
  const over = run.evaluate({ ...frame, made: [] }, asked);
  const way: Frame = { ...frame, env: fork(frame.env), left: [], inLoop: true };
  // The number of the item is another one each time.
  const index = counterOf(one.test);
  if (index !== null) setName(way.env, index, UNKNOWN, true);
  if (one.target && one.over)
    setName(way.env, one.target.name, given(run, frame, over, one.gives, one.over.span), true);
  const ends = [...(walkThrough(walk, way, one.body) ? [] : [way.env]), ...way.left];
  if (!walk.followed) return true;
  const shown = ends.map(({ cleared }) => labelsIn(cleared, itemOf(over, '…')));
  mergeInto(frame.env, [fork(frame.env), ...ends]);
  if (ends.length > 0 && goesThroughAll(frame.closure.home, one))
    clear(
      run,
      frame,
      over,
      shown.reduce((labels, each) => labels & each, -1),
    );
  return false;
}

function giveUp(walk: Walk): boolean {
  walk.followed = false;
  return true;
}

function answerWith(walk: Walk, { env, ...rest }: Frame, given: Expression | null): void {
  const { run, answer, ways } = walk;
  // Go gives an error beside it.
  const value = given?.kind === 'list' && rest.closure.home.module.language === 'go' ? (given.items[0] ?? null) : given;
  if (answer === 'back') {
    ways.push(env);
    return;
  }
  const truth = value ? (truthOf(value) ?? truthOfMade(value, rest.closure.home.module.language)) : false;
  if (truth !== null || !value) {
    if (truth === answer) ways.push(env);
    return;
  }
  // `return errors.New(…)`
  if (!answer && value.kind === 'call' && (value.made || /^(?:New|Errorf?|Wrapf?)$/.test(calledName(value.of)))) return;
  const frame = { ...rest, env: fork(env) };
  understand(walk, frame, value);
  walk.apply(run, frame, value, answer);
  ways.push(frame.env);
}

/** `return { kind, id }`: what is made there is true; of Python only where something is in it. */
function truthOfMade(value: Expression, language: Language): true | null {
  if (language === 'typescript') return /^(?:map|list|function|pattern|class)$/.test(value.kind) ? true : null;
  const entries = value.kind === 'map' ? value.entries.filter(({ key }) => key !== null) : [];
  const items = value.kind === 'list' ? value.items.filter(({ kind }) => kind !== 'spread') : [];
  return language === 'python' && entries.length + items.length > 0 ? true : null;
}

function understand(walk: Walk, frame: Frame, test: Expression): void {
  if (walk.understood && !isUnderstood(walk, frame, test, 0)) walk.understood = false;
}

const DEEPEST_TEST = 12;

const ASKS_FOR_A_PART =
  /^(?:includes|startsWith|endsWith|startswith|endswith|has|contains|Contains|ContainsAny|ContainsRune|HasPrefix|HasSuffix|indexOf|Index)$/;

/** Whether all that a test asks is known: what is not said of a value after it is not so. */
function isUnderstood(walk: Walk, frame: Frame, test: Expression, depth: number): boolean {
  if (depth > DEEPEST_TEST || !spend(walk.run)) return false;
  const again = (one: Expression): boolean => isUnderstood(walk, frame, one, depth + 1);
  if (truthOf(test) !== null || shownOfCharacter(walk.run, frame, test, true)?.whole) return true;
  switch (test.kind) {
    case 'unary':
    case 'await':
    case 'cast':
      return again(test.of);
    case 'choice':
      return [...(test.test ? [test.test] : []), test.yes, test.no].every(again);
    case 'name': {
      const made = readMade(frame.env, test.name);
      return made === null || (made.kind === 'name' && made.name === test.name) || again(made);
    }
    case 'binary':
      return /^(?:&&|\|\|)$/.test(test.operator)
        ? again(test.left) && again(test.right)
        : (isOperand(test.left) || (test.left.kind === 'call' && again(test.left))) && isOperand(test.right);
    case 'call':
      return isUnderstoodCall(walk, frame, test);
    default:
      return false;
  }
}

function isOperand(one: Expression): boolean {
  if (one.kind === 'list') return one.items.every(isOperand);
  if (one.kind === 'unary') return isOperand(one.of);
  if (one.kind === 'field') return /^(?:length|size)$/.test(one.name) && isOperand(one.of);
  if (one.kind === 'call') return /^(?:len|indexOf|Index|type)$/.test(calledName(one.of)) && one.arguments.length === 1;
  return one.kind === 'value' || one.kind === 'text' || one.kind === 'name';
}

function isUnderstoodCall({ run, apply }: Walk, frame: Frame, call: Call): boolean {
  const one = lookAt(run, frame, call);
  const { method, name, receiver, args } = one;
  if (/^(?:Boolean|bool|isinstance)$/.test(method)) return true;
  const models = modelsOf(run, frame.closure.home);
  if (((name === null ? null : models.call(name)) ?? models.call(`*.${method}`))?.guards.length) return true;
  if (patternLabels(run, frame, call, receiver, args.list, method) !== null) return true;
  if (ASKS_FOR_A_PART.test(method))
    return [receiver, ...args.list].some((value) => value && (value.entries !== null || textsOf(value).length > 0));
  return shownBy(run, frame, one, true, apply)?.whole === true;
}

function isLogged(call: Call): boolean {
  return /^(?:log|info|debug|warn|warning|trace|print|Print(?:f|ln)?)$/.test(calledName(call.of));
}

/**
 * What a function has shown that is asked of each item of a list: of the items (`labels`), and of other values by their keys.
 * `['a', 'b'].some((one) => one === x)`, `names.every((name) => NAME.test(name))`.
 */
export function shownOfItems(
  run: Run,
  frame: Frame,
  call: Call,
  item: Value,
  answer: boolean,
  apply: Apply,
): { labels: number; shown: ReadonlyMap<string, number> } | null {
  const [asked] = call.arguments;
  if (!asked || frame.depth > DEEPEST) return null;
  const { functions } = run.evaluate({ ...frame, made: [] }, asked.value);
  const args = { list: [item], named: new Map(), self: null };
  const each = { call: { ...call, of: asked.value, arguments: [] }, args, receiver: null };
  const all = ofAll(functions.map((closure) => shownByOne(run, frame, each, closure, { answer, apply })));
  return all && { labels: labelsIn(all.labels, item), shown: all.labels };
}

/** What is known of all that others decide of a value. */
export function labelsIn(cleared: ReadonlyMap<string, number>, value: Value): number {
  const taints = taintsOf(value);
  return taints.length === 0 ? 0 : taints.reduce((labels, { key }) => labels & (cleared.get(key) ?? 0), -1);
}

/** Whether a check throws, or does something that may. */
export function canStop(body: readonly Statement[]): boolean {
  return body.some((one) => one.kind === 'throw' || one.kind === 'do' || canStop(blocksOf(one)));
}

/** It never looks at this argument of a call. */
export function isIgnored(closures: readonly Closure[], index: number): boolean {
  return (
    closures.length > 0 &&
    closures.every(({ form, home }) => {
      const parameter = form.parameters[index + (form.receiver === null ? 0 : 1)];
      if (!parameter || parameter.rest || parameter.name.startsWith('$') || form.body.length === 0) return false;
      const [start, end] = [form.body[0]?.span[0] ?? form.span[0], form.span[1]];
      return !wordOf(parameter.name).test(home.text.slice(start, end));
    })
  );
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`);
}
