import type { Expression } from '../languages/form.ts';
import { externalBases } from './class-bases.ts';
import { FIELD, readMade } from './environment.ts';
import { listFoundBy, listFoundOrThrown } from './found-guard.ts';
import { keysOfLookup } from './keys-of-lookup.ts';
import { ALL } from './models.ts';
import { patternLabels } from './pattern.ts';
import { type Call, type Evaluated, type Frame, modelsOf, type Run } from './run.ts';
import { holdsWhen } from './sinks.ts';
import { constantText, isFixed, strangersOf, taintsOf, type Value } from './value.ts';

/** What a project calls a check of its own: a call with such a name, whose value or way out decides, is taken for one. */
const CHECKS =
  /(?:^|[a-z_.])(?:valid|verif|allow|permit|safe|sane|saniti[sz]e?|whitelist|allowlist|check|assert|ensure|restrict|guard)/i;
const IS_CHECK = /^(?:[Ii]s|[Hh]as|[Cc]an|in)[A-Z_]/;
/** The other way round: what holds for bad values. */
const REFUSES =
  /(?:^|[a-z_.])(?:unsafe|invalid|bad|forbid|malicious|danger|block|suspicious|illegal|traversal|private|internal)/i;

/** Notes what is known of values where a test holds, or (`holds` false) where it does not. */
export function applyGuard(run: Run, frame: Frame, test: Expression, holds: boolean, depth = 0): void {
  if (depth > 8) return;
  const again = (one: Expression, how = holds): void => applyGuard(run, frame, one, how, depth + 1);
  switch (test.kind) {
    case 'unary':
      if (test.operator === '!') again(test.of, !holds);
      return;
    case 'await':
      return again(test.of);
    case 'set':
      return again(test.value);
    case 'name': {
      const made = readMade(frame.env, test.name);
      // `ok` of `_, ok := allowed[x]`; a name alone is no check of what made it, a call or comparison is.
      if (made && (made.kind !== 'name' || made.name !== test.name)) again(made);
      return;
    }
    case 'each':
      if (holds) clearFound(run, frame, test);
      return;
    case 'index': {
      if (test.of.kind !== 'name') return keyGuard(run, frame, test, holds);
      const made = readMade(frame.env, test.of.name);
      // Go's second result: `$0[1]` of `$0 = allowed[x]`.
      if (isOne(test.by) && made?.kind === 'index') return keyGuard(run, frame, made, holds);
      // The first one: `ok, err := regexp.MatchString(pattern, x)`.
      if (made?.kind !== 'call' || !test.of.name.startsWith('$')) return keyGuard(run, frame, test, holds);
      again(made);
      if (holds) clearFound(run, frame, made);
      return;
    }
    case 'choice':
      if (test.test && holds) {
        again(test.test);
        again(test.yes);
      }
      return;
    case 'binary':
      return binaryGuard(run, frame, test, holds, again, depth);
    case 'field':
      return hostGuard(run, frame, test, holds);
    case 'call':
      return callGuard(run, frame, test, holds);
    default:
  }
}

function isOne(by: Expression): boolean {
  return by.kind === 'value' && by.value === 1;
}

