import { functionAt, indexAround } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, partsOf } from '../../languages/visit-expressions.ts';
import { firstThat } from '../../text/first-that.ts';
import { lineBefore } from '../../text/line-before.ts';
import { compiled } from '../data/compiled.ts';
import { usesOfName } from '../program/name-uses.ts';
import type { Home } from '../values/value.ts';

/** What must be released (`Body.Close`), and whether that is not done at all, or not on each way out of the function. */
export interface Release {
  by: string;
  /** Functions that release what they are given a part of. */
  spentBy?: string | undefined;
  /** It may be lent to functions: where this one releases it itself, they do not, unless their name says so. */
  lent?: true | undefined;
  /** Which of its results is kept, and released by being called itself: `cancel` of `ctx, cancel := context.WithTimeout(…)`. */
  result?: number | undefined;
  when: 'never' | 'sometimes';
}

/**
 * Whether what a call gives is kept in a name of this function, and is not released. False where it goes elsewhere: it is returned,
 * put into a field, or handed to a function that may release it.
 */
export function isLost(home: Home, span: Span, { by, spentBy = '(?!)', lent, result, when }: Release): boolean {
  // `*file, err = os.CreateTemp(…)`: whoever gave the pointer closes it.
  if (/^[ \t]*\*/.test(lineBefore(home.text, span[0]))) return false;
  const form = functionAt(home.module, span);
  const kept = form && form.id !== 0 ? keepersIn(form).of(span, result) : null;
  if (!form || !kept || !isOwn(home, form, kept.name)) return false;
  const key = `${kept.name} ${by}`;
  const known = releasesIn(form);
  const releases = known.get(key) ?? findReleases(home, form, kept.name, { by, spentBy, lent });
  known.set(key, releases);
  if (releases === 'elsewhere' || (when === 'never') !== (releases === 'none')) return false;
  return releases === 'none' || leavesBefore(home, form, kept, span, releases);
}

/** A name that the function declares, and no result of its own (`(resp *http.Response, err error)`): that goes to the caller. */
function isOwn(home: Home, form: FunctionForm, name: string): boolean {
  const declared = keepersIn(form).own.get(name);
  return declared !== undefined && home.text.slice(form.span[0], declared[0]).includes('{');
}

/** What lets go of the names of a function: thousands of calls may go into one of them. */
const releasesIn = memo(() => new Map<string, Releases>());

/** Whether one of them stands in a place; `elsewhere`: whoever is given the result may see to it. */
type Releases = ((one: { span: Span }) => boolean) | 'none' | 'elsewhere';

function findReleases(
  home: Home,
  form: FunctionForm,
  name: string,
  { by, spentBy, lent }: Pick<Release, 'by' | 'lent'> & { spentBy: string },
): Releases {
  const [first = ''] = by.split(/[\\.]/);
  const releases: Span[] = [];
  let isLent = false;
  for (const { chain, parent } of usesOfName(home.module, name)) {
    if (chain.span[0] < form.span[0] || chain.span[1] > form.span[1]) continue;
    const rest = home.text.slice(chain.span[0] + name.length, chain.span[1]).replace(/^\s*\??\.\s*/, '');
    if (parent?.kind === 'call' && parent.of === chain && (rest !== '' || by === '')) {
      if (compiled(`^(?:${by})$`).test(rest)) {
        // `defer func() { file.Close() }()`, wherever it stands.
        if (functionAt(home.module, parent.span) !== form) return 'elsewhere';
        releases.push(parent.span);
      }
      continue;
    }
    if (parent?.kind === 'binary' || parent?.kind === 'unary') continue;
    if (rest !== '' && !rest.startsWith(first)) continue;
    const called = parent?.kind === 'call' ? home.text.slice(...parent.of.span) : '';
    if (rest !== '' && compiled(`^(?:${spentBy})$`).test(called)) releases.push(parent?.span ?? chain.span);
    else if (lent && rest === '' && called !== '' && !mayEnd(home, form, parent?.span ?? chain.span, called))
      isLent = true;
    else if (!READERS.test(called)) return 'elsewhere';
  }
  if (isLent && releases.length === 0) return 'elsewhere';
  return releases.length === 0 ? 'none' : holdsOne(releases);
}

