import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, listBlocks, partsOfStatement, visitBody, visitOne } from '../../languages/visit-expressions.ts';
import { dirOf } from '../../text/paths.ts';
import { textOf } from './call-chain.ts';
import { flat, leaves } from './flat.ts';
import { asksForNil, resultOf } from './result-of.ts';
import type { FoundSlip } from './slip.ts';
import { isSurelyNil } from './surely-nil.ts';

/** What a call of Go gave, with the error that tells whether there is anything. */
interface Given {
  call: Extract<Expression, { kind: 'call' }>;
  results: Set<string>;
  /** What the first of them is called. */
  first: string | null;
  error: string | null;
  /** The error was looked at, and no more than told. */
  told: Span | null;
  /** The one failure that was told from success: `sql.ErrNoRows`. */
  only: string | null;
  /** It is used where the call has failed. */
  failed?: true;
}

const TELLS =
  /^(?:log|Log|print|Print|Error|Warn|Info|Debug|Trace|Msg|With|Err|Str|Send|Record|Add|Inc|Capture|String|Any)/;
/** What tries the program out. */
const TRIES = /(?:^|\/)(?:\w*tests?\w*|integration|e2e|scenarios?|examples?)\//i;
/** A time, a digest, an answer that says itself that it is an error: it is there at any rate. */
const ALWAYS = /^(?:IsZero|IsError|IsSuccess|String|Unix|Len|Err|Error|Valid)$/;
const ENDS = /Fatal|Panic|Exit|\bpanic\b|Skip|FailNow|require/;

/** A result that is used though the call may have failed: its error is not looked at yet, or was only told. */
export function findFailedResults(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  return (
    homes
      .filter(({ module, path }) => module.language === 'go' && !TRIES.test(path))
      .flatMap(listUses)
      .filter(({ home, given, use }) => !isThereAnyhow(home, given.call, use, program))
      .map((one) => ({ ...one, is: kindOf(one.home, one.given, one.use, program) }))
      // Where it failed, some give what they have by then.
      .filter(({ given, is }) => !given.failed || is === 'nil')
      .map(({ home, form, given, use, is }) => {
        const certain = is === 'nil';
        return {
          kind: 'failed-result-used',
          home,
          form,
          span: use.span,
          ...(certain && { certain }),
          suspected: mayBeMeant(is, use),
          names: describe(home, given, use, is),
        };
      })
  );
}

const listUses = memo((home: Home): readonly Found[] =>
  home.module.functions.filter(({ id }) => id !== 0).flatMap((form) => findIn(home, form, form.body)),
);

/** Calls whose result is read where they failed. */
export const callsWhereFailed = memo(
  (home: Home): ReadonlySet<Given['call']> =>
    new Set(
      home.module.language === 'go' ? listUses(home).flatMap(({ given }) => (given.failed ? [given.call] : [])) : [],
    ),
);

interface Found {
  home: Home;
  form: FunctionForm;
  given: Pick<Given, 'call' | 'told' | 'only' | 'first' | 'failed'>;
  use: Field;
}

function findIn(home: Home, form: FunctionForm, written: readonly Statement[]): Found[] {
  const found: Found[] = [];
  const parts = new Map<string, Given>();
  let open: Given[] = [];
  for (const one of flat(written)) {
    const isPart = one.kind === 'set' && one.value.kind === 'index' && one.value.of.kind === 'name';
    const of =
      isPart && one.value.kind === 'index' && one.value.of.kind === 'name' ? parts.get(one.value.of.name) : undefined;
    if (one.kind === 'set' && one.target.kind === 'name' && of) {
      const { name } = one.target;
      // Whoever sets a name anew speaks of another value.
      open = open.filter((each) => each === of || (each.error !== name && !each.results.has(name)));
      if (/^(?:err|\w*Err|e)$/.test(name)) of.error = name;
      else if (name !== '_') of.results.add(name);
      if (one.value.kind === 'index' && one.value.by.kind === 'value' && one.value.by.value === 0) of.first = name;
      if (of.error !== null && of.results.size > 0 && !open.includes(of)) open.push(of);
      continue;
    }
    for (const given of open) {
      const own = usedWhereFailed(home, one, given);
      if (own) found.push({ home, form, given: { ...given, failed: true }, use: own });
      const use = usedIn(home, one, given);
      if (use && !(given.told === null && isGivenOn(home, form, use, given))) found.push({ home, form, given, use });
    }
    open = open.filter((given) => !settles(home, one, given) && !usedIn(home, one, given));
    if (one.kind === 'set' && one.target.kind === 'name') {
      const { name } = one.target;
      open = open.filter((each) => each.error !== name && !each.results.has(name));
      if (one.value.kind === 'call' && name.startsWith('$'))
        parts.set(name, { call: one.value, results: new Set(), first: null, error: null, told: null, only: null });
    }
    if (one.kind !== 'set' && blocksOf(one).length > 0)
      for (const block of listBlocks(one)) found.push(...findIn(home, form, block));
  }
  return found;
}

