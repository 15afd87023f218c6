import { calledName } from '../../languages/called-name.ts';
import type { Expression } from '../../languages/form.ts';
import { ALL } from '../data/models.ts';
import { readMade } from '../run/environment.ts';
import { lookAt } from '../run/look-at.ts';
import { type Frame, type Run, spend } from '../run/run.ts';
import { clear, isListOfOurs, isOneOfOurs, isOurs } from '../values/clear.ts';
import { inAll } from '../values/flags.ts';
import { clearParsed, tellsParsed } from '../values/schema-result.ts';
import { truthOf } from '../values/truth.ts';
import type { Value } from '../values/value.ts';
import { strangersOf } from '../values/values.ts';
import { callGuard, clearFound, isAsWritten, lookupGuard, note, prefixGuard, refuseText } from './call-guard.ts';
import { shownOfCharacter } from './character-test.ts';
import { clearSigned } from './signed-guard.ts';
import { isConstant } from './switched.ts';
import { applyCheck } from './throwing-check.ts';

/** How deep nested tests are looked at; a chain of `||` or `&&` is one level. */
const DEEPEST = 8;
/** The most parts of a chain: nobody writes longer ones by hand. */
const MOST_IN_CHAIN = 64;

/** Notes what is known of values where a test holds, or (`holds` false) where it does not. */
export function applyGuard(
  run: Run,
  frame: Frame,
  test: Expression,
  holds: boolean,
  { depth = 0, awaited = false }: { depth?: number; awaited?: boolean } = {},
): void {
  if (depth > DEEPEST || !spend(run)) return;
  const again = (one: Expression, how = holds, isAwaited = awaited): void =>
    applyGuard(run, frame, one, how, { depth: depth + 1, awaited: isAwaited });
  const shown = /^(?:unary|binary|call)$/.test(test.kind) ? shownOfCharacter(run, frame, test, holds) : null;
  if (shown) {
    clear(run, frame, shown.value, shown.labels);
    if (shown.whole) return;
  }
  switch (test.kind) {
    case 'unary':
      if (test.operator === '!') again(test.of, !holds);
      return;
    case 'await':
      return again(test.of, holds, true);
    case 'set':
      return again(test.value);
    case 'name': {
      const flag = frame.env.flags.get(test.name);
      if (flag) note(frame, holds ? flag.yes : flag.no);
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
      return choiceGuard(run, frame, test, holds, depth + 1);
    case 'binary':
      if (test.operator === '&&' || test.operator === '||')
        return chainGuard(run, frame, listChain(test), (test.operator === '&&') === holds, holds, depth + 1);
      return binaryGuard(run, frame, test, holds, again);
    case 'field':
      parsedGuard(run, frame, test, holds);
      return hostGuard(run, frame, test, holds);
    case 'call':
      return callGuard(run, frame, test, holds, { apply: applyGuard, awaited });
    default:
  }
}

/** `a || b || c`: the parts in their order. */
function listChain(test: Extract<Expression, { kind: 'binary' }>): Expression[] {
  const parts: Expression[] = [];
  let left: Expression = test;
  for (; left.kind === 'binary' && left.operator === test.operator; left = left.left) parts.push(left.right);
  return [...parts, left].reverse();
}

/** `all`: each of the parts holds (or none does). Else one of them: what each of them says of a value is so. */
function chainGuard(
  run: Run,
  frame: Frame,
  parts: readonly Expression[],
  all: boolean,
  holds: boolean,
  depth: number,
): void {
  if (all) for (const one of parts.slice(0, MOST_IN_CHAIN)) applyGuard(run, frame, one, holds, { depth });
  else if (parts.length <= MOST_IN_CHAIN)
    eitherGuard(
      frame,
      // Where it serves others it is off: `if not settings.DEBUG and not allowed(url): return`.
      parts.filter((one) => !isDebugSwitch(one)).map((one) => (way) => applyGuard(run, way, one, holds, { depth })),
    );
}

function isDebugSwitch(one: Expression): boolean {
  if (one.kind === 'unary') return isDebugSwitch(one.of);
  return (one.kind === 'field' || one.kind === 'name') && one.name === 'DEBUG';
}

/** `test ? yes : no`, `a || b` as a value (no test), `a && b` (`no` is `a` again). */
function choiceGuard(
  run: Run,
  frame: Frame,
  { test, yes, no }: Extract<Expression, { kind: 'choice' }>,
  holds: boolean,
  depth: number,
): void {
  if (test === null) return chainGuard(run, frame, [yes, no], !holds, holds, depth);
  if (test.span[0] === no.span[0] && test.span[1] === no.span[1])
    return chainGuard(run, frame, [test, yes], holds, holds, depth);
  const ways = [
    { one: yes, how: true },
    { one: no, how: false },
  ].filter(({ one }) => truthOf(one) !== !holds);
  eitherGuard(
    frame,
    ways.map(({ one, how }) => (way) => {
      applyGuard(run, way, test, how, { depth });
      applyGuard(run, way, one, holds, { depth });
    }),
  );
}

function isOne(by: Expression): boolean {
  return by.kind === 'value' && by.value === 1;
}

function binaryGuard(
  run: Run,
  frame: Frame,
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  holds: boolean,
  again: (one: Expression, how?: boolean, isAwaited?: boolean) => void,
): void {
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
    // `set(params) <= ALLOWED`: each of its names is one of ours.
    const [asked] = left.kind === 'call' && calledName(left.of) === 'set' ? left.arguments : [];
    if (asked && holds && /^<=?$/.test(operator) && isListOfOurs(quiet(right), quiet(asked.value)))
      clear(run, frame, quiet(asked.value), run.labelOf('record'));
    // `allowed.indexOf(x) >= 0`; where `indexOf(x) > 0` does not hold it may be the first.
    if (left.kind !== 'call' || !/^[<>]=?$/.test(operator)) return;
    const isThere = holds === operator.startsWith('>');
    if (isThere || !PLACE.test(calledName(left.of)) || isWhereItBegins(operator, quiet(right).constant))
      again(left, isThere);
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
  if (left.kind === 'call' || left.kind === 'await') {
    const side = quiet(right);
    // `full.indexOf(base) === 0`
    if (side.constant === 0 && left.kind === 'call' && /^(?:lastI|i)ndexOf$/.test(calledName(left.of))) {
      const [prefix] = left.arguments;
      if (same && prefix && left.of.kind === 'field')
        prefixGuard(run, frame, quiet(left.of.of), quiet(prefix.value), left.of.of);
      return;
    }
    // `indexOf(x) !== -1`, `err == nil` of a check, `fn(x) === true`
    const negative = side.constant === -1 || side.constant === false || side.constant === null;
    again(left, negative ? !same : same);
  }
  if (!same && right.kind === 'text' && right.value === '__proto__')
    clear(run, frame, quiet(left), run.labelOf('merge') | run.labelOf('property'));
  if (right.kind === 'text' && right.value === '') hostGuard(run, frame, left, !same);
  const isNothing = right.kind === 'value' && right.value === null;
  if (left.kind === 'name' && isNothing) {
    const made = readMade(frame.env, left.name);
    // `if err := check(x); err != nil { return }`
    const call = made?.kind === 'index' && made.of.kind === 'name' ? readMade(frame.env, made.of.name) : made;
    if (call?.kind === 'call' && same) applyCheck(run, frame, call, applyGuard, true);
    if (call?.kind === 'call' && !same) lookupGuard(run, frame, call);
    // `match = NAME.fullmatch(x)`, which is not None.
    if (call?.kind === 'call' && /^(?:match|fullmatch|search|exec|ParseIP)$/.test(calledName(call.of)))
      again(call, !same);
    if (made?.kind === 'await' && !same) again(made, true, true);
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
    clearSigned(run, frame, [left, right]);
    if (isCommon(left)) return commonGuard(run, frame, left, right);
    if (isCommon(right)) return commonGuard(run, frame, right, left);
    const [a, b] = [quiet(left), quiet(right)];
    if (isConstant(b)) clear(run, frame, a, ALL);
    else if (isConstant(a)) clear(run, frame, b, ALL);
    else if (isOneOfOurs(b, a)) clear(run, frame, a, ALL);
    else if (isOneOfOurs(a, b)) clear(run, frame, b, ALL);
    // `target.netloc == urlparse(request.host_url).netloc`: it leads to where the caller is already.
    else if (isHere(run, b)) clear(run, frame, a, run.labelOf('redirect'));
    else if (isHere(run, a)) clear(run, frame, b, run.labelOf('redirect'));
  }
}

/** What the request says of itself, and no link can change. */
function isHere(run: Run, value: Value): boolean {
  const taints = strangersOf(value);
  return taints.length > 0 && taints.every(({ safe }) => (safe & run.labelOf('redirect')) !== 0);
}

/** They give the place of what was looked for, or -1. */
const PLACE = /^(?:(?:last)?IndexOf|indexOf|search|r?find|r?index|(?:Last)?Index(?:Any|Byte|Rune|Func)?)$/;

/** Whether a comparison with a place tells apart what is there and what is not: `>= 0`, `> -1`. Of a number that is not known it is taken for such a one. */
function isWhereItBegins(operator: string, by: Value['constant']): boolean {
  return typeof by !== 'number' || by === (/^(?:>=|<)$/.test(operator) ? 0 : -1);
}

type Call = Extract<Expression, { kind: 'call' }>;

function isCommon(one: Expression): one is Call {
  return one.kind === 'call' && calledName(one.of) === 'commonpath';
}

/** `os.path.commonpath([base, path]) == base`. It reads texts as they are: `..` must be gone before. */
function commonGuard(run: Run, frame: Frame, common: Call, base: Expression): void {
  const quiet = (one: Expression): Value => run.evaluate({ ...frame, made: [] }, one);
  const { text } = frame.closure.home;
  const written = (one: Expression): string => text.slice(...one.span);
  const parts = common.arguments.flatMap(({ value }) => (value.kind === 'list' ? value.items : [value]));
  const isBase = (one: Expression): boolean => written(one) === written(base);
  if (!isOurs(quiet(base)) && !parts.some(isBase)) return;
  for (const part of parts)
    if (!isBase(part) && !isAsWritten(frame, part)) clear(run, frame, quiet(part), run.labelOf('path'));
}

/** One of several ways is so: what all of them say of a value is known. */
function eitherGuard(frame: Frame, ways: readonly ((way: Frame) => void)[]): void {
  const shown = ways.map((apply) => {
    const env = { ...frame.env, cleared: new Map<string, number>() };
    apply({ ...frame, env });
    return env.cleared;
  });
  note(frame, inAll(shown));
}

/** `allowed[x]` in a test: the key is one of those that are there. */
function keyGuard(run: Run, frame: Frame, { of, by }: Extract<Expression, { kind: 'index' }>, holds: boolean): void {
  const quiet = { ...frame, made: [] };
  if (!holds) return;
  const [whole, key] = [run.evaluate(quiet, of), run.evaluate(quiet, by)];
  if (isListOfOurs(whole, key)) clear(run, frame, key, ALL);
}

/** `err` is the error of a call of Go; any other name is what the call found. */
function isError(name: string, made: Expression): boolean {
  return /^err$|Err$/.test(name) || (made.kind === 'field' && made.name === 'Error');
}

/** `if (!schema.safeParse(x).success) return`, `if (error) return` of `const { error } = schema.validate(x)` */
function parsedGuard(run: Run, frame: Frame, test: Extract<Expression, { kind: 'field' }>, holds: boolean): void {
  const named = test.of.kind === 'name' ? readMade(frame.env, test.of.name) : test.of;
  const made = named?.kind === 'await' ? named.of : named;
  if (made?.kind !== 'call') return;
  const one = lookAt(run, frame, made);
  if (tellsParsed(run, frame, one.name, test.name) === holds) clearParsed(run, frame, one);
}

/** `if parsed.netloc: …`: an address without a host stays here. */
function hostGuard(run: Run, frame: Frame, test: Expression, holds: boolean): void {
  if (holds || test.kind !== 'field' || !/^(?:host|hostname|netloc)$/.test(test.name)) return;
  const of = run.evaluate({ ...frame, made: [] }, test.of);
  clear(run, frame, of, run.labelOf('redirect') | run.labelOf('url'));
}
