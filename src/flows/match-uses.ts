import { functionAt, listAround } from '../languages/enclosing.ts';
import type { Expression, Span, Statement } from '../languages/form.ts';
import { listConditions } from '../languages/list-conditions.ts';
import { atTop } from './class-bases.ts';
import { compiled } from './compiled.ts';
import { isInHandler } from './is-handler.ts';
import { pickArguments } from './pick-arguments.ts';
import { type Evaluated, type Frame, type Run, sourceOf, symbolOf } from './run.ts';
import type { Condition, UseClause } from './use-clause.ts';
import type { Use } from './use-table.ts';
import { constantText, type Home, type Place, taintsOf, textOf, type Value } from './value.ts';

/** A library is used as a clause says. */
export interface UseHit {
  use: Use;
  place: Place;
  /** The place to report on. */
  at: Place;
  call: string;
  /** What the condition of `at`, or else the first one, was about, as it is known: `md5`. */
  value: string;
  /** What the result is called. */
  name: string;
  /** Spans of credentials. */
  secrets: readonly Span[];
  symbol: string;
}

/** A clause was asked at a place. */
export interface Asked {
  use: Use;
  place: Place;
  /** The first of its conditions that did not hold; null: all of them did. */
  failed: Failed | null;
}

export interface Failed {
  /** A key of the clause: `when`, `near`. */
  key: keyof UseClause;
  /** Of `when` and `unless`: which argument, and the condition. */
  pick?: string;
  condition?: Condition;
  /** What is there, as far as it is known. */
  found: string;
}

type Picked = { value: Value; span: Span } | 'missing' | null;
/** Where something is evaluated. */
type Site = Pick<Frame, 'closure'>;

/** What a clause's conditions are asked of. */
interface Subject {
  home: Home;
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
  if (uses.length === 0) return;
  const { home } = frame.closure;
  const isOpen = one.call.arguments.some(({ name, value }) => name === '**' || value.kind === 'spread');
  match(run, frame, uses, {
    home,
    span: one.call.span,
    call: sourceOf(home, one.call.of.span, 60),
    pick: (path) => {
      const [first = '', ...fields] = path.split('.');
      const [found] = pickArguments(one, /^\d+$/.test(first) ? Number(first) : first);
      if (!found) return isOpen ? null : 'missing';
      return pickField(found, fields);
    },
  });
}

/** Something that is declared to be a `Function` is not the constructor of that name. */
function isTyped({ name, call: { of, made } }: Evaluated): boolean {
  return !made && /^[A-Z]\w*$/.test(name ?? '') && of.kind === 'name' && of.name !== name;
}

