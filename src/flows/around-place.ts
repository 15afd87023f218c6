import { functionAt, listAround } from '../languages/enclosing.ts';
import type { Span } from '../languages/form.ts';
import { compiled } from './compiled.ts';
import { isInHandler } from './is-handler.ts';
import type { UseClause } from './use-clause.ts';
import type { Home } from './value.ts';

/** Of a file, or of a function: whether its text matches a pattern. Thousands of calls of one file ask the same. */
const answers = new WeakMap<object, Map<string, boolean>>();

function ask(of: object, pattern: string, text: () => string): boolean {
  const known = answers.get(of) ?? new Map<string, boolean>();
  answers.set(of, known);
  const answer = known.get(pattern) ?? compiled(pattern, 'i').test(text());
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
  return form ? ask(form, pattern, () => textOf(form.span)) : compiled(pattern, 'i').test(textOf(span));
}

export function isInside(home: Home, span: Span, where: UseClause['inside'][number]): boolean {
  const form = functionAt(home.module, span);
  if (where === 'function') return form !== null && form.id !== 0;
  if (where === 'async') return form?.async ?? false;
  if (where === 'handler') return isInHandler(home, form);
  return form !== null && listAround(form, span).some(({ kind }) => kind === 'loop' || kind === 'each');
}

/** What a value is called where it stands: nearest first; then the functions around it: `makeToken()`. */
export function namesAround(home: Home, span: Span): string[] {
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
export function isIgnored(home: Home, span: Span): boolean {
  const form = functionAt(home.module, span);
  const around = form ? listAround(form, span) : [];
  const outer = around.filter(({ kind }) => kind !== 'await').at(-2);
  return outer?.kind === 'do';
}
