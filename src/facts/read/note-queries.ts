import type { At, QueryModel } from '../../flows/data/fact-keys.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import { type Evaluated, noteMatters, placeOf, sourceOf, symbolOf } from '../../flows/run/run.ts';
import { concatValues } from '../../flows/values/concat-values.ts';
import type { Closure, Home, Value } from '../../flows/values/value.ts';
import { skeletonOf } from '../../flows/values/value-key.ts';
import { flatValue } from '../../flows/values/values.ts';
import type { Expression, FunctionForm, Statement as Line, Span } from '../../languages/form.ts';
import { blocksOf, partsOf } from '../../languages/visit-expressions.ts';
import { lastPart } from '../../text/last-part.ts';
import type { Query } from '../facts.ts';
import type { Transactions } from '../queries/transactions.ts';
import { find, idOf, type Look, siteOf, withId } from './look.ts';
import { numberAt, pickAll, textAt } from './read-argument.ts';
import { readSql, type Statement } from './read-sql.ts';

export interface NotedQuery extends Omit<Query, 'place' | 'within' | 'through'> {
  home: Home;
  span: Span;
  within: Span;
  /** The function around it. */
  form: FunctionForm;
}

export interface Queries {
  note(look: Look, result: Value): Value;
  list(): readonly NotedQuery[];
}

interface Kept {
  query: NotedQuery;
  /** What the further calls on it are called. */
  chain: string | null;
  /** The functions that have led to it. */
  open: ReadonlySet<FunctionForm>;
}

/** Queries: texts of SQL that come to a call which runs them, and calls of mappers and builders. */
export function createQueries(transactions: Transactions): Queries {
  const all = new Map<string, Kept>();
  return {
    note(look, result) {
      transactions.note(look);
      const chained = noteCall(all, look, result);
      if (chained) return chained;
      noteText(all, transactions, look);
      return result;
    },
    list: () =>
      [...all.values()]
        .filter(({ query }) => query.tables.length > 0)
        .map(({ query, open }) => ({
          ...query,
          transaction: query.transaction || transactions.has(query.home, query.span, [...open]),
        })),
  };
}

function noteText(all: Map<string, Kept>, transactions: Transactions, look: Look): void {
  const { one, frame, run } = look;
  const { home, form } = frame.closure;
  const isTagged = home.text[one.call.of.span[1]] === '`';
  const values = isTagged ? [concatValues(one.args.list, placeOf(home, one.call.span))] : textsOf(look);
  for (const value of values) {
    const text = skeletonOf(flatValue(value));
    if (/^\s*(?:begin|start\s+transaction)\b/i.test(text)) transactions.begin(form);
    const statement = readSql(text);
    if (!statement) continue;
    noteMatters(run, [value]);
    keep(all, `${siteOf(look)} ${statement.operation}`, look, statement, null);
  }
}

