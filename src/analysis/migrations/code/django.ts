import type { Span } from '../../../languages/form.ts';
import { dirOf, nameOf } from '../../../text/paths.ts';
import type { Wrap } from '../read-layout.ts';
import type { CodeFile } from './code-file.ts';
import { type CodeStatement, ownSql } from './code-statement.ts';
import { readField } from './django-field.ts';
import { argumentOf, type Known, type KnownCall, lastName, nameKnown, textOf, textsOf, valueOf } from './known.ts';
import {
  quoteName,
  type TableRef,
  writeAddColumn,
  writeCheck,
  writeDropColumn,
  writeDropIndex,
  writeIndex,
  writeRenameColumn,
  writeRenameTable,
  writeTable,
  writeUnique,
} from './write-sql.ts';

/**
 * A migration of Django: what its operations do to the database, one after the other, in one transaction unless it says
 * `atomic = False`. An AlterField holds the field as it will be, never as it was: nothing is said of it.
 *
 * Source: docs.djangoproject.com/en/5.2/ref/migration-operations/, …/ref/contrib/postgres/operations/
 */
export function readDjango({ path, source, runner }: CodeFile): CodeStatement[] {
  const migration = source.module.classes.find(
    ({ name, bases }) =>
      name === 'Migration' && bases.some((base) => /(?:^|\.)Migration$/.test(nameKnown(runner.read(base)))),
  );
  const fieldOf = (name: string): Known | undefined => {
    const field = migration?.fields.find((one) => one.name === name);
    return field?.value ? runner.read(field.value) : undefined;
  };
  const operations = fieldOf('operations');
  if (operations === undefined) return [];
  // It stands for migrations that were applied.
  if (fieldOf('replaces') !== undefined) return [nothing(operations)];
  // What makes the tables meets no rows.
  if (valueOf(fieldOf('initial')) === true) return [];
  if (operations.kind !== 'list') return [unread(operations)];
  const wrap: Wrap = valueOf(fieldOf('atomic')) === false ? null : 'transaction';
  // django-safemigrate runs it when the release before is gone.
  const isLate = lastName(fieldOf('safe') ?? operations) === 'after_deploy';
  const reading: Reading = {
    isLate,
    app: nameOf(dirOf(dirOf(path))) || 'app',
    wrap,
    tables: new Map(),
    left: MOST_OPERATIONS,
  };
  const added = /\boperations\s*(?:\+=|\.\s*(?:append|extend|insert)\b)/.exec(source.text);
  return [
    ...operations.items.flatMap((one) => readOperation(one, reading)),
    // What is added to the list elsewhere is not followed.
    ...(added ? [unread({ span: [added.index, added.index + added[0].length] })] : []),
  ];
}

/** It has been read, and does nothing to the database. */
function nothing({ span }: { span: Span }): CodeStatement {
  return { sql: '', span, wrap: null };
}

function unread({ span }: { span: Span }): CodeStatement {
  return { sql: null, span, wrap: null };
}

interface Reading {
  /** The label of the app, by which its tables are called. */
  app: string;
  wrap: Wrap;
  isLate: boolean;
  /** By the names of models in lower case, where `db_table` says it. */
  tables: Map<string, string>;
  /** Operations that are still read: lists can hold the same ones again and again. */
  left: number;
}

const MOST_OPERATIONS = 3000;

function readOperation(one: Known, reading: Reading): CodeStatement[] {
  if (reading.left-- <= 0) return reading.left === -1 ? [unread(one)] : [];
  // An operation of the project's own, one that is made when the migration runs.
  if (one.kind !== 'call' || !/^django\.|(?:^|\.)(?:migrations|operations)\./.test(nameKnown(one.of)))
    return [unread(one)];
  const { span } = one;
  const { wrap } = reading;
  const say = (model: string, ...all: string[]): CodeStatement[] =>
    all.map((sql) => ({ sql, span, wrap, names: [{ fill: tableOf(model, reading).name.toLowerCase(), raw: model }] }));
  const operation = lastName(one);
  if (operation === 'SeparateDatabaseAndState') {
    const inner = argumentOf(one, 'database_operations', 0);
    const all = inner?.kind === 'list' ? inner.items.flatMap((item) => readOperation(item, reading)) : [];
    // What it says of Django's own picture of the tables does nothing to them.
    return [nothing(one), ...(inner && inner.kind !== 'list' ? [unread(inner)] : all)];
  }
  if (operation === 'RunSQL') return readSql(argumentOf(one, 'sql', 0), one, wrap);
  const model = textOf(argumentOf(one, MODELS.has(operation) ? 'name' : 'model_name', 0));
  if (operation === 'RenameModel') {
    const from = textOf(argumentOf(one, 'old_name', 0));
    const to = textOf(argumentOf(one, 'new_name', 1));
    return from !== null && to !== null
      ? say(from, writeRenameTable(tableOf(from, reading), tableOf(to, reading).name))
      : [unread(one)];
  }
  // It has been looked at, and does nothing yet.
  if (reading.isLate && /^(?:RemoveField|DeleteModel)$/.test(operation)) return [nothing(one)];
  if (model === null) return [];
  return say(model, ...writeOperation(operation, one, model, reading));
}

