import { functionAt } from '../languages/enclosing.ts';
import type { Expression, FunctionForm, Module, Span, Statement } from '../languages/form.ts';
import { blocksOf, partsOf, visitExpressions } from '../languages/visit-expressions.ts';
import { compiled } from './compiled.ts';
import type { Home } from './value.ts';

/** What must be released (`Body.Close`), and whether that is not done at all, or not on each way out of the function. */
export interface Release {
  by: string;
  when: 'never' | 'sometimes';
}

interface Use {
  /** The longest chain of fields that begins with the name: `resp.Body.Close`. */
  chain: Expression;
  /** What that stands in; null: a statement. */
  parent: Expression | null;
}

/**
 * Whether what a call gives is kept in a name of this function, and is not released. False where it goes elsewhere: it is returned,
 * put into a field, or handed to a function that may release it.
 *
 * @param readers a pattern of functions that only read what they are given: `io.ReadAll`
 */
export function isLost(home: Home, span: Span, { by, when }: Release, readers: RegExp = READERS): boolean {
  const form = functionAt(home.module, span);
  const kept = form && form.id !== 0 ? keeperOf(form, span) : null;
  if (!form || !kept) return false;
  const [first = ''] = by.split(/[\\.]/);
  const releases: Span[] = [];
  for (const { chain, parent } of usesOf(home.module, kept.name)) {
    if (chain.span[0] < form.span[0] || chain.span[1] > form.span[1]) continue;
    const rest = home.text.slice(chain.span[0] + kept.name.length, chain.span[1]).replace(/^\s*\??\.\s*/, '');
    if (parent?.kind === 'call' && parent.of === chain && rest !== '') {
      if (compiled(`^(?:${by})$`).test(rest)) releases.push(parent.span);
      continue;
    }
    if (parent?.kind === 'binary' || parent?.kind === 'unary') continue;
    if (rest !== '' && !rest.startsWith(first)) continue;
    const called = parent?.kind === 'call' ? home.text.slice(...parent.of.span) : '';
    if (rest === '' || !readers.test(called)) return false;
  }
  if (when === 'never') return releases.length === 0;
  return releases.length > 0 && leavesBefore(form, kept, span, releases);
}

const READERS = /^(?:io|ioutil|json|xml|bufio|csv|yaml)\.\w+$/;

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

function listStatements(body: readonly Statement[]): Statement[] {
  return body.flatMap((one) => [one, ...listStatements(blocksOf(one))]);
}

/** Somewhere between a function leaves, and what stands before that in the blocks around it releases nothing. */
function leavesBefore(form: FunctionForm, { error }: Keeper, made: Span, releases: readonly Span[]): boolean {
  const holds = ([start, end]: Span, inner: Span): boolean => start <= inner[0] && end >= inner[1];
  let last = 0;
  for (const one of releases) last = Math.max(last, one[0]);
  const all = listStatements(form.body);
  // At the end, whatever happens: deferred, in a function of its own, in a `finally`.
  const isSure = (release: Span): boolean =>
    !all.some((one) => one.kind === 'do' && one.when === 'now' && one.value.span[0] === release[0]) ||
    all.some((one) => one.kind === 'try' && one.lastly.some((each) => holds(each.span, release)));
  if (releases.some(isSure)) return false;
  const walk = (body: readonly Statement[], released: boolean): boolean => {
    let done = released;
    for (const one of body) {
      if (releases.some((each) => holds(one.span, each) && one.kind === 'do')) done = true;
      const leaves = one.kind === 'return' || one.kind === 'throw';
      if (leaves && !done && one.span[0] > made[1] && one.span[0] < last) return true;
      // Nothing was given.
      const isOfError = one.kind === 'if' && error !== null && says(one.test, error) && one.span[0] > made[1];
      if (isOfError) continue;
      if (walkBlocks(one, (inner) => walk(inner, done))) return true;
    }
    return false;
  };
  return walk(form.body, false);
}

function walkBlocks(one: Statement, walk: (body: readonly Statement[]) => boolean): boolean {
  if (one.kind === 'if') return walk(one.yes) || walk(one.no);
  return walk(blocksOf(one));
}

function says(one: Expression, name: string): boolean {
  return (one.kind === 'name' && one.name === name) || partsOf(one).some((part) => says(part, name));
}

const uses = new WeakMap<Module, ReadonlyMap<string, readonly Use[]>>();

/** Where a name is read in a file. */
function usesOf(module: Module, name: string): readonly Use[] {
  const known = uses.get(module) ?? indexUses(module);
  uses.set(module, known);
  return known.get(name) ?? [];
}

function indexUses(module: Module): ReadonlyMap<string, readonly Use[]> {
  const parents = new Map<Expression, Expression>();
  const names: Extract<Expression, { kind: 'name' }>[] = [];
  visitExpressions(module, (one) => {
    if (one.kind === 'name') names.push(one);
    for (const part of partsOf(one)) parents.set(part, one);
  });
  const found = new Map<string, Use[]>();
  for (const name of names) {
    let chain: Expression = name;
    let parent = parents.get(name);
    while (parent?.kind === 'field') {
      chain = parent;
      parent = parents.get(parent);
    }
    const list = found.get(name.name) ?? [];
    list.push({ chain, parent: parent ?? null });
    found.set(name.name, list);
  }
  return found;
}
