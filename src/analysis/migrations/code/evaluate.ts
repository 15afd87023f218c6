import type { Expression, Module, Span } from '../../../languages/form.ts';
import { decideBranches } from './decide-branches.ts';
import type { Known, KnownCall, Scope } from './known.ts';

/** The deepest nesting of values that is read; a migration has a few levels. */
const DEEPEST = 60;
/** The most items of a list that are read. */
const MOST_ITEMS = 2000;
/** Characters of a text that is put together: more is data. */
const LONGEST = 100_000;

export interface Source {
  module: Module;
  text: string;
}

/** What an expression is by the file that it stands in: constants, names of imports, calls with their arguments. */
export function evaluate(source: Source, expression: Expression, scope: Scope, depth = 0): Known {
  const { span } = expression;
  const unknown: Known = { kind: 'unknown', span };
  if (depth > DEEPEST) return unknown;
  const read = (one: Expression): Known => evaluate(source, one, scope, depth + 1);
  switch (expression.kind) {
    case 'text':
      return { kind: 'text', value: expression.value, exact: findExact(source.text, expression.value, span), span };
    case 'value':
      return { kind: 'value', value: expression.value, span };
    case 'name':
      return readName(source.module, expression.name, scope) ?? { kind: 'name', name: expression.name, span };
    case 'field': {
      const of = read(expression.of);
      const entry = of.kind === 'map' ? of.entries.get(expression.name) : undefined;
      return entry ?? { kind: 'field', of, name: expression.name, span };
    }
    case 'index': {
      const [of, by] = [read(expression.of), read(expression.by)];
      if (of.kind === 'map' && by.kind === 'text') return of.entries.get(by.value) ?? unknown;
      if (of.kind === 'list' && by.kind === 'value' && typeof by.value === 'number')
        return of.items[by.value] ?? unknown;
      return unknown;
    }
    case 'call': {
      const of = read(expression.of);
      const given = expression.arguments.map(({ name, value }) => ({ name, value: read(value) }));
      const [template, ...values] = given;
      if (template && of.kind === 'field' && of.name === 'Sprintf' && of.of.kind === 'name' && of.of.name === 'fmt')
        return fillFormat(template.value, values, span);
      return { kind: 'call', of, arguments: given, span };
    }
    case 'list':
      return listOf(
        expression.items.map((one) => {
          const item = read(one.kind === 'spread' ? one.of : one);
          return one.kind === 'spread' && item.kind === 'list' ? item.items : [item];
        }),
        span,
      );
    case 'map': {
      const entries = new Map<string, Known>();
      for (const { key, value } of expression.entries) {
        const known = read(value);
        const name = key === null ? null : readKey(read(key));
        if (name !== null) entries.set(name, known);
        else if (key === null && known.kind === 'map') for (const [one, item] of known.entries) entries.set(one, item);
      }
      return { kind: 'map', entries, span };
    }
    case 'concat': {
      // Each part once: of sums in sums, twice would be twice as often for each of them.
      const parts = expression.parts.map(read);
      const lists = parts.map((one, index) => (expression.parts[index]?.kind === 'text' ? null : one));
      if (lists.every((one) => one?.kind === 'list'))
        return listOf(
          lists.map((one) => (one.kind === 'list' ? one.items : [])),
          span,
        );
      return joinTexts(source, expression.parts, parts, span);
    }
    case 'format':
      return fillFormat(
        read(expression.template),
        expression.values.map(({ name, value }) => ({ name, value: read(value) })),
        span,
      );
    case 'tagged': {
      const tag = read(expression.tag);
      const text = joinTexts(source, expression.parts, expression.parts.map(read), span);
      return { kind: 'call', of: tag, arguments: [{ name: null, value: text }], span };
    }
    case 'choice':
      if (expression.test !== null) {
        const { yes, no } = decideBranches(source.text.slice(...expression.test.span));
        return yes === no ? unknown : read(yes ? expression.yes : expression.no);
      }
      return read(expression.yes);
    case 'await':
    case 'cast':
      return read(expression.of);
    case 'function':
      return { kind: 'function', id: expression.id, scope, span };
    default:
      return unknown;
  }
}

/** Lists put together; one that doubles in each line is not followed. */
function listOf(parts: readonly (readonly Known[])[], span: Span): Known {
  const count = parts.reduce((sum, items) => sum + items.length, 0);
  return count > MOST_ITEMS ? { kind: 'unknown', span } : { kind: 'list', items: parts.flat(), span };
}

function readName(module: Module, name: string, scope: Scope): Known | null {
  for (let at: Scope | null = scope; at; at = at.around) {
    const known = at.names.get(name);
    if (known) return known;
  }
  const found = module.imports.find(({ local }) => local === name);
  if (!found) return null;
  const full = found.name === '*' || found.name === 'default' ? found.module : `${found.module}.${found.name}`;
  return { kind: 'name', name: full, span: found.span };
}

function readKey(key: Known): string | null {
  return key.kind === 'text' ? key.value : key.kind === 'name' ? key.name : null;
}

/** Where the file holds the very text: escapes and indents that were resolved leave none. */
function findExact(text: string, value: string, [start, end]: Span): number | null {
  const at = text.slice(start, end).indexOf(value);
  return value === '' || at === -1 ? null : start + at;
}

/** What is not known of a text is written as a placeholder of it, which the reader of SQL takes for a name. */
function joinTexts(source: Source, parts: readonly Expression[], values: readonly Known[], span: Span): Known {
  const texts = parts.map((part, index) => {
    const known: Known = values[index] ?? { kind: 'unknown', span };
    if (known.kind === 'text') return known.value;
    if (known.kind === 'value') return String(known.value);
    if (
      known.kind === 'call' &&
      known.arguments.length === 1 &&
      known.arguments[0]?.value.kind === 'text' &&
      isQuoting(known)
    )
      return known.arguments[0].value.value;
    const name = source.text
      .slice(...part.span)
      .replace(/\W+/g, '_')
      .slice(0, 40);
    return `\${${name}}`;
  });
  const isKnown = parts.some(({ kind }) => kind === 'text');
  const value = texts.join('');
  return isKnown && value.length <= LONGEST ? { kind: 'text', value, exact: null, span } : { kind: 'unknown', span };
}

/** `str(x)`, `sa.text(x)`. */
function isQuoting({ of }: KnownCall): boolean {
  return of.kind === 'name' && /(?:^|\.)(?:str|String|text)$/.test(of.name);
}

const FORMAT = /%(?:\((\w+)\))?[sdrvq]/g;

function fillFormat(template: Known, values: readonly { name: string | null; value: Known }[], span: Span): Known {
  if (template.kind !== 'text') return { kind: 'unknown', span };
  let next = 0;
  const value = template.value.replace(FORMAT, (mark, name: string | undefined) => {
    const found = name === undefined ? values[next++] : values.find((one) => one.name === name);
    if (found?.value.kind === 'text') return found.value.value;
    return found?.value.kind === 'value' ? String(found.value.value) : `\${p_${name ?? mark.length + next}}`;
  });
  return value.length <= LONGEST ? { kind: 'text', value, exact: null, span } : { kind: 'unknown', span };
}