function binaryGuard(
  run: Run,
  frame: Frame,
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  holds: boolean,
  again: (one: Expression, how?: boolean) => void,
  depth: number,
): void {
  if (operator === '&&' || operator === '||') {
    if ((operator === '&&') === holds) {
      again(left);
      again(right);
    } else eitherGuard(frame, [left, right], (one, way) => applyGuard(run, way, one, holds, depth + 1));
    return;
  }
  const quiet = (one: Expression): Value => run.evaluate({ ...frame, made: [] }, one);
  if (operator === 'in' || operator === 'not in') {
    // `base in path.parents`
    if ((operator === 'in') === holds && right.kind === 'field' && right.name === 'parents' && isOurs(quiet(left)))
      clear(run, frame, quiet(right.of), run.labelOf('path'));
    if ((operator === 'in') === holds && isListOfOurs(quiet(right), quiet(left))) clear(run, frame, quiet(left), ALL);
    // `'..' in path`: true for the bad ones.
    else if ((operator === 'in') !== holds) refuseText(run, frame, quiet(left), quiet(right));
    return;
  }
  const equal = /^(?:===?|is)$/.test(operator);
  const unequal = /^(?:!==?|is not)$/.test(operator);
  if (!equal && !unequal) {
    // `allowed.indexOf(x) >= 0`
    if (left.kind === 'call' && /^[<>]=?$/.test(operator)) again(left, holds === operator.startsWith('>'));
    return;
  }
  const same = equal === holds;
  if (left.kind === 'unary' && left.operator === 'typeof') {
    if (same && right.kind === 'text' && right.value !== 'string' && right.value !== 'object')
      clear(run, frame, quiet(left.of), ALL);
    // A text is no object with operators and keys of its own.
    if (same && right.kind === 'text' && right.value === 'string')
      clear(run, frame, quiet(left.of), run.labelOf('nosql') | run.labelOf('merge') | run.labelOf('record'));
    return;
  }
  if (left.kind === 'call') {
    const side = quiet(right);
    // `indexOf(x) !== -1`, `err == nil` of a check, `fn(x) === true`
    const negative =
      side.constant === -1 || side.constant === false || (left.kind === 'call' && side.constant === null);
    again(left, negative ? !same : same);
  }
  if (!same && right.kind === 'text' && right.value === '__proto__')
    clear(run, frame, quiet(left), run.labelOf('merge'));
  if (right.kind === 'text' && right.value === '') hostGuard(run, frame, left, !same);
  const isNothing = right.kind === 'value' && right.value === null;
  if (left.kind === 'name' && isNothing) {
    const made = readMade(frame.env, left.name);
    // `if err := check(x); err != nil { return }`
    const call = made?.kind === 'index' && made.of.kind === 'name' ? readMade(frame.env, made.of.name) : made;
    if (call?.kind === 'call' && same) applyCheck(run, frame, call, true);
    if (call?.kind === 'call' && !same) lookupGuard(run, frame, call);
    // `match = NAME.fullmatch(x)`, which is not None.
    if (call?.kind === 'call' && /^(?:match|fullmatch|search|exec)$/.test(methodOf(call))) again(call, !same);
    if (made?.kind === 'await' && !same) again(made, true);
    if (call?.kind === 'index' && !same) keyGuard(run, frame, call, true);
    // An error that is not there, or something that is.
    if (made && same === isError(left.name, made)) clearFound(run, frame, call ?? made);
    return;
  }
  // `if tables[x] == nil { return }`
  if (left.kind === 'index' && isNothing && !same) return keyGuard(run, frame, left, true);
  // `if db.First(&one, id).Error != nil { return }`
  if (left.kind === 'field' && left.name === 'Error' && isNothing && same) return clearFound(run, frame, left);
  if (same && !isNothing) {
    const [a, b] = [quiet(left), quiet(right)];
    if (isConstant(b)) clear(run, frame, a, ALL);
    else if (isConstant(a)) clear(run, frame, b, ALL);
    else if (isOneOfOurs(b, a)) clear(run, frame, a, ALL);
    else if (isOneOfOurs(a, b)) clear(run, frame, b, ALL);
  }
}

/** One of two tests holds (or does not): what both of them say of a value is so. */
function eitherGuard(frame: Frame, tests: readonly Expression[], apply: (test: Expression, way: Frame) => void): void {
  const [one, other] = tests.map((test) => {
    const env = { ...frame.env, cleared: new Map<string, number>() };
    apply(test, { ...frame, env });
    return env.cleared;
  });
  for (const [key, labels] of one ?? []) {
    const both = labels & (other?.get(key) ?? 0);
    if (both !== 0) frame.env.cleared.set(key, (frame.env.cleared.get(key) ?? 0) | both);
  }
}

function isConstant(value: Value): boolean {
  const text = constantText(value);
  return (
    (text !== null && text !== '') ||
    typeof value.constant === 'number' ||
    (isFixed(value) && value.constant === undefined && text !== '')
  );
}

/** `allowed[x]` in a test: the key is one of those that are there. */
function keyGuard(run: Run, frame: Frame, { of, by }: Extract<Expression, { kind: 'index' }>, holds: boolean): void {
  const quiet = { ...frame, made: [] };
  if (!holds) return;
  const [whole, key] = [run.evaluate(quiet, of), run.evaluate(quiet, by)];
  if (isListOfOurs(whole, key)) clear(run, frame, key, ALL);
}

/** `next == trusted`, where `trusted` is a field of the service: whoever asks has named what is there already. */
function isOneOfOurs(ours: Value, other: Value): boolean {
  if (strangersOf(ours).length === 0) return taintsOf(other).length > 0;
  return isOurs(ours) && strangersOf(other).some(({ kind }) => kind !== 'parameter');
}

