import type { QueryModel } from '../flows/fact-keys.ts';
import { placeOf, symbolOf } from '../flows/run.ts';
import type { Home } from '../flows/value.ts';
import { concatValues, flatValue, skeletonOf, type Value } from '../flows/value.ts';
import type { Span } from '../languages/form.ts';
import type { Query } from './facts.ts';
import { find, idOf, type Look, noteMatters, siteOf, withId } from './look.ts';
import { numberAt, pickAll, pickAt, textAt } from './read-argument.ts';
import { readSql } from './read-sql.ts';

export interface NotedQuery extends Omit<Query, 'place'> {
  home: Home;
  span: Span;
}

export interface Queries {
  note(look: Look, result: Value): Value;
  list(): readonly NotedQuery[];
}

/** Queries: texts of SQL that come to a call which runs them, and calls of mappers and builders. */
export function createQueries(): Queries {
  const all = new Map<string, NotedQuery>();
  /** What the further calls on a query are called. */
  const chains = new Map<string, string>();
  return {
    note(look, result) {
      const chained = noteCall(all, chains, look, result);
      if (chained) return chained;
      noteText(all, look);
      return result;
    },
    list: () => [...all.values()].filter(({ tables }) => tables.length > 0),
  };
}

function noteText(all: Map<string, NotedQuery>, look: Look): void {
  const { one, frame, run } = look;
  const { home } = frame.closure;
  const isTagged = home.text[one.call.of.span[1]] === '`';
  const values = isTagged ? [concatValues(one.args.list, placeOf(home, one.call.span))] : textsOf(look);
  for (const value of values) {
    const statement = readSql(skeletonOf(flatValue(value)));
    if (!statement) continue;
    noteMatters(run, [value]);
    const key = `${siteOf(look)} ${statement.operation}`;
    const known = all.get(key);
    const noted = {
      ...statement,
      home,
      span: one.call.span,
      function: symbolOf(frame),
      transaction: false,
    };
    all.set(key, known ? mergeQueries(known, noted) : noted);
  }
}

function textsOf(look: Look): Value[] {
  const sinks = look.models.sinks('sql');
  const { one } = look;
  const found = find(look, sinks) ?? sinks(`?.${one.method}`);
  if (!found) return [];
  const { argument, fields } = found.model;
  return pickAll(one, argument).flatMap(({ value }) =>
    fields && value.entries ? fields.flatMap((field) => value.entries?.get(field) ?? []) : [value],
  );
}

/** Calls of mappers and builders. Null: it is none. */
function noteCall(all: Map<string, NotedQuery>, chains: Map<string, string>, look: Look, result: Value): Value | null {
  const { one, frame, run, models } = look;
  if (!models.query.has) return null;
  const id = idOf(one.receiver);
  const before = id === null ? undefined : all.get(id);
  const chain = id === null ? undefined : chains.get(id);
  const found = chain === undefined ? find(look, models.query) : models.query(`${chain}.${one.method}`);
  if (!found) return before && id !== null && result.entries === null ? withId(result, id) : null;
  const { model } = found;
  noteMatters(run, [one.receiver, ...one.args.list, ...one.args.named.values()]);
  const key = before && id !== null ? id : siteOf(look);
  const read = readCall(look, model, found.star);
  const noted: NotedQuery = {
    ...read,
    home: frame.closure.home,
    span: one.call.span,
    function: symbolOf(frame),
    transaction: false,
  };
  const known = all.get(key);
  all.set(key, known ? mergeQueries(known, noted, model) : noted);
  if (model.chain !== undefined) chains.set(key, model.chain);
  return withId(result, key);
}

function readCall(
  look: Look,
  model: QueryModel,
  star: string | null,
): Omit<NotedQuery, 'home' | 'span' | 'function' | 'transaction'> {
  const { one, root } = look;
  const table =
    model.table === '*'
      ? star
      : model.table === 'class'
        ? (root?.form.name ?? null)
        : tableOf(pickAll(one, model.table)[0]?.value);
  const { names: filter, open } = columnsOf(look, model.filter);
  const limit = model.limit === undefined ? null : pickAt(one, model.limit)[0]?.value;
  return {
    operation: model.operation ?? 'select',
    tables: table === null ? [] : [table],
    columns: columnsOf(look, model.columns).names,
    filter,
    open,
    limit: model.one ? 1 : limit ? (numberAt(limit) ?? 'given') : null,
    lock: model.lock ? 'update' : null,
  };
}

/** A text, or the class of a mapper: what stands for the table. */
function tableOf(value: Value | undefined): string | null {
  const text = textAt(value);
  if (text !== null && text !== '') return text.replace(/\s+(?:as\s+)?\w+$/i, '');
  if (!value) return null;
  const item = value.entries?.get('*') ?? value;
  return item.of?.class.form.name ?? (item.type?.type.kind === 'named' ? item.type.type.name : null);
}

/**
 * Names of columns, as people give them to mappers: the keys of an object, keyword arguments (`owner__id`), a list of texts, a
 * condition in SQL (`owner = ?`).
 */
function columnsOf(look: Look, ats: QueryModel['filter']): { names: string[]; open: boolean } {
  const names: string[] = [];
  let open = false;
  for (const at of ats === undefined ? [] : [ats].flat()) {
    if (at === 'named') {
      names.push(
        ...[...look.one.args.named.keys()].filter((key) => key !== '**').map((key) => key.replace(/__.*/, '')),
      );
      open ||= look.one.args.named.has('**');
      continue;
    }
    for (const { value } of pickAt(look.one, at)) {
      const found = columnsOfValue(value);
      names.push(...found.names);
      open ||= found.open;
    }
  }
  return { names: [...new Set(names)], open };
}

function columnsOfValue(value: Value): { names: string[]; open: boolean } {
  if (value.entries) {
    const keys = [...value.entries.keys()].filter((key) => !key.startsWith('#'));
    const isList = keys.length > 0 && keys.every((key) => /^(?:\d+|\*)$/.test(key));
    const inner = [...value.entries].filter(([key]) => isList || /^(?:AND|OR|NOT|and|or|not|\$and|\$or)$/.test(key));
    const all = inner.map(([, one]) => columnsOfValue(one));
    const own = isList ? [] : keys.filter((key) => key !== '*' && !inner.some(([name]) => name === key));
    return {
      names: [...own, ...all.flatMap(({ names }) => names)],
      open: value.entries.has('*') || all.some(({ open }) => open),
    };
  }
  const text = textAt(value);
  if (text === null || text === '') return { names: [], open: value.constant === undefined };
  const condition = readSql(`select * from t where ${skeletonOf(value)}`);
  if (condition && condition.filter.length > 0) return { names: [...condition.filter], open: condition.open };
  return { names: /^[\w.]+$/.test(text) ? [text.split('.').at(-1) ?? text] : [], open: text.includes('…') };
}

/** Whatever one of the ways to it says: a condition that stands there on one of them is no missing one. */
function mergeQueries(a: NotedQuery, b: NotedQuery, model?: QueryModel): NotedQuery {
  const join = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])];
  const tables = join(a.tables, b.tables);
  return {
    ...a,
    operation: model?.operation ?? (model ? a.operation : b.operation),
    tables: tables.length > 1 ? tables.filter((one) => one !== '…') : tables,
    columns: join(a.columns, b.columns),
    filter: join(a.filter, b.filter),
    open: a.open || b.open,
    limit: b.limit ?? a.limit,
    lock: b.lock ?? a.lock,
  };
}
