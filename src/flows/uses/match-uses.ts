import { functionAt } from '../../languages/enclosing.ts';
import type { Expression, Span } from '../../languages/form.ts';
import { listConditions } from '../../languages/list-conditions.ts';
import { compiled } from '../data/compiled.ts';
import type { Condition, UseClause } from '../data/use-clause.ts';
import type { Use } from '../data/use-table.ts';
import { isBounded } from '../guards/is-bounded.ts';
import { atTop } from '../program/class-bases.ts';
import { isOfUnknown, wantReceiver, wantUnknown } from '../program/want-unknown.ts';
import { type Picked as PickedArgument, pickArguments } from '../run/pick-arguments.ts';
import { type Evaluated, type Frame, type Run, sourceOf, symbolOf } from '../run/run.ts';
import type { Home, Value } from '../values/value.ts';
import { constantText, flatValue, isFixed } from '../values/values.ts';
import {
  isDecorated,
  isFloating,
  isIgnored,
  isInside,
  isSaidAround,
  namesAround,
  saysAround,
  saysBeside,
  saysFile,
} from './around-place.ts';
import { growsForEver } from './grows.ts';
import { isLost } from './lost-result.ts';
import { meetsCondition, type Picked, said } from './meets-condition.ts';
import type { Failed, UseHit } from './use-hit.ts';

/** Where something is evaluated. */
type Site = Pick<Frame, 'closure'>;

/** What a clause's conditions are asked of. */
interface Subject {
  home: Home;
  /** What is called. */
  of?: Expression;
  span: Span;
  call: string;
  /** Null: it is not known whether it is given. */
  pick(path: string): Picked;
}

export function matchCall(run: Run, frame: Site, one: Evaluated): void {
  const { call } = run.usesOf(frame.closure.home.module.language);
  if (call.size === 0) return;
  const exact = one.name === null || isTyped(one) ? undefined : call.get(one.name);
  const any = one.receiver === null ? undefined : call.get(`*.${one.method}`);
  const uses = [...(exact ?? []), ...(any ?? [])];
  const { home } = frame.closure;
  if (uses.length === 0) {
    wantReceiver(run, home, one, call);
    return;
  }
  const isOpen = one.call.arguments.some(({ name, value }) => name === '**' || value.kind === 'spread');
  match(run, frame, uses, {
    home,
    span: one.call.span,
    of: one.call.of,
    call: sourceOf(home, one.call.of.span, 60),
    pick: (path) => {
      const [first = '', ...fields] = path.split('.');
      const found = /^\d+\+$/.test(first)
        ? pickUnknown(one, Number.parseInt(first, 10))
        : pickArguments(one, /^\d+$/.test(first) ? Number(first) : first)[0];
      if (!found) return isOpen ? null : 'missing';
      // As they are written, with their names.
      if (first === 'all') return { value: found.value, span: [one.call.of.span[1], one.call.span[1]] };
      return pickField(found, fields);
    },
  });
}

/** Of the arguments from there on the first that is not known, or else the first of them. */
function pickUnknown(one: Evaluated, from: number): PickedArgument | undefined {
  const picked = one.args.list.flatMap((_, index) => (index < from ? [] : pickArguments(one, index)));
  return picked.find(({ value }) => !isFixed(flatValue(value))) ?? picked[0];
}

/** Something that is declared to be a `Function`, or a list of `Buffer`, is not the constructor of that name, nor are its methods. */
function isTyped({ name, call: { of, made } }: Evaluated): boolean {
  const called = of.kind === 'name' || of.kind === 'field' ? of.name : null;
  return !made && /^[A-Z]\w*$/.test(name ?? '') && called !== null && called !== name;
}

