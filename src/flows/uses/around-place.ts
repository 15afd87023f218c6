import { type Around, functionAt, functionsAround, listAround } from '../../languages/enclosing.ts';
import type { FunctionForm, Module, Parameter, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, listBlocks } from '../../languages/visit-expressions.ts';
import { lineBefore } from '../../text/line-before.ts';
import { compiled } from '../data/compiled.ts';
import type { UseClause } from '../data/use-clause.ts';
import { isInConsumer } from '../requests/is-consumer.ts';
import { isInHandler } from '../requests/is-handler.ts';
import { servesRequest } from '../requests/serves-request.ts';
import type { Home } from '../values/value.ts';

/** Without the blanks at the ends of lines: there stood comments. */
const trimLines = (text: string): string => text.replace(/(?<![ \t])[ \t]+(?=\r?\n)/g, '');

/** Of a file, or of a function: whether its text matches a pattern. Thousands of calls of one file ask the same. */
type Answers = WeakMap<object, Map<string, boolean>>;
const ofCode: Answers = new WeakMap();
const ofWritten: Answers = new WeakMap();

function ask(of: object, pattern: string, text: () => string, answers = ofCode): boolean {
  const known = answers.get(of) ?? new Map<string, boolean>();
  answers.set(of, known);
  const answer = known.get(pattern) ?? compiled(pattern, 'i').test(trimLines(text()));
  known.set(pattern, answer);
  return answer;
}

export function saysFile(home: Home, pattern: string): boolean {
  return ask(home, pattern, () => home.text);
}

const MOST_AROUND = 20_000;

/** The text of the function around a place. */
export function saysAround(home: Home, span: Span, pattern: string): boolean {
  const form = functionAt(home.module, span);
  const textOf = ([start, end]: Span): string => home.text.slice(start, Math.min(end, start + MOST_AROUND));
  return form ? ask(form, pattern, () => textOf(form.span)) : compiled(pattern, 'i').test(trimLines(textOf(span)));
}

/** That text, or a comment in it. */
export function isSaidAround(home: Home, span: Span, pattern: string): boolean {
  const form = functionAt(home.module, span);
  const textOf = ([start, end]: Span): string => home.written.slice(start, Math.min(end, start + MOST_AROUND));
  return form ? ask(form, pattern, () => textOf(form.span), ofWritten) : compiled(pattern, 'i').test(textOf(span));
}

/** The text of one of the decorators of the functions around a place. */
export function isDecorated(home: Home, span: Span, pattern: string): boolean {
  const form = functionAt(home.module, span);
  const isOne = compiled(pattern, 'i');
  return functionsAround(home.module, form).some(({ decorators }) =>
    decorators.some(({ span: [start, end] }) => isOne.test(home.text.slice(start, Math.min(end, start + MOST_AROUND)))),
  );
}

/** The text of the function around a place, as far as it stands before or behind that. */
export function saysBeside(home: Home, span: Span, side: 'before' | 'behind', pattern: string): boolean {
  const form = functionAt(home.module, span);
  if (!form) return false;
  const [start, end] = side === 'before' ? [form.span[0], span[0]] : [span[1], form.span[1]];
  return compiled(pattern, 'i').test(trimLines(home.text.slice(start, Math.min(end, start + MOST_AROUND))));
}

export function isInside(home: Home, span: Span, where: UseClause['inside'][number]): boolean {
  const form = functionAt(home.module, span);
  if (where === 'function') return form !== null && form.id !== 0;
  if (where === 'async') return form?.async ?? false;
  if (where === 'handler') return isInHandler(home, form);
  if (where === 'request') return servesRequest(home, form);
  if (where === 'cancellable') return form?.parameters.some((one) => isContext(home, one)) ?? false;
  if (where === 'consumer') return isInConsumer(home, form);
  if (where === 'concurrent') return form !== null && isConcurrent(home, form);
  if (where === 'outliving') return form !== null && outlives(home, form, span);
  const around = form ? listAround(form, span) : [];
  if (where === 'unwaited') return around.findLast((one) => STATEMENTS.has(one.kind))?.kind === 'do';
  if (where === 'straight') return form !== null && !around.some((one) => BRANCHES.has(one.kind) || isCatch(one));
  if (where === 'parting') return form !== null && parts(form.body, span, false);
  return around.some((one) => stands(one, where));
}

/** Within the innermost loop, a block around the place ends by leaving the function: there is no further pass. */
function parts(body: readonly Statement[], span: Span, isInLoop: boolean): boolean {
  const at = body.find((one) => holds(one.span, span));
  if (!at) return false;
  if (at.kind === 'loop') return parts(at.body, span, true);
  const leaves = isInLoop && /^(?:return|throw)$/.test(body.at(-1)?.kind ?? '');
  return leaves || listBlocks(at).some((block) => parts(block, span, isInLoop));
}

const CONTEXT =
  /^(?:context\.Context|http\.Request|gin\.Context|echo\.Context|fiber\.Ctx|connect\.Request|\w+\.\w+_\w+Server)$/;

function isContext(home: Home, { name, type }: Parameter): boolean {
  return name !== '_' && type?.kind === 'named' && CONTEXT.test(canonicalType(home, type.name));
}