/** Nobody outside decides what is in it. */
function isListOfOurs(whole: Value, one: Value): boolean {
  return strangersOf(whole).length === 0 || (isOurs(whole) && taintsOf(one).length > 0);
}

/** `err` is the error of a call of Go; any other name is what the call found. */
function isError(name: string, made: Expression): boolean {
  return /^err$|Err$/.test(name) || (made.kind === 'field' && made.name === 'Error');
}

/** Something was found by these values: each is the key of something that is there. */
function clearFound(run: Run, frame: Frame, made: Expression): void {
  if (frame.closure.home.module.language !== 'go') {
    for (const { value, labels } of listFoundBy(run, frame, made)) clear(run, frame, value, labels);
    return;
  }
  const labels = run.labelOf('path') | run.labelOf('url') | run.labelOf('redirect');
  for (const key of keysOfLookup(made)) clear(run, frame, run.evaluate({ ...frame, made: [] }, key), labels);
}

/** `handler = HANDLERS.get(x)`, which is not None: the key is one of those that are there. */
function lookupGuard(run: Run, frame: Frame, call: Call): void {
  const [key] = call.arguments;
  if (call.of.kind !== 'field' || call.of.name !== 'get' || !key || call.arguments.length > 1) return;
  const quiet = { ...frame, made: [] };
  const of = run.evaluate(quiet, call.of.of);
  const made = call.of.of.kind === 'name' ? readMade(frame.env, call.of.of.name) : null;
  const isListed = of.entries !== null && !of.entries.has('*') && of.entries.size > 0;
  if ((isListed || made?.kind === 'each') && strangersOf(of).length === 0)
    clear(run, frame, run.evaluate(quiet, key.value), ALL);
}

function methodOf({ of }: Call): string {
  return of.kind === 'field' || of.kind === 'name' ? of.name : '';
}

/** `Object.prototype.hasOwnProperty.call(table, key)` is `Object.hasOwn(table, key)`. */
function directly(call: Call): Call {
  const { of } = call;
  if (of.kind !== 'field' || of.name !== 'call' || of.of.kind !== 'field' || of.of.name !== 'hasOwnProperty')
    return call;
  return { ...call, of: { ...of, of: of.of.of, name: 'hasOwn' } };
}

/** Asks what a program has stored for what is stored under this name. */
const FINDS =
  /^(?:find(?:One|Unique|First|ById|ByPk|By[A-Z]\w*|OneBy)?|get(?:By[A-Z]\w*|One|OneBy\w*)|load(?:By[A-Z]\w*)|lookup|findAndCount|count|countDocuments|exists)$/;

/**
 * `if (!(await files.findOne({ name }))) throw …`: it is one of the names that the program itself has stored. What the question itself
 * may be harmed by, and what was stored by strangers, is another matter.
 */
function recordGuard(run: Run, frame: Frame, { name, receiver, args }: Evaluated): void {
  const model = name === null ? null : modelsOf(run, frame.closure.home).call(name);
  if (model?.sinks.some(({ kind }) => !kind.endsWith('sql')) || args.list.some(({ functions }) => functions.length > 0))
    return;
  if (!receiver || /^(?:fs|path|axios|fetch|http)/.test(receiver.name ?? '') || taintsOf(receiver).length > 0) return;
  const kept = ['sql', 'nosql', 'html', 'render'].reduce((all, kind) => all | run.labelOf(kind), 0);
  for (const arg of args.list) clear(run, frame, arg, ALL & ~kept);
}