export function matchMade(run: Run, frame: Site, made: Value, span: Span, spans: ReadonlyMap<string, Span>): void {
  const table = run.usesOf(frame.closure.home.module.language).made;
  const uses = [...(table.get(made.name ?? '') ?? []), ...(table.get('*') ?? [])];
  if (uses.length === 0) return;
  const { home } = frame.closure;
  match(run, frame, uses, {
    home,
    span,
    call: made.name?.replace(/^.*\//, '') ?? sourceOf(home, span, 60),
    pick: (path) => {
      const [first = '', ...rest] = path.split('.');
      const field = pickField({ value: made, span }, [first]);
      if (field === null || field === 'missing') return field;
      return pickField({ value: field.value, span: spans.get(first) ?? span }, rest);
    },
  });
}

/**
 * @param name of the field, behind its type; a bare one of a setting
 * @param given where the value is written
 */
export function matchSet(run: Run, frame: Site, name: string, value: Value, span: Span, given: Span = span): void {
  const { set } = run.usesOf(frame.closure.home.module.language);
  const uses = set.get(name) ?? (name.includes('.') ? set.get(name.replace(/^.*\./, '*.')) : undefined);
  if (!uses) return;
  const { home } = frame.closure;
  match(run, frame, uses, {
    home,
    span,
    call: name.includes('.') ? sourceOf(home, span, 60) : name,
    pick: (path) => pickField({ value, span: given }, path.split('.').slice(1)),
  });
}

export function matchRead(run: Run, frame: Site, value: Value, span: Span): void {
  const uses = value.name === null ? undefined : run.usesOf(frame.closure.home.module.language).read.get(value.name);
  if (!uses) return;
  const { home } = frame.closure;
  match(run, frame, uses, { home, span, call: sourceOf(home, span, 60), pick: () => null });
}

export function matchImports(run: Run, home: Home): void {
  const [top] = home.module.functions;
  const table = run.usesOf(home.module.language).import;
  if (!top || table.size === 0) return;
  const frame = { closure: { key: '', home, form: top, around: null } };
  for (const { module, span } of home.module.imports) {
    const uses = table.get(module);
    if (uses) match(run, frame, uses, { home, span, call: module, pick: () => null });
  }
}

/** What stands at a class and above a function, and is not run with a body: settings of a class, decorators. */
export function matchDeclared(run: Run, home: Home): void {
  const [top] = home.module.functions;
  const { set, read } = run.usesOf(home.module.language);
  if (!top || set.size + read.size === 0) return;
  const frame = atTop(run, home);
  for (const { fields } of home.module.classes)
    for (const { name, value } of fields)
      if (value && set.has(name)) matchSet(run, frame, name, run.evaluate(frame, value), value.span);
  // A decorator is evaluated for what it reads.
  for (const { decorators } of [...home.module.functions, ...home.module.classes])
    for (const decorator of decorators) run.evaluate(frame, decorator);
}

function pickField({ value, span }: { value: Value; span: Span }, fields: readonly string[]): Picked {
  let at = value;
  for (const field of fields) {
    const next = at.entries?.get(field);
    if (next) at = next;
    // What is not known may have it; what is a text or a number has no fields.
    else if (at.entries && !at.entries.has('*') && !at.open) return 'missing';
    else return null;
  }
  return { value: at, span };
}

function match(run: Run, frame: Site, uses: readonly Use[], subject: Subject): void {
  const { home, span } = subject;
  const place = { path: home.path, span };
  for (const use of uses) {
    const failed = findFailed(run, use, subject);
    run.asked?.push({ use, place, failed });
    if (failed !== null) {
      // Only of `when` and `unless` a condition is told.
      if (failed.condition !== undefined && isOfUnknown(failed.condition) && restsOn(subject, use.clause) === 'known')
        run.settled.add(keyOfClause({ use, place }));
      continue;
    }
    const rests = restsOn(subject, use.clause);
    const { at, secret, when } = use.clause;
    const spot = at === undefined ? null : subject.pick(at);
    const [first] = Object.keys(when);
    const about = spot ?? (first === undefined ? null : subject.pick(first));
    for (const [path, condition] of Object.entries(when)) {
      const picked = isOfUnknown(condition) ? subject.pick(path) : null;
      if (picked && picked !== 'missing') wantUnknown(run, home, picked.value);
    }
    const hidden = secret === undefined ? null : subject.pick(secret);
    const literal = secret === undefined || at !== undefined ? null : literalOf(subject, when);
    run.useHits.push({
      use,
      place,
      at: literal
        ? { path: home.path, span: literal, isWritten: true }
        : { path: home.path, span: spot && spot !== 'missing' ? spot.span : span },
      call: subject.call,
      value: wordOf(home, about, when[(at !== undefined && at in when ? at : first) ?? '']),
      name: nameOf(home, span),
      secrets: [
        ...(hidden && hidden !== 'missing' ? listLiterals(home, hidden.span) : []),
        ...(literal ? [literal] : []),
      ],
      under: listConditions(home.module, span).map((at) => home.text.slice(...at)),
      symbol: symbolOf(frame),
      // Whoever else may call it is not seen.
      ...(rests === frame.closure.key && !frame.closure.form.public && { ofCallers: true as const }),
    });
  }
}

/**
 * Who decides what a clause asks to be unknown: `known`: no parameter of a function; a function by its key: what its callers give alone.
 * Null: nothing is asked to be unknown, or several decide.
 */
function restsOn(subject: Subject, { when }: UseClause): string | null {
  const values = Object.entries(when).flatMap(([path, condition]) => {
    const picked = isOfUnknown(condition) ? subject.pick(path) : null;
    return picked && picked !== 'missing' ? [picked.value] : [];
  });
  if (values.length === 0) return null;
  const holes = values.flatMap(({ pieces }) =>
    pieces.flatMap((one) => (one.kind === 'hole' && !one.fixed ? [one] : [])),
  );
  const functions = holes.flatMap(({ taints }) =>
    taints.length > 0 ? taints.map(({ parameter }) => parameter?.function ?? '') : [''],
  );
  const [first = 'known', ...others] = functions.filter((one, index) => functions.indexOf(one) === index);
  return others.length === 0 && first !== '' ? first : null;
}

/** One place of one clause of a rule, by whatever way it is reached. */
export function keyOfClause(one: Pick<UseHit, 'use' | 'place'>): string {
  return `${one.use.index} ${keyOfUse(one)}`;
}

/** One place of a rule. */
export function keyOfUse({ use, place }: Pick<UseHit, 'use' | 'place'>): string {
  return `${use.rule} ${place.path} ${place.span[0]}`;
}

/** What it goes into; of several results (`file, err := …`) the first. */
function nameOf(home: Home, span: Span): string {
  const [name = ''] = namesAround(home, span);
  if (!name.startsWith('$')) return name.replace(/\(\)$/, '');
  const written = home.text.slice(Math.max(0, span[0] - 120), span[0]);
  return /([\w.]+)(?:\s*,\s*[\w.]+)*\s*:?=\s*$/.exec(written)?.[1] ?? '';
}

/** What a text calls it: what it is, where that is known, or else as it is written there; the bits of a mode as a shell has them. */
function wordOf(home: Home, picked: Picked, condition: Condition | undefined): string {
  if (picked === null || picked === 'missing') return '';
  const { constant } = picked.value;
  if (typeof constant === 'number' && typeof condition === 'object' && condition.bits !== undefined)
    return `0o${constant.toString(8)}`;
  const isOpen = condition !== undefined && isOfUnknown(condition);
  return (isOpen ? '' : said(picked.value)) || sourceOf(home, picked.span, 60);
}

function findFailed(run: Run, { clause }: Use, subject: Subject): Failed | null {
  const { home, span } = subject;
  const { file, notFile, around, notAround, notSaid, decorated, notDecorated, before, notBefore, behind } = clause;
  if (clause.floating && !isFloating(home, span)) return { key: 'floating', found: '' };
  if (clause.blank && !/\w\s*,\s*_\s*:?=\s*$/.test(home.text.slice(Math.max(0, span[0] - 120), span[0])))
    return { key: 'blank', found: '' };
  if (file !== undefined && !saysFile(home, file)) return { key: 'file', found: '' };
  if (notFile !== undefined && saysFile(home, notFile)) return { key: 'notFile', found: '' };
  if (around !== undefined && !saysAround(home, span, around)) return { key: 'around', found: '' };
  if (notAround !== undefined && saysAround(home, span, notAround)) return { key: 'notAround', found: '' };
  if (notSaid !== undefined && isSaidAround(home, span, notSaid)) return { key: 'notSaid', found: '' };
  if (decorated !== undefined && !isDecorated(home, span, decorated)) return { key: 'decorated', found: '' };
  if (notDecorated !== undefined && isDecorated(home, span, notDecorated)) return { key: 'notDecorated', found: '' };
  if (before !== undefined && !saysBeside(home, span, 'before', before)) return { key: 'before', found: '' };
  if (notBefore !== undefined && saysBeside(home, span, 'before', notBefore)) return { key: 'notBefore', found: '' };
  if (behind !== undefined && !saysBeside(home, span, 'behind', behind)) return { key: 'behind', found: '' };
  for (const key of ['when', 'unless'] as const)
    for (const [path, condition] of Object.entries(clause[key])) {
      const picked = subject.pick(path);
      if (meetsCondition(run, home, picked, condition) !== (key === 'when'))
        return { key, pick: path, condition, found: describePicked(picked) };
    }
  if (clause.near !== undefined || clause.apart !== undefined) {
    const names = namesAround(home, span).join(' ');
    if (clause.near !== undefined && !compiled(clause.near, 'i').test(names)) return { key: 'near', found: names };
    if (clause.apart !== undefined && compiled(clause.apart, 'i').test(names)) return { key: 'apart', found: names };
  }
  if (clause.switched !== undefined) {
    const switched = compiled(clause.switched, 'i');
    const places = [span, ...placesSet(home, span, Object.keys(clause.when))];
    const by = places
      .flatMap((at) => listConditions(home.module, at))
      .find((at) => switched.test(home.text.slice(...at)));
    if (by) return { key: 'switched', found: home.text.slice(...by) };
  }
  const missing = clause.inside.find((where) => !isInside(home, span, where));
  if (missing) return { key: 'inside', found: missing };
  const unwanted = clause.outside.find((where) => isInside(home, span, where));
  if (unwanted) return { key: 'outside', found: unwanted };
  if (clause.unbounded !== undefined) {
    const picked = subject.pick(clause.unbounded);
    if (!picked || picked === 'missing' || isBounded(run, home, picked, subject.call))
      return { key: 'unbounded', found: '' };
  }
  if (clause.grows && !(subject.of && growsForEver(run, home, subject.of))) return { key: 'grows', found: '' };
  if (clause.lost && !isLost(home, span, clause.lost)) return { key: 'lost', found: '' };
  return clause.ignored && !isIgnored(home, span) ? { key: 'ignored', found: '' } : null;
}

/** Where the function around a place gives fields of these names a value: `config.ignoreTLS = true`. */
function placesSet(home: Home, span: Span, paths: readonly string[]): Span[] {
  const form = functionAt(home.module, span);
  const names = paths.flatMap((path) => /\.(\w+)$/.exec(path)?.[1] ?? []);
  if (!form || names.length === 0) return [];
  const [start, end] = form.span;
  const pattern = new RegExp(`\\.(?:${names.join('|')})\\s*=(?![=>])`, 'g');
  return [...home.text.slice(start, Math.min(end, start + MOST_SEARCHED)).matchAll(pattern)].map(
    ({ 0: found, index }) => [start + index, start + index + found.length],
  );
}

const MOST_SEARCHED = 20_000;

function describePicked(picked: Picked): string {
  if (picked === 'missing') return 'nothing';
  return (picked && said(picked.value)) || 'something unknown';
}

/**
 * Where a credential that is used here is written, in another statement of the file: there it is taken away. Null: it stands in the
 * call, in another file, or more than once.
 */
function literalOf(subject: Subject, when: UseClause['when']): Span | null {
  const { home, span } = subject;
  for (const path of Object.keys(when)) {
    const picked = subject.pick(path);
    if (!picked || picked === 'missing') continue;
    const text = picked.value.otherwise ?? constantText(picked.value);
    if (text === null || text.length < SHORTEST) continue;
    const places = ['"', "'", '`'].flatMap((quote) => placesOf(`${quote}${text}${quote}`, home.text));
    const [only] = places;
    if (only && places.length === 1 && (only[1] <= span[0] || only[0] >= span[1])) return only;
  }
  return null;
}

/** A shorter text may stand somewhere else for something else. */
const SHORTEST = 6;

function placesOf(text: string, whole: string): Span[] {
  const first = whole.indexOf(text);
  const second = first < 0 ? -1 : whole.indexOf(text, first + 1);
  return [first, second].filter((at) => at >= 0).map((at) => [at, at + text.length]);
}

/** Texts between quotes: what is not a literal, a name, is no credential itself. */
function listLiterals(home: Home, [start, end]: Span): Span[] {
  return [...home.text.slice(start, end).matchAll(/(["'`])(?:(?!\1)[^\\]|\\[\s\S])*\1/g)].map(({ 0: text, index }) => [
    start + index,
    start + index + text.length,
  ]);
}