/** A type of another package of Go by that package's own name: Beego has a package `context` as well. */
function canonicalType({ module: { imports } }: Home, name: string): string {
  const [local = '', type] = name.split('.');
  const imported = imports.find((one) => one.local === local);
  if (!imported || type === undefined) return name;
  return imported.module === 'context' || local === 'context' ? `${imported.module}.${type}` : name;
}

const STATEMENTS: ReadonlySet<string> = new Set(['set', 'do', 'return', 'throw', 'if', 'switch', 'loop']);

/** `job := start(context.Background())`, and further on `go job.run()`. */
function outlives(home: Home, form: FunctionForm, [start]: Span): boolean {
  const line = lineBefore(home.text, start);
  const [, written = ''] = /^\s*((?:\w+, *)*\w+) *:?=[^=]/.exec(line) ?? [];
  const names = written.split(/, */).filter((name) => name !== '' && name !== '_' && name !== 'err');
  if (names.length === 0) return false;
  const used = new RegExp(`\\b(?:${names.join('|')})\\b`);
  const isUsed = (body: readonly Statement[]): boolean =>
    body.some((one) =>
      one.kind === 'do' && one.when === 'go' ? used.test(home.text.slice(...one.span)) : isUsed(blocksOf(one)),
    );
  return isUsed(form.body);
}

const WAITS = /\.Wait\(|<-|\bselect\b|\brange\b/;

/** `go func() { … }()`, and nothing behind it in the function around waits. */
function isConcurrent(home: Home, form: FunctionForm): boolean {
  const outer = form.parent === null ? undefined : home.module.functions[form.parent];
  if (!outer) return false;
  const go = listAround(outer, form.span).findLast((one) => one.kind === 'do' && one.when === 'go');
  const isCalled = go?.kind === 'do' && go.value.kind === 'call' && go.value.of.kind === 'function';
  return isCalled ? !WAITS.test(home.text.slice(go.span[1], outer.span[1])) : isConcurrent(home, outer);
}

const BRANCHES: ReadonlySet<string> = new Set(['if', 'switch', 'loop', 'choice', 'each']);

/** A part of a `try`, which has no kind of its own. */
function isCatch(one: object): boolean {
  return 'types' in one && 'body' in one;
}

function stands(one: Around, where: 'loop' | 'endless' | 'catch' | 'deferred' | 'beside'): boolean {
  if (where === 'catch') return isCatch(one);
  if (where === 'deferred') return one.kind === 'do' && one.when === 'defer';
  if (where === 'beside') return one.kind === 'do' && one.when === 'go';
  if (where === 'loop') return one.kind === 'loop' || one.kind === 'each';
  if (one.kind !== 'loop' || one.over !== null) return false;
  return one.test === null || (one.test.kind === 'value' && one.test.value !== false && one.test.value !== 0);
}

/** `save(x);`: nobody waits for what it begins. */
export function isFloating(home: Home, span: Span): boolean {
  return listCalls(home.module).has(span.join());
}

/** Calls that are statements. */
const listCalls = memo((module: Module): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (body: readonly Statement[]): void => {
    for (const one of body) {
      // Of `_ = save()` somebody says that it is meant.
      if (one.kind === 'do' && one.when === 'now' && one.value.kind === 'call' && one.span[0] === one.value.span[0])
        found.add(one.value.span.join());
      visit(blocksOf(one));
    }
  };
  for (const { body } of module.functions) visit(body);
  return found;
});

/** `Array.from({ length: 6 }, () => digit())`: what the function gives is an item of what the call makes. */
function makesItem({ text }: Home, { name, body, span }: FunctionForm): boolean {
  return (
    name === '' &&
    body.length === 1 &&
    body[0]?.kind === 'return' &&
    /(?:\bArray\.from\(\s*\{[^{}()]{0,40}\},|\.map\()\s*$/.test(text.slice(Math.max(0, span[0] - 80), span[0]))
  );
}

/** What a value is called where it stands: nearest first; then the functions around it: `makeToken()`. */
export function namesAround(home: Home, span: Span): string[] {
  const names: string[] = [];
  const form = functionAt(home.module, span);
  if (!form) return names;
  const push = (around: FunctionForm, at: Span): void => {
    for (const one of listAround(around, at).reverse()) {
      if (one.kind === 'entry' || one.kind === 'argument') names.push(one.name);
      if (one.kind !== 'set') continue;
      if (one.target.kind === 'name' || one.target.kind === 'field') names.push(one.target.name);
      if (one.target.kind === 'index' && one.target.by.kind === 'text') names.push(one.target.by.value);
    }
  };
  push(form, span);
  const outer = form.parent === null ? undefined : home.module.functions[form.parent];
  if (outer && outer !== form && makesItem(home, form)) push(outer, form.span);
  for (const { name } of functionsAround(home.module, form)) if (name !== '') names.push(`${name}()`);
  return names;
}

/** `save(x);`, `await save(x);`, `_ = save(x)`. */
export function isIgnored(home: Home, span: Span): boolean {
  const form = functionAt(home.module, span);
  const around = form ? listAround(form, span) : [];
  const outer = around.filter(({ kind }) => kind !== 'await').at(-2);
  return outer?.kind === 'do';
}