function callGuard(run: Run, frame: Frame, written: Call, holds: boolean): void {
  const call = directly(written);
  if (holds) {
    lookupGuard(run, frame, call);
    clearFound(run, frame, call);
  }
  const one = lookAt(run, frame, call);
  const { receiver, method, name } = one;
  const args = one.args.list;
  const models = modelsOf(run, frame.closure.home);
  const model = (name === null ? null : models.call(name)) ?? models.call(`*.${method}`);
  if (model?.guard && !model.guard.throws) {
    const { argument, labels, when, refuses } = model.guard;
    if (holds === refuses || !holdsWhen(one, when)) return;
    const value = argument === 'receiver' ? receiver : args[Number(argument)];
    if (value) clear(run, frame, value, labels);
    return;
  }
  // `allowed.includes(x)`, `slices.Contains(allowed, x)`: of a list that nobody else decides.
  if (
    /^(?:includes|has|contains|Contains|indexOf|index|containsKey|hasOwnProperty|hasOwn|exists|count)$/.test(method)
  ) {
    const [first, second] = args;
    const whole = receiver && receiver.name === null ? receiver : second ? first : receiver;
    const one = whole === receiver ? first : second;
    // An object's own names: what their values are is another matter.
    if (holds && one && method.startsWith('hasOwn')) clear(run, frame, one, run.labelOf('merge'));
    if (whole && one && isListOfOurs(whole, one)) {
      if (holds) clear(run, frame, one, ALL);
    } else if (whole && one && !holds) refuseText(run, frame, one, whole);
    return;
  }
  // `x.startsWith(base)`: where it is a path or an address of ours.
  if (/^(?:startsWith|startswith|HasPrefix|is_relative_to)$/.test(method)) {
    const subject = method === 'HasPrefix' ? args[0] : receiver;
    const prefix = method === 'HasPrefix' ? args[1] : args[0];
    if (!holds && subject && prefix) refusePrefix(run, frame, call, subject, prefix);
    if (holds && subject && prefix && isOurs(prefix) && isPrefix(prefix)) {
      clear(run, frame, subject, run.labelOf('path') | run.labelOf('url') | run.labelOf('redirect'));
    }
    return;
  }
  const labels = patternLabels(run, frame, call, receiver, args, method);
  if (labels) {
    clear(run, frame, labels.value, holds ? labels.labels : labels.refused);
    return;
  }
  if (holds && FINDS.test(method)) recordGuard(run, frame, one);
  const spoken = name ?? method;
  if (REFUSES.test(spoken)) {
    if (!holds) for (const arg of args) clear(run, frame, arg, ALL);
  } else if (holds && (CHECKS.test(spoken) || IS_CHECK.test(method)))
    for (const arg of args) clear(run, frame, arg, ALL);
}

/** `//host` and `..` at the beginning of what `Rel` has made: the one leads to another server, the other out of the folder. */
function refusePrefix(run: Run, frame: Frame, call: Call, subject: Value, prefix: Value): void {
  const text = constantText(prefix) ?? '';
  if (/^[/\\]{2}$/.test(text)) clear(run, frame, subject, run.labelOf('redirect'));
  if (!text.startsWith('..')) return;
  if (frame.closure.home.module.language !== 'go') return refuseText(run, frame, prefix, subject);
  const tested = call.arguments[0]?.value;
  const made = tested?.kind === 'name' ? readMade(frame.env, tested.name) : null;
  const from = made?.kind === 'index' && made.of.kind === 'name' ? readMade(frame.env, made.of.name) : made;
  if (from?.kind === 'call' && from.of.kind === 'field' && from.of.name === 'Rel')
    clear(run, frame, subject, run.labelOf('path'));
}

/** Nobody outside decides it as far as this function shows: its callers are looked at with what they give. */
function isOurs(value: Value): boolean {
  return strangersOf(value).every(({ kind }) => kind === 'parameter');
}

/** A prefix that says something: more than one slash. */
function isPrefix(prefix: Value): boolean {
  const text = constantText(prefix);
  return text === null || (text.length > 1 && !/^https?:\/\/?$/.test(text));
}

/** `x.includes('..')` where it does not hold: one way out of a folder is closed. */
function refuseText(run: Run, frame: Frame, needle: Value, value: Value): void {
  const text = constantText(needle);
  if (text === null) return;
  if (/\.\./.test(text)) clear(run, frame, value, run.labelOf('path'));
}

/** A statement that is a check by its name or model: what comes after it has passed it. */
export function applyCheck(run: Run, frame: Frame, statement: Expression, tested = false): void {
  const call = statement.kind === 'await' ? statement.of : statement;
  if (call.kind !== 'call') return;
  for (const { value, labels } of listFoundOrThrown(run, frame, call)) clear(run, frame, value, labels);
  const { receiver, method, name, args: given } = lookAt(run, frame, call);
  const model = name === null ? null : modelsOf(run, frame.closure.home).call(name);
  const args = given.list;
  if (model?.guard) {
    const value = model.guard.argument === 'receiver' ? receiver : args[Number(model.guard.argument)];
    if ((model.guard.throws || tested) && value) clear(run, frame, value, model.guard.labels);
    return;
  }
  // `check_output(command)` runs it.
  if (model?.sinks.length) return;
  if (CHECKS.test(method) && !REFUSES.test(method)) for (const arg of args) clear(run, frame, arg, ALL);
}