type Field = Extract<Expression, { kind: 'field' }>;

/** `if err != nil { log.Print(account.ID) }`: something of the result is read where there is none. */
function usedWhereFailed(home: Home, one: Statement, given: Given): Field | null {
  if (one.kind !== 'if' || one.test.kind !== 'binary' || one.test.operator !== '!=' || !isOnlyError(one.test, given))
    return null;
  const [from, to] = [one.yes[0]?.span[0], one.yes.at(-1)?.span[1]];
  const { first } = given;
  if (first === null || from === undefined || to === undefined) return null;
  // It is asked for, made anew, or the function is left before.
  const asked = new RegExp(`\\b${first}\\b(?:\\s*[!=]=|[^\\n(=]*:?=(?!=))|\\bfunc\\b`);
  let use: Field | null = null;
  visitBody(one.yes, (each) => {
    if (each.kind === 'field' && each.of.kind === 'name' && each.of.name === first && !ALWAYS.test(each.name))
      use ??= each;
  });
  return use && !asked.test(textOf(home, [from, to])) ? use : null;
}

/** Something of the result is read before the error was looked at, or after it was only told. */
function usedIn(home: Home, one: Statement, given: Given): Field | null {
  // `return v.ID, err`: whoever asked looks at the error.
  if (one.kind === 'return') return null;
  const parts = one.kind === 'set' ? [one.value] : partsOfStatement(one);
  const isAsked = (name: string): boolean =>
    parts.some(({ span }) => new RegExp(`\\b${name}\\b\\s*[!=]=\\s*nil`).test(textOf(home, span)));
  if (parts.some(({ span }) => names(home, span, given.error)) || [...given.results].some(isAsked)) return null;
  let use: Field | null = null;
  for (const part of parts)
    visitOne(part, (each) => {
      if (
        each.kind === 'field' &&
        each.of.kind === 'name' &&
        given.results.has(each.of.name) &&
        !ALWAYS.test(each.name)
      )
        use ??= each;
    });
  return use;
}

/** `return res.Level, err`, or a little later: whoever asked looks at the error, and a value is read meanwhile, not a pointer's method. */
function isGivenOn(home: Home, form: FunctionForm, use: Field, { error }: Given): boolean {
  const rest = home.text.slice(use.span[1], form.span[1]);
  const at = rest.search(new RegExp(`\\b${error}\\b`));
  if (at < 0 || rest.startsWith('(')) return false;
  return /\breturn\b/.test(rest.slice(rest.lastIndexOf('\n', at) + 1, at));
}

/** After this nothing is to be said of it: the error decided, or somebody asked whether the result is there. */
function settles(home: Home, one: Statement, given: Given): boolean {
  // `defer closeQuietly(rows)` runs at the end: it asks nothing of what stands before that.
  const isLater = one.kind === 'do' && one.when === 'defer';
  if ([...given.results].some((name) => names(home, one.span, name))) return !isLater;
  if (!names(home, one.span, given.error)) return false;
  const only = one.kind === 'if' && one.no.length === 0 && leaves(one.yes) ? onlyFailure(home, one.test, given) : null;
  if (only !== null) {
    given.only = only;
    return false;
  }
  if (one.kind !== 'if' || one.no.length > 0 || !isOnlyError(one.test, given) || leaves(one.yes)) return true;
  if (!onlyTells(home, one.yes)) return true;
  given.told = one.span;
  return false;
}