/** `defer finish(tx, &err)`, `go work(tx)`, `rollback(tx)`, `NewStore(tx)`, which keeps it: whoever is given it may see to it. */
function mayEnd(home: Home, form: FunctionForm, span: Span, called: string): boolean {
  if (functionAt(home.module, span) !== form || /\b(?:defer|go)\b/.test(lineBefore(home.text, span[0]))) return true;
  return KEEPS.test(called) || ENDS.test(called);
}

const KEEPS = /(?:^|\.)(?:[nN]ew|[wW]ith|append)(?![a-z])/;
const ENDS = /roll|commit|end|finish|finali|clos|done|abort|clean|handle|complete|release|recover/i;

/** Functions that only read what they are given. */
const READERS =
  /^(?:io\.(?:ReadAll|Copy|CopyN|CopyBuffer|ReadFull|WriteString)|ioutil\.ReadAll|(?:json|xml|csv|yaml)\.New(?:De|En)coder|csv\.NewReader|bufio\.NewScanner)$/;

interface Keeper {
  name: string;
  /** Of Go: the name of the error. */
  error: string | null;
}

/** The names of a function: its own ones, and what the result of a call goes into (`resp` of `resp, err := client.Do(req)`). */
const keepersIn = memo((form: FunctionForm) => {
  const names = new Map<string, string>();
  const parts = new Map<string, string>();
  const own = new Map<string, Span>();
  for (const one of listStatements(form.body)) {
    if (one.kind !== 'set' || one.target.kind !== 'name') continue;
    const { name } = one.target;
    const value = madeBy(one.value);
    if (one.declares && !own.has(name)) own.set(name, one.span);
    setFirst(names, value.span.join(), name);
    if (one.value.kind === 'index' && one.value.of.kind === 'name' && one.value.by.kind === 'value')
      setFirst(parts, `${one.value.of.name} ${one.value.by.value}`, name);
  }
  const of = (span: Span, result = 0): Keeper | null => {
    const name = names.get(span.join());
    if (name === undefined) return null;
    const other = result > 0 ? parts.get(`${name} ${result}`) : undefined;
    if (result > 0) return other === undefined ? null : { name: other, error: null };
    if (!name.startsWith('$')) return { name, error: null };
    const first = parts.get(`${name} 0`);
    return first === undefined ? null : { name: first, error: parts.get(`${name} 1`) ?? null };
  };
  return { own, of };
});

function setFirst(all: Map<string, string>, key: string, name: string): void {
  if (!all.has(key)) all.set(key, name);
}

function madeBy(one: Expression): Expression {
  return one.kind === 'await' || one.kind === 'cast' ? madeBy(one.of) : one;
}

function listStatements(body: readonly Statement[]): Statement[] {
  return body.flatMap((one) => [one, ...listStatements(blocksOf(one))]);
}

/** Whether one of these places stands in another. */
function holdsOne(places: readonly Span[]): (one: { span: Span }) => boolean {
  const sorted = places.toSorted((a, b) => a[0] - b[0]);
  let earliest = Number.POSITIVE_INFINITY;
  const ends = sorted.toReversed().map(([, end]) => {
    earliest = Math.min(earliest, end);
    return earliest;
  });
  return ({ span: [start, end] }) => (ends.at(-1 - firstThat(sorted, (one) => one[0] >= start)) ?? end + 1) <= end;
}

/** Statements behind a call that are looked at: whoever lets go of it further down is believed. */
const MOST_BEHIND = 2000;