function keep(all: Map<string, Kept>, key: string, look: Look, read: Statement, model: QueryModel | null): void {
  const { one, frame, models } = look;
  const { home, form } = frame.closure;
  const of = one.receiver?.name ?? null;
  const transaction = of !== null && models.transactionType(of) !== null;
  const query = { ...read, transaction, function: symbolOf(frame), home, span: one.call.span, within: form.span, form };
  const known = all.get(key);
  all.set(key, {
    query: known ? mergeQueries(known.query, query, model) : query,
    chain: model?.chain ?? known?.chain ?? null,
    open: new Set([...(known?.open ?? []), ...frame.open, form]),
  });
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
function noteCall(all: Map<string, Kept>, look: Look, result: Value): Value | null {
  const { one, run, models } = look;
  if (!models.query.has) return null;
  const id = idOf(one.receiver);
  const before = id === null ? undefined : all.get(id);
  const found = before?.chain ? models.query(`${before.chain}.${one.method}`) : find(look, models.query);
  // Whatever else is called on it leaves it what it is.
  if (!found) return before && id !== null && result.functions.length === 0 ? withId(result, id) : null;
  const { model } = found;
  const read = readCall(look, model, found.star, before?.query.tables ?? null);
  if (!read) return null;
  noteMatters(run, [one.receiver, ...one.args.list, ...one.args.named.values()]);
  const key = before && id !== null ? id : siteOf(look);
  keep(all, key, look, read, model);
  return withId(result, key);
}

/** Null: it begins no query, such as a call of this name with a text of SQL. */
function readCall(
  look: Look,
  model: QueryModel,
  star: string | null,
  known: readonly string[] | null,
): Statement | null {
  const { one } = look;
  const table = model.table === undefined ? null : tableOf(look, [model.table].flat(), star);
  if (model.table !== undefined && table === null && !known && model.chain === undefined) return null;
  const { names, open: isOpen } = columnsOf(look, model.filter, table ?? known?.[0] ?? null);
  const byKey =
    names.length === 0 &&
    model.key !== undefined &&
    typeof model.filter === 'number' &&
    pickAt(one, model.filter).length > 0;
  const [filter, open] = byKey ? [[model.key ?? ''], false] : [names, isOpen];
  const limit = model.limit === undefined ? null : pickAt(one, model.limit)[0]?.value;
  return {
    operation: model.operation ?? 'select',
    tables: table === null ? [] : [table],
    columns: columnsOf(look, model.columns, table).names,
    filter,
    open,
    limit: model.one ? 1 : limit ? (numberAt(limit) ?? 'given') : null,
    lock: model.lock ? 'update' : null,
  };
}

function tableOf(look: Look, ats: readonly At[], star: string | null): string | null {
  for (const at of ats) {
    const found = tableAt(look, at, star);
    if (found !== null) return found;
  }
  return null;
}

/** `var orders []Order`, of which no item is known yet. */
function declaredType(statements: readonly Line[], written: string): string | null {
  for (const one of statements) {
    const inner = declaredType(blocksOf(one), written);
    if (inner !== null) return inner;
    if (one.kind !== 'set' || one.target.kind !== 'name' || one.target.name !== written.replace(/^&/, '')) continue;
    const type = one.type?.kind === 'list' ? one.type.of : one.type;
    if (type?.kind === 'named') return lastPart(type.name);
  }
  return null;
}

/** `Author.objects.get(…)`, of a class in a file that is not there. */
function managed({ call: { of } }: Evaluated): string | null {
  const manager = of.kind === 'field' ? of.of : null;
  if (manager?.kind !== 'field' || manager.name !== 'objects' || manager.of.kind !== 'name') return null;
  return /^[A-Z]\w*$/.test(manager.of.name) ? manager.of.name : null;
}

/** `private readonly notes: Repository<Note>`, a field or what the constructor of the class is given. */
function rowOf({ home: { module }, form: { owner } }: Closure, name: string): string | null {
  const of = owner === null ? undefined : module.classes[owner];
  const given = of?.methods.flatMap((id) => {
    const one = module.functions[id];
    return one?.role === 'constructor' ? one.parameters : [];
  });
  const type = [...(of?.fields ?? []), ...(given ?? [])].find((one) => one.name === name)?.type;
  const [row] = type?.kind === 'named' ? type.of : [];
  return row?.kind === 'named' ? row.name : null;
}

/** `db.collection('orders')`, `db["orders"]`: the name that is written there. */
function collectionOf(of: Expression): string | null {
  if (of.kind === 'index') return of.by.kind === 'text' ? of.by.value : null;
  if (of.kind !== 'call' || of.of.kind !== 'field' || !/^(?:get_?)?collection$/i.test(of.of.name)) return null;
  const [first] = of.arguments;
  return first?.value.kind === 'text' ? first.value.value : null;
}

/** A text, or the class of a mapper: what stands for the table. */
function tableAt({ one, root, frame }: Look, at: At, star: string | null): string | null {
  if (at === '*') return star;
  if (at === 'class') return root?.form.name ?? managed(one);
  const { home } = frame.closure;
  if (at === 'receiver') {
    const of = one.call.of.kind === 'field' ? one.call.of.of : null;
    const collection = of ? collectionOf(of) : null;
    if (collection !== null) return collection;
    const name = of?.kind === 'field' || of?.kind === 'name' ? of.name : null;
    const row = name === null ? null : rowOf(frame.closure, name);
    if (row !== null) return row;
    return name === null || name === 'this' || name === 'self'
      ? null
      : name.replace(/(?<=\w)_?(?:Repo(?:sitory)?|Model)$/i, '');
  }
  const [, index] = /^class:(.*)$/.exec(String(at)) ?? [];
  const [picked] = pickAt(one, index === undefined ? at : /^\d+$/.test(index) ? Number(index) : index);
  if (!picked) return null;
  const text = index === undefined ? textAt(picked.value) : null;
  if (text !== null && text !== '') return text.replace(/\s+(?:as\s+)?\w+$/i, '');
  const item = picked.value.entries?.get('*') ?? picked.value;
  const type =
    item.of?.class.form.name ??
    (item.type?.type.kind === 'named'
      ? item.type.type.name
      : declaredType(frame.closure.form.body, sourceOf(home, picked.span)));
  if (type !== null || index !== undefined) return type;
  // A table that the program has declared: `from(users)`.
  const written = sourceOf(home, picked.span);
  return /^[\w.]+$/.test(written) ? lastPart(written) : null;
}

/**
 * Names of columns, as people give them to mappers: the keys of an object, keyword arguments (`owner__id`), a list of texts, a
 * condition in SQL (`owner = ?`).
 */
function columnsOf(look: Look, ats: QueryModel['filter'], table: string | null): { names: string[]; open: boolean } {
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
    for (const { value, span } of pickAt(look.one, at)) {
      const compared = columnsCompared(look, span, table);
      const found = compared.length > 0 ? { names: compared, open: false } : columnsOfValue(value);
      names.push(...found.names);
      open ||= found.open;
    }
  }
  return { names: [...new Set(names)], open };
}