/** `number = int(text)`: it throws for any other text. */
export function applyThrowing(run: Run, frame: Frame, value: Expression): void {
  const call = value.kind === 'await' ? value.of : value;
  if (frame.closure.home.module.language === 'python') throwOfPython(run, frame, call);
  if (call.kind !== 'call' || (call.of.kind !== 'field' && call.of.kind !== 'name')) return;
  if (modelsOf(run, frame.closure.home).throwing.has(call.of.name)) applyCheck(run, frame, call);
}

/** `KINDS[x]` of a dict, `Kind(x)` and `Kind[x]` of an enum, `next(…)` and `.one()`: they throw where it is none of those that are there. */
function throwOfPython(run: Run, frame: Frame, value: Expression): void {
  const quiet = { ...frame, made: [] };
  // `Kind(x).value`
  if (value.kind === 'field') return throwOfPython(run, frame, value.of);
  if (value.kind === 'index') {
    const of = run.evaluate(quiet, value.of);
    const isKnown = of.entries !== null && !of.entries.has('*') && of.entries.size > 0 && strangersOf(of).length === 0;
    const names = isKnown && [...(of.entries?.keys() ?? [])].some((key) => !/^\d+$/.test(key));
    if (names || isEnum(run, of)) clear(run, frame, run.evaluate(quiet, value.by), ALL);
    return;
  }
  if (value.kind !== 'call') return;
  for (const { value: by, labels } of listFoundOrThrown(run, frame, value)) clear(run, frame, by, labels);
  const [first] = value.arguments;
  if (first && value.arguments.length === 1 && isEnum(run, run.evaluate(quiet, value.of)))
    clear(run, frame, run.evaluate(quiet, first.value), ALL);
}

function isEnum(run: Run, { of }: Value): boolean {
  return (
    of !== null && !of.instance && externalBases(run, of.class).some((base) => /^enum\.\w*(?:Enum|Flag)$/.test(base))
  );
}

/** A call in a test, without what its functions make. */
function lookAt(run: Run, frame: Frame, call: Call): Evaluated {
  const quiet = { ...frame, made: [] };
  const receiver = call.of.kind === 'field' ? run.evaluate(quiet, call.of.of) : null;
  const method = call.of.kind === 'field' || call.of.kind === 'name' ? call.of.name : '';
  const list = call.arguments.map(({ value }) => run.evaluate(quiet, value));
  const name = nameOfCall(run, quiet, call, receiver);
  return { call, receiver, method, name, args: { list, named: new Map(), self: null } };
}

export function nameOfCall(run: Run, frame: Frame, call: Call, receiver: Value | null): string | null {
  if (call.of.kind === 'field') return receiver?.name ? `${receiver.name}.${call.of.name}` : null;
  return call.of.kind === 'name' ? run.evaluate(frame, call.of).name : null;
}

/** `switch (x) { case 'a': … }` */
export function clearSwitched(run: Run, frame: Frame, on: Expression, tests: readonly Expression[]): void {
  const quiet = { ...frame, made: [] };
  if (tests.length > 0 && tests.every((test) => isConstant(run.evaluate(quiet, test))))
    clear(run, frame, run.evaluate(quiet, on), ALL);
}

const HOST_OF = new RegExp(`^(.*)${FIELD}(?:[Hh]ost(?:name)?(?:\\(\\))?|Hostname\\(\\)|netloc|origin)$`, 's');

/** `if parsed.netloc: …`: an address without a host stays here. */
function hostGuard(run: Run, frame: Frame, test: Expression, holds: boolean): void {
  if (holds || test.kind !== 'field' || !/^(?:host|hostname|netloc)$/.test(test.name)) return;
  const of = run.evaluate({ ...frame, made: [] }, test.of);
  clear(run, frame, of, run.labelOf('redirect') | run.labelOf('url'));
}

function clear(run: Run, frame: Frame, value: Value, labels: number): void {
  if (labels === 0) return;
  const { cleared } = frame.env;
  const server = labels & (run.labelOf('url') | run.labelOf('redirect'));
  for (const { key } of taintsOf(value)) {
    cleared.set(key, (cleared.get(key) ?? 0) | labels);
    // An address whose host is one of ours is.
    const whole = HOST_OF.exec(key)?.[1];
    if (whole !== undefined && server !== 0) cleared.set(whole, (cleared.get(whole) ?? 0) | server);
  }
}