/** Somewhere behind the call the function leaves, and what stands before that in the blocks around it releases nothing. */
function leavesBefore(
  home: Home,
  form: FunctionForm,
  keeper: Keeper,
  made: Span,
  releasesIn: (one: { span: Span }) => boolean,
): boolean {
  const { name } = keeper;
  let { error } = keeper;
  let leaves = false;
  let left = MOST_BEHIND;
  // Whether the call failed is asked once, at first.
  let isAsked = error === null;
  /** Whether it is released behind these. */
  const walk = (body: readonly Statement[], released: boolean): boolean => {
    let done = released;
    for (const one of body) {
      if (done || leaves || --left < 0) break;
      if (one.kind === 'try' && one.lastly.some(releasesIn)) done = true;
      if (STRAIGHT.has(one.kind) && releasesIn(one)) done = true;
      // `if resp != nil { defer resp.Body.Close() }`
      if (one.kind === 'if' && (releasesIn(one.test) || (releasesIn(one) && says(one.test, name)))) done = true;
      if (!done && (one.kind === 'return' || one.kind === 'throw')) leaves = true;
      // `if tx.Error != nil { return tx.Error }`, `err := tx.Error`
      if (keeper.error === null && one.kind === 'if' && isErrorOf(one.test, name)) continue;
      if (keeper.error === null && one.kind === 'set' && one.target.kind === 'name' && isErrorOf(one.value, name)) {
        error = one.target.name;
        isAsked = false;
        continue;
      }
      if (!isAsked && one.kind === 'if' && error !== null && says(one.test, error)) {
        isAsked = true;
        // `if err == nil { … }`: where it failed nothing is open.
        if (isNothing(one.test)) done = walk(one.yes, done);
        continue;
      }
      if (one.kind === 'set' && one.target.kind === 'name' && one.target.name === error) isAsked ||= !isPart(one.value);
      // `if resp.StatusCode == http.StatusNoContent { return nil }`
      if (one.kind === 'if' && saysEmpty(home, one.test, name)) {
        done = walk(one.no, done);
        continue;
      }
      if (one.kind === 'block') done = walk(one.body, done);
      else if (one.kind === 'if') for (const way of [one.yes, one.no]) walk(way, done);
      else walk(blocksOf(one), done);
    }
    return done;
  };
  walk(restOf(form.body, made), false);
  return leaves;
}

const STRAIGHT: ReadonlySet<string> = new Set(['do', 'set', 'return', 'throw']);

/** What stands behind a place in the block around it. */
function restOf(body: readonly Statement[], span: Span): readonly Statement[] {
  const at = indexAround(body, span);
  const around = body[at];
  if (!around) return [];
  const blocks = around.kind === 'if' ? [around.yes, around.no] : [blocksOf(around)];
  const inner = blocks.find((block) => indexAround(block, span) >= 0);
  return inner ? restOf(inner, span) : body.slice(at + 1);
}

/** Where this holds there is nothing to close: no answer, or one that has no body. Source: net/http, bodyAllowedForStatus. */
function saysEmpty(home: Home, test: Expression, name: string): boolean {
  if (test.kind !== 'binary') return false;
  if (test.operator === '||') return saysEmpty(home, test.left, name) && saysEmpty(home, test.right, name);
  if (test.operator === '&&') return saysEmpty(home, test.left, name) || saysEmpty(home, test.right, name);
  const [left, right] = [test.left, test.right].map(({ span }) => home.text.slice(...span));
  return test.operator === '==' && left?.startsWith(name) === true && EMPTY.test(`${left.slice(name.length)} ${right}`);
}

const EMPTY =
  /^(?: nil|\.Body (?:nil|http\.NoBody)|\.ContentLength 0|\.StatusCode (?:[23]04|http\.Status(?:NoContent|NotModified)))$/;

/** `err == nil` */
function isNothing(test: Expression): boolean {
  return test.kind === 'binary' && test.operator === '==' && test.right.kind === 'value' && test.right.value === null;
}

/** `tx.Error`: what gorm gives has its error with it. */
function isErrorOf(one: Expression, name: string): boolean {
  if (one.kind === 'binary') return isErrorOf(one.left, name);
  return one.kind === 'field' && one.name === 'Error' && one.of.kind === 'name' && one.of.name === name;
}

/** The error of the call itself. */
function isPart(value: Expression): boolean {
  return value.kind === 'index' && value.of.kind === 'name' && value.of.name.startsWith('$');
}

function says(one: Expression, name: string): boolean {
  return (one.kind === 'name' && one.name === name) || partsOf(one).some((part) => says(part, name));
}
