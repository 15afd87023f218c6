import { calledName } from '../../languages/called-name.ts';
import type { Expression, Statement } from '../../languages/form.ts';
import { partsOf } from '../../languages/visit-expressions.ts';
import { BEYOND, CODES } from '../../text/read-pattern.ts';
import { createEnvironment } from '../run/environment.ts';
import { type Call, type Frame, type Run, sourceOf, spend } from '../run/run.ts';
import { labelsOfCodes } from '../values/pattern-labels.ts';
import type { Closure, Value } from '../values/value.ts';
import { constantText, taintsOf } from '../values/values.ts';

/** What a part of a test is for one character: null where that is not known. */
type Answer = number | boolean | string | null;

const DEEPEST = 24;

/** Of all that is not ASCII some are tried: letters, a sign, a space, a full-width semicolon. */
const BEYOND_TRIED = [0xe9, 0x4e2d, 0x80, 0x2028, 0xff1b, 0x660];

/** What is known while a test is tried for one character. */
interface Trial {
  run: Run;
  frame: Frame;
  /** The character as it is written (`c`, `s[i]`), or the names of the function that is being tried. */
  known: ReadonlyMap<string, Answer>;
  /** Told where a part is not known. */
  missed: { any: boolean };
  depth: number;
}

/**
 * What a test of one character of a text (`c >= 'a' && c <= 'z'`, `unicode.IsDigit(c)`, a function of the program that says such things)
 * shows of it: the labels of what those characters cannot harm. `whole`: it asks nothing else. Null: it is no such test.
 */
export function shownOfCharacter(
  run: Run,
  frame: Frame,
  test: Expression,
  holds: boolean,
): { value: Value; labels: number; whole: boolean } | null {
  if (frame.closure.home.module.language !== 'go') return null;
  const subject = subjectOf(run, frame, test);
  if (!subject) return null;
  const name = textOf(frame, subject);
  const missed = { any: false };
  const codes = codesFor((code) => {
    const answer = ask({ run, frame, known: new Map([[name, code]]), missed, depth: 0 }, test);
    return answer !== !holds;
  });
  if (codes.size === CODES.length && missed.any) return null;
  return {
    value: run.evaluate({ ...frame, made: [] }, subject),
    labels: labelsOfCodes(run, codes),
    whole: !missed.any,
  };
}

/** What is left where a function decides of each character whether it is one of the bad ones: `strings.ContainsFunc(s, isBad)`. */
export function labelsOfRefused(run: Run, frame: Frame, { functions }: Value): number {
  return labelsFor(run, frame, functions, (answer) => (answer === true ? [] : null));
}

/** What is left where a function gives another character for each: `strings.Map(keep, s)`. */
export function labelsOfMapped(run: Run, frame: Frame, { functions }: Value): number {
  return labelsFor(run, frame, functions, (answer) =>
    typeof answer !== 'number' ? null : answer < 0 ? [] : [Math.min(answer, BEYOND)],
  );
}

/** @param give the characters that come of one; null: that one itself, or (of what is not known) any */
function labelsFor(
  run: Run,
  frame: Frame,
  functions: readonly Closure[],
  give: (answer: Answer) => readonly number[] | null,
): number {
  const [closure] = functions;
  if (!closure || functions.length > 1 || !spend(run, CODES.length)) return 0;
  const left = new Set<number>();
  for (const code of CODES)
    for (const one of code === BEYOND ? BEYOND_TRIED : [code]) {
      const trial: Trial = { run, frame, known: new Map(), missed: { any: false }, depth: 0 };
      const answer = callOne(trial, closure, [one]);
      if (answer === null) return 0;
      for (const next of give(answer) ?? [code]) left.add(next);
    }
  return labelsOfCodes(run, left);
}

function codesFor(holds: (code: number) => boolean): Set<number> {
  return new Set(CODES.filter((code) => (code === BEYOND ? BEYOND_TRIED.some(holds) : holds(code))));
}

