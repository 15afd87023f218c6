import type { Wrap } from '../read-layout.ts';
import type { CodeFile } from './code-file.ts';
import { type CodeStatement, ownSql } from './code-statement.ts';
import { HANDED, runUp, saysOf } from './find-up.ts';
import { chainOf, type Known, type KnownCall, lastName, nameKnown, textOf, textsOf } from './known.ts';
import { cleanType, readDefault, readTableRef } from './read-options.ts';
import {
  type TableRef,
  writeAddColumn,
  writeAlterColumn,
  writeDropColumn,
  writeFill,
  writeForeignKey,
  writeIndex,
  writeRenameColumn,
  writeRenameTable,
  writeTable,
  writeUnique,
} from './write-sql.ts';

/**
 * A migration of Knex: what `up` does, in a transaction unless `exports.config = { transaction: false }`.
 *
 * Source: knexjs.org/guide/schema-builder.html, …/guide/migrations.html#transactions-in-migrations
 */
export function readKnex(file: CodeFile): CodeStatement[] {
  const isFree = saysOf(file, 'transaction', false);
  const wrap: Wrap = isFree ? null : 'transaction';
  return runUp(file).flatMap(({ call }) => {
    const filled = filledBy(call);
    if (filled) return [{ sql: writeFill(filled), span: call.span, wrap }];
    let schema: string | null = null;
    return chainOf(call).flatMap((one): CodeStatement[] => {
      const name = lastName(one);
      if (!nameKnown(one.of).startsWith(`${HANDED}.`)) return [];
      const [first, second] = one.arguments.map(({ value }) => value);
      if (name === 'withSchema') schema = textOf(first);
      if (name === 'raw') return [ownSql(first, one.span, isFree ? 'string' : wrap)];
      const table = readTableRef(first);
      if (table === null || !nameKnown(one.of).includes('.schema')) return [];
      const place: TableRef = { schema: table.schema ?? schema, name: table.name };
      const say = (sql: string): CodeStatement[] => [{ sql, span: one.span, wrap }];
      if (name.startsWith('createTable')) return say(`CREATE TABLE ${writeTable(place)} ()`);
      if (name.startsWith('dropTable')) return say(`DROP TABLE ${writeTable(place)}`);
      const to = textOf(second);
      if (name === 'renameTable' && to !== null) return say(writeRenameTable(place, to));
      if (name !== 'table' && name !== 'alterTable') return [];
      const handed: Known = { kind: 'name', name: TABLE, span: one.span };
      return file.runner
        .runHanded(second, [handed])
        .flatMap((step) => readBuilt(step.call, place).map((sql) => ({ sql, span: step.call.span, wrap })));
    });
  });
}

/** `knex('orders').update({ … })`, where every row of the table is written. */
function filledBy(call: KnownCall): TableRef | null {
  const [head, ...rest] = chainOf(call);
  if (!head || !rest.some((one) => lastName(one) === 'update')) return null;
  if (nameKnown(head.of) !== HANDED || !rest.every((one) => /^(?:update|whereNull)$/.test(lastName(one)))) return null;
  return readTableRef(head.arguments[0]?.value);
}

const TABLE = '$table';

const TYPES: Readonly<Record<string, string>> = {
  integer: 'int4',
  bigInteger: 'int8',
  bigint: 'int8',
  smallint: 'int2',
  text: 'text',
  string: 'varchar',
  boolean: 'bool',
  json: 'json',
  jsonb: 'jsonb',
  uuid: 'uuid',
  timestamp: 'timestamptz',
  datetime: 'timestamptz',
  dateTime: 'timestamptz',
  date: 'date',
  time: 'time',
  decimal: 'numeric',
  float: 'float4',
  double: 'float8',
  binary: 'bytea',
  enum: 'text',
  enu: 'text',
  specificType: '',
};

/** One line of a table's builder: `table.string('name').notNullable().defaultTo('')`. */
function readBuilt(call: KnownCall, table: TableRef): string[] {
  const [head, ...rest] = chainOf(call);
  if (!head || !nameKnown(head.of).startsWith(`${TABLE}.`)) return [];
  const name = lastName(head);
  const [first, second] = head.arguments.map(({ value }) => value);
  const names = textsOf(first);
  const [column] = names;
  const has = (modifier: string): KnownCall | undefined => rest.find((one) => lastName(one) === modifier);
  switch (name) {
    case 'dropColumn':
      return head.arguments.flatMap(({ value }) => textsOf(value)).map((one) => writeDropColumn(table, one));
    case 'dropColumns':
      return head.arguments.flatMap(({ value }) => textsOf(value)).map((one) => writeDropColumn(table, one));
    case 'renameColumn': {
      const to = textOf(second);
      return column === undefined || to === null ? [] : [writeRenameColumn(table, column, to)];
    }
    case 'index':
      return [writeIndex(null, table, names)];
    case 'unique':
      return [writeUnique(table, null, names)];
    case 'primary':
      return [writeUnique(table, null, names)];
    case 'dropNullable':
      return column === undefined ? [] : [writeAlterColumn(table, column, 'SET NOT NULL')];
    case 'foreign': {
      const target = readTableRef((has('inTable') ?? has('on'))?.arguments[0]?.value);
      const reference = textOf(has('references')?.arguments[0]?.value)?.split('.').slice(0, -1).at(-1);
      const to = target ?? (reference === undefined ? null : { schema: null, name: reference });
      return to === null ? [] : [writeForeignKey(table, null, names, to)];
    }
    default:
  }
  const isCounted = /increments$/i.test(name);
  if (column === undefined || (!isCounted && !Object.hasOwn(TYPES, name))) return [];
  const type = name === 'specificType' ? cleanType(textOf(second)) : (TYPES[name] ?? null);
  const required = (has('notNullable') ?? has('notNull') ?? has('primary')) !== undefined;
  if (has('alter')) {
    if (required) return [writeAlterColumn(table, column, 'SET NOT NULL')];
    // What it was before is not said: with a default or a nullable it is likely to be about that.
    return rest.length > 1 || type === null ? [] : [writeAlterColumn(table, column, `TYPE ${type}`)];
  }
  const added = writeAddColumn(table, {
    name: column,
    type,
    required,
    fallback: readDefault((has('defaultTo') ?? has('default'))?.arguments[0]?.value),
    counted: isCounted,
    unique: has('unique') !== undefined,
  });
  return has('index') ? [added, writeIndex(null, table, [column])] : [added];
}