/** Operations whose first argument is the model itself. */
const MODELS = new Set(['CreateModel', 'DeleteModel', 'AlterModelTable']);

function writeOperation(operation: string, call: KnownCall, model: string, reading: Reading): string[] {
  const table = tableOf(model, reading);
  const name = textOf(argumentOf(call, 'name', 1));
  switch (operation) {
    case 'CreateModel': {
      const options = argumentOf(call, 'options', 2);
      const own = options?.kind === 'map' ? textOf(options.entries.get('db_table')) : null;
      if (own !== null) reading.tables.set(model.toLowerCase(), own);
      return [`CREATE TABLE ${writeTable(tableOf(model, reading))} ()`];
    }
    case 'DeleteModel':
      return [`DROP TABLE ${writeTable(table)}`];
    case 'AlterModelTable': {
      const to = textOf(argumentOf(call, 'table', 1));
      return to === null || to === table.name ? [] : [writeRenameTable(table, to)];
    }
    case 'AddField': {
      const field = name === null ? null : readField(name, argumentOf(call, 'field', 2));
      if (!field) return [];
      return [writeAddColumn(table, field)];
    }
    case 'RemoveField':
      return name === null ? [] : [writeDropColumn(table, name)];
    case 'RenameField': {
      const [from, to] = [textOf(argumentOf(call, 'old_name', 1)), textOf(argumentOf(call, 'new_name', 2))];
      return from === null || to === null ? [] : [writeRenameColumn(table, from, to)];
    }
    case 'AddIndex':
    case 'AddIndexConcurrently': {
      const index = argumentOf(call, 'index', 1);
      const fields = index?.kind === 'call' ? textsOf(argumentOf(index, 'fields')) : [];
      return [writeIndex(null, table, fields, { concurrently: operation === 'AddIndexConcurrently' })];
    }
    case 'RemoveIndexConcurrently':
      return [writeDropIndex(name ?? '?', true)];
    case 'AddConstraint':
    case 'AddConstraintNotValid':
      return writeConstraint(argumentOf(call, 'constraint', 1), table, operation === 'AddConstraintNotValid');
    case 'ValidateConstraint':
      return [`ALTER TABLE ${writeTable(table)} VALIDATE CONSTRAINT ${quoteName(name ?? '?')}`];
    case 'RemoveConstraint':
      return [`ALTER TABLE ${writeTable(table)} DROP CONSTRAINT ${quoteName(name ?? '?')}`];
    default:
      return [];
  }
}

function writeConstraint(constraint: Known | undefined, table: TableRef, notValid: boolean): string[] {
  if (constraint?.kind !== 'call') return [];
  switch (lastName(constraint)) {
    case 'CheckConstraint': {
      const condition = argumentOf(constraint, 'condition') ?? argumentOf(constraint, 'check');
      const columns = listColumns(condition);
      const check =
        columns.length > 0 ? columns.map((name) => `${quoteName(name)} IS NOT NULL`).join(' AND ') : '"?" > 0';
      return [writeCheck(table, null, check, { notValid })];
    }
    case 'UniqueConstraint': {
      const fields = textsOf(argumentOf(constraint, 'fields'));
      // With a condition, or over expressions, it is an index; both are built under the same lock.
      return [writeUnique(table, null, fields)];
    }
    default:
      return [];
  }
}

/** The fields that a `Q(price__gte=0) & Q(…)` is about; none where it is put together in other ways. */
function listColumns(condition: Known | undefined): string[] {
  if (condition?.kind !== 'call') return [];
  return condition.arguments.flatMap(({ name, value }) => {
    if (name === null) {
      const pair = value.kind === 'list' ? textOf(value.items[0]) : null;
      return pair === null ? listColumns(value) : [pair.split('__')[0] ?? pair];
    }
    return name.startsWith('_') ? [] : [name.split('__')[0] ?? name];
  });
}

/** A text, a list of texts, or of texts with their values; `RunSQL.noop` is none. */
function readSql(sql: Known | undefined, call: KnownCall, wrap: Wrap): CodeStatement[] {
  if (sql?.kind === 'list')
    return sql.items.flatMap((item) => readSql(item.kind === 'list' ? item.items[0] : item, call, wrap));
  if (sql === undefined || lastName(sql) === 'noop') return [];
  return [ownSql(sql, call.span, wrap)];
}

function tableOf(model: string, { app, tables }: Reading): TableRef {
  const key = model.toLowerCase();
  return { schema: null, name: tables.get(key) ?? `${app}_${key}` };
}