/** `User.owner == me`, `and_(User.a.in_(ids), …)`, `eq(users.owner, me)`: fields of classes and tables. */
function columnsCompared({ run, frame, one }: Look, span: Span, table: string | null): string[] {
  const given = one.call.arguments.find(({ value }) => value.span === span)?.value;
  if (!given || given.kind === 'text' || given.kind === 'map') return [];
  const names: string[] = [];
  const visit = (at: Expression): void => {
    if (at.kind === 'field' && at.of.kind === 'name') {
      const { of } = run.evaluate({ ...frame, made: [] }, at.of);
      if ((of && !of.instance) || at.of.name === table) names.push(at.name);
    }
    for (const part of partsOf(at)) visit(part);
  };
  visit(given);
  return names;
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
  return { names: /^[\w.]+$/.test(text) ? [lastPart(text)] : [], open: text.includes('…') };
}

/** Whatever one of the ways to it says: a condition that stands there on one of them is no missing one. */
function mergeQueries(a: NotedQuery, b: NotedQuery, model: QueryModel | null): NotedQuery {
  const join = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])];
  const tables = join(a.tables, b.tables);
  return {
    ...a,
    // Where a chain begins it reads, until a further call says what else it does.
    operation: model?.operation === undefined || model.operation === 'select' ? a.operation : model.operation,
    transaction: a.transaction || b.transaction,
    tables: tables.length > 1 ? tables.filter((one) => one !== '…') : tables,
    columns: join(a.columns, b.columns),
    filter: join(a.filter, b.filter),
    open: a.open || b.open,
    limit: b.limit ?? a.limit,
    lock: b.lock ?? a.lock,
  };
}