/** The one name, or item of a text, that is compared with characters or asked about. */
function subjectOf(run: Run, frame: Frame, test: Expression): Expression | null {
  const found = new Map<string, Expression>();
  const note = (one: Expression | undefined): void => {
    const inner = one?.kind === 'call' && CONVERTS.test(calledName(one.of)) ? one.arguments[0]?.value : one;
    if (inner && (inner.kind === 'name' || inner.kind === 'index')) found.set(textOf(frame, inner), inner);
  };
  let asks = false;
  const look = (one: Expression, depth: number): void => {
    if (depth > DEEPEST) return;
    if (one.kind === 'binary' && COMPARES.test(one.operator)) {
      if (isCharacter(one.right)) note(one.left);
      else if (isCharacter(one.left)) note(one.right);
      asks ||= isCharacter(one.right) || isCharacter(one.left);
    } else if (one.kind === 'call') {
      const args = one.arguments.map(({ value }) => value);
      if (isOfUnicode(frame, one)) asks = true;
      if (args.length > 0 && args.length <= 2) note(args.at(-1));
    } else if (one.kind === 'binary' || one.kind === 'unary') for (const part of partsOf(one)) look(part, depth + 1);
  };
  look(test, 0);
  const tainted = [...found.values()].filter((one) => taintsOf(run.evaluate({ ...frame, made: [] }, one)).length > 0);
  const [only] = tainted;
  if (tainted.length !== 1 || !only) return null;
  // A call of another function alone may ask anything: of characters, if it is given an item of a text.
  return asks || isItem(run, frame, only) ? only : null;
}

/** What a loop over a text, or an index, gives. */
function isItem(run: Run, frame: Frame, one: Expression): boolean {
  const made = one.kind === 'name' ? frame.env.made.get(one.name) : one;
  const keys = taintsOf(run.evaluate({ ...frame, made: [] }, one)).map(({ key }) => key);
  return made?.kind === 'index' && keys.every((key) => key.endsWith('*'));
}

const COMPARES = /^(?:[=!]=|[<>]=?)$/;
const CONVERTS = /^(?:rune|byte|int|int32|uint8|string)$/;

/** Less is no character that people ask for: `i > 0`. */
const TAB = 9;

function isCharacter(one: Expression): boolean {
  return one.kind === 'value' && typeof one.value === 'number' && one.value >= TAB;
}

function isOfUnicode({ closure: { home } }: Frame, { of }: Call): boolean {
  if (of.kind !== 'field' || of.of.kind !== 'name') return false;
  const { name } = of.of;
  return home.module.imports.some((one) => one.local === name && one.module === 'unicode');
}

function textOf({ closure: { home } }: Frame, one: Expression): string {
  return sourceOf(home, one.span);
}

function ask(trial: Trial, one: Expression): Answer {
  const miss = (): null => {
    trial.missed.any = true;
    return null;
  };
  // A test may ask functions that ask others, each of them many times.
  if (trial.depth > DEEPEST || !spendPart(trial.run)) return miss();
  const again = (part: Expression): Answer => ask({ ...trial, depth: trial.depth + 1 }, part);
  switch (one.kind) {
    case 'value':
    case 'text':
      return one.value;
    case 'name':
    case 'index': {
      const known = trial.known.get(textOf(trial.frame, one));
      if (known !== undefined) return known;
      const value = trial.run.evaluate({ ...trial.frame, made: [] }, one);
      return value.constant ?? constantText(value) ?? miss();
    }
    case 'unary': {
      const of = again(one.of);
      if (one.operator === '!' && typeof of === 'boolean') return !of;
      return one.operator === '-' && typeof of === 'number' ? -of : of === null ? null : miss();
    }
    case 'cast':
      return again(one.of);
    case 'binary':
      return askBinary(one.operator, again(one.left), () => again(one.right)) ?? miss();
    case 'concat':
      return one.parts
        .map(again)
        .reduce((sum, part) => (typeof sum === 'number' && typeof part === 'number' ? sum + part : miss()));
    case 'call':
      return askCall(trial, one) ?? miss();
    default:
      return miss();
  }
}

/** One step for each of so many: a test is tried for each character. */
const STEPS = 20;

function spendPart(run: Run): boolean {
  return spend(run, 1 / STEPS);
}

function askBinary(operator: string, left: Answer, right: () => Answer): Answer {
  if (operator === '&&') return left === false ? false : both(left, right(), false);
  if (operator === '||') return left === true ? true : both(left, right(), true);
  const other = right();
  if (left === null || other === null || typeof left !== typeof other) return null;
  if (operator === '==') return left === other;
  if (operator === '!=') return left !== other;
  if (typeof left !== 'number' || typeof other !== 'number') return null;
  switch (operator) {
    case '<':
      return left < other;
    case '<=':
      return left <= other;
    case '>':
      return left > other;
    case '>=':
      return left >= other;
    case '-':
      return left - other;
    case '+':
      return left + other;
    case '|':
      return left | other;
    case '&':
      return left & other;
    default:
      return null;
  }
}