export function matchMade(run: Run, frame: Site, made: Value, span: Span, spans: ReadonlyMap<string, Span>): void {
  const table = run.usesOf(frame.closure.home.module.language).made;
  const uses = [...(table.get(made.name ?? '') ?? []), ...(table.get('*') ?? [])];
  if (uses.length === 0) return;
  const { home } = frame.closure;
  match(run, frame, uses, {
    home,
    span,
    call: made.name?.replace(/^.*\//, '') ?? '',
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
    else if (at.entries && !at.entries.has('*')) return 'missing';
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
    if (failed !== null) continue;
    const { at, secret, when } = use.clause;
    const spot = at === undefined ? null : subject.pick(at);
    const [first] = Object.keys(when);
    const about = spot ?? (first === undefined ? null : subject.pick(first));
    const hidden = secret === undefined ? null : subject.pick(secret);
    run.useHits.push({
      use,
      place,
      at: { path: home.path, span: spot && spot !== 'missing' ? spot.span : span },
      call: subject.call,
      value: about && about !== 'missing' ? (said(about.value) ?? '') : '',
      name: (namesAround(home, span)[0] ?? '').replace(/\(\)$/, ''),
      secrets: hidden && hidden !== 'missing' ? listLiterals(home, hidden.span) : [],
      symbol: symbolOf(frame),
    });
  }
}

function findFailed(run: Run, { clause }: Use, subject: Subject): Failed | null {
  const { home, span } = subject;
  if (clause.file !== undefined && !compiled(clause.file, 'i').test(home.text)) return { key: 'file', found: '' };
  if (clause.notFile !== undefined && compiled(clause.notFile, 'i').test(home.text))
    return { key: 'notFile', found: '' };
  const body = clause.around === undefined && clause.notAround === undefined ? '' : textAround(home, span);
  if (clause.around !== undefined && !compiled(clause.around, 'i').test(body)) return { key: 'around', found: '' };
  if (clause.notAround !== undefined && compiled(clause.notAround, 'i').test(body))
    return { key: 'notAround', found: '' };
  for (const key of ['when', 'unless'] as const)
    for (const [path, condition] of Object.entries(clause[key])) {
      const picked = subject.pick(path);
      if (holds(run, home, picked, condition) !== (key === 'when'))
        return { key, pick: path, condition, found: describePicked(picked) };
    }
  if (clause.near !== undefined || clause.apart !== undefined) {
    const names = namesAround(home, span).join(' ');
    if (clause.near !== undefined && !compiled(clause.near, 'i').test(names)) return { key: 'near', found: names };
    if (clause.apart !== undefined && compiled(clause.apart, 'i').test(names)) return { key: 'apart', found: names };
  }
  if (clause.switched !== undefined) {
    const switched = compiled(clause.switched, 'i');
    const by = listConditions(home.module, span).find((at) => switched.test(home.text.slice(...at)));
    if (by) return { key: 'switched', found: home.text.slice(...by) };
  }
  const missing = clause.inside.find((where) => !isInside(home, span, where));
  if (missing) return { key: 'inside', found: missing };
  return clause.ignored && !isIgnored(home, span) ? { key: 'ignored', found: '' } : null;
}

function describePicked(picked: Picked): string {
  if (picked === 'missing') return 'nothing';
  return (picked && said(picked.value)) || 'something unknown';
}

function isInside(home: Home, span: Span, where: UseClause['inside'][number]): boolean {
  const form = functionAt(home.module, span);
  if (where === 'function') return form !== null && form.id !== 0;
  if (where === 'async') return form?.async ?? false;
  if (where === 'handler') return isInHandler(home, form);
  return form !== null && listAround(form, span).some(({ kind }) => kind === 'loop' || kind === 'each');
}

/** Whether a condition holds of what was picked. What a caller gives matters to it. */
function holds(run: Run, home: Home, picked: Picked, condition: Condition): boolean {
  if (typeof condition === 'object' && 'missing' in condition) return picked === 'missing';
  if (picked === null || picked === 'missing') return false;
  const { value } = picked;
  for (const { parameter } of taintsOf(value))
    if (parameter) run.open.get(parameter.function)?.matters.add(parameter.index);
  if (typeof condition === 'string') return whole(condition, value);
  if (condition.is !== undefined) return whole(condition.is, value);
  if (condition.isNot !== undefined) return isKnown(value) && !whole(condition.isNot, value);
  if (condition.constant) return isConstant(value);
  if (condition.includes !== undefined)
    return [value, ...(value.entries?.values() ?? [])].some((one) => whole(condition.includes ?? '', one));
  if (condition.named !== undefined) return isNamed(condition.named, picked, home);
  if (condition.unknown)
    return value.constant === undefined && value.pieces.some((piece) => piece.kind === 'hole' && !piece.fixed);
  const { item } = condition;
  if (item !== undefined) return [...(value.entries?.values() ?? [])].some((one) => whole(item, one));
  if (condition.returns !== undefined) return returnsOnly(value, condition.returns);
  if (condition.shorter !== undefined) {
    const text = constantText(value);
    return text !== null && text.length < condition.shorter;
  }
  if (typeof value.constant !== 'number') return false;
  if (condition.below !== undefined) return value.constant < condition.below;
  if (condition.above !== undefined) return value.constant > condition.above;
  return condition.bits !== undefined && (value.constant & condition.bits) !== 0;
}

/** `() => true`, `func(…) error { return nil }` */
function returnsOnly({ functions }: Value, pattern: string): boolean {
  const matches = compiled(`^(?:${pattern})$`, 'i');
  return (
    functions.length > 0 &&
    functions.every(({ form }) => {
      const results = listReturns(form.body);
      return results.length > 0 && results.every((one) => one !== null && matches.test(one));
    })
  );
}

/** What a function gives back, each where it is constant. */
function listReturns(body: readonly Statement[]): (string | null)[] {
  return body.flatMap((one) => {
    if (one.kind === 'return') return [constantOf(one.value)];
    if (one.kind === 'throw') return [null];
    return Object.values(one).flatMap((part) => (Array.isArray(part) ? listReturns(part as Statement[]) : []));
  });
}

function constantOf(value: Expression | null): string | null {
  if (value?.kind === 'list') return constantOf(value.items[0] ?? null);
  return value?.kind === 'value' || value?.kind === 'text' ? String(value.value) : null;
}

/** A text, or a list of constants: the bytes of one. */
function isConstant(value: Value): boolean {
  if (!value.entries) return (constantText(value) ?? '') !== '';
  const items = [...value.entries].filter(([key]) => key !== '*');
  return (
    items.length > 0 &&
    items.length === value.entries.size &&
    items.every(([key, item]) => /^\d+$/.test(key) && (item.constant !== undefined || constantText(item) !== null))
  );
}

function isNamed(pattern: string, { value, span }: { value: Value; span: Span }, home: Home): boolean {
  const names = value.pieces.flatMap((piece) => (piece.kind === 'hole' ? [piece.name] : []));
  return [sourceOf(home, span, MOST_WRITTEN), ...names].some((name) => compiled(pattern, 'i').test(name));
}

/** As much of an argument as is looked at for a name. */
const MOST_WRITTEN = 400;
const MOST_AROUND = 20_000;

function textAround(home: Home, span: Span): string {
  const [start, end] = functionAt(home.module, span)?.span ?? span;
  return home.text.slice(start, Math.min(end, start + MOST_AROUND));
}

/** Texts between quotes: what is not a literal, a name, is no credential itself. */
function listLiterals(home: Home, [start, end]: Span): Span[] {
  return [...home.text.slice(start, end).matchAll(/(["'`])(?:(?!\1)[^\\]|\\[\s\S])*\1/g)].map(({ 0: text, index }) => [
    start + index,
    start + index + text.length,
  ]);
}

function isKnown(value: Value): boolean {
  return (
    value.constant !== undefined || constantText(value) !== null || (value.name !== null && !value.name.endsWith('()'))
  );
}

function whole(pattern: string, value: Value): boolean {
  const said = [value.constant !== undefined ? String(value.constant) : constantText(value), value.name];
  return said.some((text) => text !== null && compiled(`^(?:${pattern})$`, 'i').test(text));
}

function said(value: Value): string | null {
  if (value.constant !== undefined) return String(value.constant);
  const text = textOf(value);
  return text === '\0' ? value.name : text.replaceAll('\0', '…');
}

/** What a value is called where it stands: nearest first; then the functions around it: `makeToken()`. */
function namesAround(home: Home, span: Span): string[] {
  const names: string[] = [];
  const form = functionAt(home.module, span);
  if (!form) return names;
  for (const one of listAround(form, span).reverse()) {
    if (one.kind === 'entry' || one.kind === 'argument') names.push(one.name);
    if (one.kind !== 'set') continue;
    if (one.target.kind === 'name' || one.target.kind === 'field') names.push(one.target.name);
    if (one.target.kind === 'index' && one.target.by.kind === 'text') names.push(one.target.by.value);
  }
  for (let at: typeof form | undefined = form; at; at = home.module.functions[at.parent ?? -1])
    if (at.name !== '') names.push(`${at.name}()`);
  return names;
}

/** `save(x);`, `await save(x);`, `_ = save(x)`. */
function isIgnored(home: Home, span: Span): boolean {
  const form = functionAt(home.module, span);
  const around = form ? listAround(form, span) : [];
  const outer = around.filter(({ kind }) => kind !== 'await').at(-2);
  return outer?.kind === 'do';
}