/** `errors.Is(err, sql.ErrNoRows)`, `err == sql.ErrNoRows`, `os.IsNotExist(err)`: of all failures this one. */
function onlyFailure(home: Home, test: Expression, { error }: Given): string | null {
  const isError = (one: Expression): boolean => one.kind === 'name' && one.name === error;
  if (test.kind === 'binary')
    return test.operator === '==' && isError(test.left) && test.right.kind !== 'value'
      ? textOf(home, test.right.span)
      : null;
  const [of, as] = test.kind === 'call' ? test.arguments : [];
  if (test.kind !== 'call' || !of || !isError(of.value) || !/^(?:Is|As)/.test(calledName(test.of))) return null;
  return textOf(home, (as?.value ?? test).span);
}

/** `err != nil`, also beside what else is asked of it. */
function isOnlyError(test: Expression, given: Given): boolean {
  const { error } = given;
  if (test.kind === 'binary' && test.operator === '&&') return isOnlyError(test.left, given);
  return (
    test.kind === 'binary' &&
    test.operator === '!=' &&
    test.left.kind === 'name' &&
    test.left.name === error &&
    test.right.kind === 'value'
  );
}

function onlyTells(home: Home, body: readonly Statement[]): boolean {
  return body.every((one) => {
    if (one.kind !== 'do' || ENDS.test(textOf(home, one.span))) return false;
    const call = one.value;
    return call.kind === 'call' && TELLS.test(calledName(call.of));
  });
}

function names(home: Home, span: Span, name: string | null): boolean {
  return name !== null && new RegExp(`\\b${name}\\b`).test(textOf(home, span));
}

/** Source: pkg.go.dev/github.com/gorilla/sessions#Store: of a cookie that cannot be read Get gives a new session beside the error. */
const SESSION = /^(?:Values|Options|IsNew|ID|Name|Store|Flashes|AddFlash|Save)$/;

/** It copes with nil itself, or it is there in spite of the error. */
function isThereAnyhow(home: Home, call: Given['call'], use: Field, program: readonly Home[]): boolean {
  const called = calledName(call.of);
  if ((called === 'Get' || called === 'New') && call.arguments.length === 2 && SESSION.test(use.name)) {
    const folder = dirOf(home.path);
    const own = [home, ...program.filter(({ path }) => dirOf(path) === folder)];
    if (own.some(({ module }) => module.imports.some((one) => one.module === 'github.com/gorilla/sessions')))
      return true;
  }
  const [, open] = /^\s*\((\)?)/.exec(home.text.slice(use.span[1], use.span[1] + 20)) ?? [];
  return open !== undefined && asksForNil(resultOf(home, call, program).type, use.name, open === ')', program);
}

/** What an answer of HTTP, a file and rows have; without an answer there is none. */
const OF_POINTERS = /^(?:Body|StatusCode|Header|Close|Next)$/;

type Kind = keyof typeof THEN;

/** An empty value is what many a caller wants; and whether what is not known here is a pointer, only a reader can tell. */
function mayBeMeant(is: Kind, use: Field): boolean {
  return is === 'value' || (is === 'unknown' && !OF_POINTERS.test(use.name));
}

/**
 * Source: pkg.go.dev/database/sql#Result: an interface, nil beside an error. Its methods give two results; those of the same name that
 * give one are of values (pgx.CommandTag).
 */
function kindOf(home: Home, { call, first }: Found['given'], use: Field, program: readonly Home[]): Kind {
  if (isSurelyNil(home, call, use, first, program)) return 'nil';
  const { is } = resultOf(home, call, program);
  if (is !== 'unknown' || !/^(?:RowsAffected|LastInsertId)$/.test(use.name)) return is;
  const { text } = home;
  const isTwo = /,\s*\w+\s*:?=\s*$/.test(text.slice(Math.max(0, use.span[0] - 80), use.span[0]));
  return isTwo && text.startsWith('()', use.span[1]) ? 'nil' : is;
}

const THEN = {
  nil: 'the result is nil, and this panics',
  pointer: 'the result is nil, and this panics',
  value: 'the result is an empty one, and this goes on with it as if it were real',
  unknown: 'the result is nil or empty, and this panics or goes on with nothing',
} as const;

function describe(home: Home, { call, told, only, failed }: Found['given'], use: Field, is: Kind): FoundSlip['names'] {
  return {
    CALL: textOf(home, call.of.span).replace(/\s+/g, ''),
    USE: textOf(home, use.span),
    LINE: call.span,
    HOW: failed
      ? 'this runs only where that has failed'
      : told
        ? 'its error is told, and the function goes on'
        : only
          ? `of its errors only \`${only}\` is looked at`
          : 'its error is not looked at yet',
    THEN: THEN[is],
  };
}