/** Of `a && b` and `a || b` where the first part has not decided: `decisive` of one of them does. */
function both(left: Answer, right: Answer, decisive: boolean): Answer {
  if (right === decisive) return decisive;
  return left === null || right === null ? null : !decisive;
}

/** Source: pkg.go.dev/unicode. */
const UNICODE: Readonly<Record<string, RegExp>> = {
  IsLetter: /^\p{L}$/u,
  IsDigit: /^\p{Nd}$/u,
  IsNumber: /^\p{N}$/u,
  IsUpper: /^\p{Lu}$/u,
  IsLower: /^\p{Ll}$/u,
  IsTitle: /^\p{Lt}$/u,
  IsMark: /^\p{M}$/u,
  IsPunct: /^\p{P}$/u,
  IsSymbol: /^\p{S}$/u,
  IsSpace: /^[\t\n\v\f\r \u0085\u00a0\p{Z}]$/u,
  IsControl: /^\p{Cc}$/u,
  IsPrint: /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u,
  IsGraphic: /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]$/u,
};

function askCall(trial: Trial, call: Call): Answer {
  const { frame, run } = trial;
  const args = call.arguments.map(({ value }) => ask({ ...trial, depth: trial.depth + 1 }, value));
  const [first = null, second = null] = args;
  const name = calledName(call.of);
  if (call.of.kind === 'name' && /^(?:rune|byte|int|int32|uint8)$/.test(name)) return first;
  if (call.of.kind === 'name' && name === 'string') return typeof first === 'number' ? letter(first) : first;
  if (isOfUnicode(frame, call)) {
    if (typeof first !== 'number') return null;
    if (/^To(?:Lower|Upper)$/.test(name))
      return (name === 'ToLower' ? letter(first).toLowerCase() : letter(first).toUpperCase()).codePointAt(0) ?? null;
    return Object.hasOwn(UNICODE, name) ? (UNICODE[name]?.test(letter(first)) ?? null) : null;
  }
  if (call.of.kind === 'field' && call.of.of.kind === 'name' && call.of.of.name === 'strings') {
    if (typeof first !== 'string' || second === null || typeof second === 'boolean') return null;
    const at = first.indexOf(typeof second === 'number' ? letter(second) : second);
    return /^Index(?:Byte|Rune)?$/.test(name) ? at : /^Contains(?:Rune)?$/.test(name) ? at >= 0 : null;
  }
  const { functions } = run.evaluate({ ...frame, made: [] }, call.of);
  const [closure] = functions;
  return closure && functions.length === 1 ? callOne(trial, closure, args) : null;
}

function letter(code: number): string {
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** What a function of the program gives for such arguments. */
function callOne(trial: Trial, { form, home, around }: Closure, args: readonly Answer[]): Answer {
  const names = form.parameters.slice(form.receiver === null ? 0 : 1);
  if (trial.depth > DEEPEST || names.length !== args.length || names.some(({ rest }) => rest)) return null;
  const frame: Frame = {
    ...trial.frame,
    closure: { key: trial.frame.closure.key, home, form, around },
    env: createEnvironment(home, around),
  };
  const known = new Map(names.map(({ name }, index) => [name, args[index] ?? null]));
  const given = follow({ ...trial, frame, known, depth: trial.depth + 1 }, form.body, known);
  return given === undefined ? null : given;
}

/** What is returned; undefined: nothing yet. */
function follow(trial: Trial, body: readonly Statement[], names: Map<string, Answer>): Answer | undefined {
  for (const one of body) {
    const given = followOne(trial, one, names);
    if (given !== undefined) return given;
  }
  return undefined;
}

function followOne(trial: Trial, one: Statement, names: Map<string, Answer>): Answer | undefined {
  switch (one.kind) {
    case 'return':
      return one.value ? ask(trial, one.value) : null;
    case 'set':
      if (one.target.kind !== 'name' || one.append) return null;
      names.set(one.target.name, ask(trial, one.value));
      return undefined;
    case 'if': {
      const test = ask(trial, one.test);
      return typeof test === 'boolean' ? follow(trial, test ? one.yes : one.no, names) : null;
    }
    case 'switch': {
      const on = one.on ? ask(trial, one.on) : true;
      for (const { tests, body } of one.cases) {
        const answers = tests.map((test) => ask(trial, test));
        if (answers.includes(on)) return follow(trial, body, names);
        if (on === null || answers.includes(null)) return null;
      }
      return one.otherwise ? follow(trial, one.otherwise, names) : undefined;
    }
    case 'block':
      return one.holds ? null : follow(trial, one.body, names);
    default:
      return null;
  }
}
