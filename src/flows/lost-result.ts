import { functionAt } from '../languages/enclosing.ts';
import type { Expression, FunctionForm, Span, Statement } from '../languages/form.ts';
import { holds } from '../languages/holds.ts';
import { blocksOf, partsOf } from '../languages/visit-expressions.ts';
import { compiled } from './compiled.ts';
import { usesOfName } from './name-uses.ts';
import type { Home } from './value.ts';

/** What must be released (`Body.Close`), and whether that is not done at all, or not on each way out of the function. */
export interface Release {
  by: string;
  when: 'never' | 'sometimes';
}

/**
 * Whether what a call gives is kept in a name of this function, and is not released. False where it goes elsewhere: it is returned,
 * put into a field, or handed to a function that may release it.
 */
export function isLost(home: Home, span: Span, { by, when }: Release): boolean {
  // `*file, err = os.CreateTemp(…)`: whoever gave the pointer closes it.
  if (/^[ \t]*\*/.test(home.text.slice(home.text.lastIndexOf('\n', span[0]) + 1, span[0]))) return false;
  const form = functionAt(home.module, span);
  const kept = form && form.id !== 0 ? keeperOf(form, span) : null;
  if (!form || !kept || !isOwn(form, kept.name)) return false;
  const [first = ''] = by.split(/[\\.]/);
  const releases: Span[] = [];
  for (const { chain, parent } of usesOfName(home.module, kept.name)) {
    if (chain.span[0] < form.span[0] || chain.span[1] > form.span[1]) continue;
    const rest = home.text.slice(chain.span[0] + kept.name.length, chain.span[1]).replace(/^\s*\??\.\s*/, '');
    if (parent?.kind === 'call' && parent.of === chain && rest !== '') {
      if (compiled(`^(?:${by})$`).test(rest)) {
        // `defer func() { file.Close() }()`, wherever it stands.
        if (functionAt(home.module, parent.span) !== form) return false;
        releases.push(parent.span);
      }
      continue;
    }
    if (parent?.kind === 'binary' || parent?.kind === 'unary') continue;
    if (rest !== '' && !rest.startsWith(first)) continue;
    const called = parent?.kind === 'call' ? home.text.slice(...parent.of.span) : '';
    if (!READERS.test(called)) return false;
  }
  if (when === 'never') return releases.length === 0;
  return releases.length > 0 && leavesBefore(form, kept, span, releases);
}

/** Functions that only read what they are given. */
const READERS =
  /^(?:io\.(?:ReadAll|Copy|CopyN|CopyBuffer|ReadFull|WriteString)|ioutil\.ReadAll|(?:json|xml|csv|yaml)\.New(?:De|En)coder|csv\.NewReader|bufio\.NewScanner)$/;

interface Keeper {
  name: string;
  /** Of Go: the name of the error. */
  error: string | null;
}

/** The name that the result of a call goes into: `resp` of `resp, err := client.Do(req)`. */
function keeperOf(form: FunctionForm, span: Span): Keeper | null {
  const all = listStatements(form.body);
  const isIt = (one: Expression): boolean =>
    one.kind === 'await' || one.kind === 'cast' ? isIt(one.of) : one.span[0] === span[0] && one.span[1] === span[1];
  for (const one of all) {
    if (one.kind !== 'set' || !isIt(one.value) || one.target.kind !== 'name') continue;
    const { name } = one.target;
    if (!name.startsWith('$')) return { name, error: null };
    const part = (index: number): string | null => {
      for (const other of all)
        if (
          other.kind === 'set' &&
          other.target.kind === 'name' &&
          other.value.kind === 'index' &&
          other.value.of.kind === 'name' &&
          other.value.of.name === name &&
          other.value.by.kind === 'value' &&
          other.value.by.value === index
        )
          return other.target.name;
      return null;
    };
    const first = part(0);
    return first === null ? null : { name: first, error: part(1) };
  }
  return null;
}

/** A name of the function itself, and not of the file. */
function isOwn(form: FunctionForm, name: string): boolean {
  return listStatements(form.body).some(
    (one) => one.kind === 'set' && one.declares && one.target.kind === 'name' && one.target.name === name,
  );
}

function listStatements(body: readonly Statement[]): Statement[] {
  return body.flatMap((one) => [one, ...listStatements(blocksOf(one))]);
}

/** Somewhere behind the call the function leaves, and what stands before that in the blocks around it releases nothing. */
function leavesBefore(form: FunctionForm, { name, error }: Keeper, made: Span, releases: readonly Span[]): boolean {
  const releasesIn = (one: { span: Span }): boolean => releases.some((each) => holds(one.span, each));
  let leaves = false;
  // Whether the call failed is asked once, at first.
  let isAsked = error === null;
  /** Whether it is released behind these. */
  const walk = (body: readonly Statement[], released: boolean): boolean => {
    let done = released;
    for (const one of body) {
      if (one.kind === 'try' && one.lastly.some(releasesIn)) done = true;
      if (STRAIGHT.has(one.kind) && releasesIn(one)) done = true;
      // `if resp != nil { defer resp.Body.Close() }`
      if (one.kind === 'if' && (releasesIn(one.test) || (releasesIn(one) && says(one.test, name)))) done = true;
      if (!done && (one.kind === 'return' || one.kind === 'throw')) leaves = true;
      if (!isAsked && one.kind === 'if' && error !== null && says(one.test, error)) {
        isAsked = true;
        // `if err == nil { … }`: where it failed nothing is open.
        if (isNothing(one.test)) done = walk(one.yes, done);
        continue;
      }
      if (one.kind === 'set' && one.target.kind === 'name' && one.target.name === error) isAsked ||= !isPart(one.value);
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
function restOf(body: readonly Statement[], [start, end]: Span): readonly Statement[] {
  const at = body.findIndex((one) => one.span[0] <= start && one.span[1] >= end);
  const around = body[at];
  if (!around) return [];
  const blocks = around.kind === 'if' ? [around.yes, around.no] : [blocksOf(around)];
  const inner = blocks.find((block) => block.some((one) => one.span[0] <= start && one.span[1] >= end));
  return inner ? restOf(inner, [start, end]) : body.slice(at + 1);
}

/** `err == nil` */
function isNothing(test: Expression): boolean {
  return test.kind === 'binary' && test.operator === '==' && test.right.kind === 'value' && test.right.value === null;
}

/** The error of the call itself. */
function isPart(value: Expression): boolean {
  return value.kind === 'index' && value.of.kind === 'name' && value.of.name.startsWith('$');
}

function says(one: Expression, name: string): boolean {
  return (one.kind === 'name' && one.name === name) || partsOf(one).some((part) => says(part, name));
}
