import type { CodeFile } from './code-file.ts';
import { type CodeStatement, ownSql } from './code-statement.ts';
import { HANDED, runUp } from './find-up.ts';
import { lastName, nameKnown, textOf, textsOf, valueOf } from './known.ts';
import { readColumnOptions } from './read-options.ts';
import {
  type TableRef,
  writeAddColumn,
  writeDropColumn,
  writeIndex,
  writeRenameColumn,
  writeTable,
} from './write-sql.ts';

/**
 * MikroORM: what `up` adds with `this.addSql`, in a transaction unless it has an `isTransactional` of its own.
 *
 * Source: mikro-orm.io/docs/migrations#migration-class
 */
export function readMikroOrm(file: CodeFile): CodeStatement[] {
  const isFree = file.source.module.functions.some(({ name }) => name === 'isTransactional');
  return runUp(file).flatMap(({ call }) =>
    nameKnown(call.of) === 'this.addSql'
      ? [ownSql(call.arguments[0]?.value, call.span, isFree ? 'string' : 'transaction')]
      : [],
  );
}

/**
 * db-migrate: what `up` does with the driver that it is given; what is sent at once is one string.
 *
 * Source: db-migrate.readthedocs.io/en/latest/API/SQL/
 */
export function readDbMigrate(file: CodeFile): CodeStatement[] {
  return runUp(file).flatMap(({ call }): CodeStatement[] => {
    const { span } = call;
    const operation = lastName(call);
    if (nameKnown(call.of) !== `${HANDED}.${operation}`) return [];
    const [first, second, third, fourth] = call.arguments.map(({ value }) => value);
    if (operation === 'runSql' || operation === 'all') return [ownSql(first, span, 'string')];
    const name = textOf(first);
    if (name === null) return [];
    const table: TableRef = { schema: null, name };
    const [column, to] = [textOf(second), textOf(third)];
    const say = (sql: string): CodeStatement[] => [{ sql, span, wrap: null }];
    if (operation === 'createTable') return say(`CREATE TABLE ${writeTable(table)} ()`);
    if (operation === 'dropTable') return say(`DROP TABLE ${writeTable(table)}`);
    if (column === null) return [];
    if (operation === 'addColumn') return say(writeAddColumn(table, readColumnOptions(column, third)));
    if (operation === 'removeColumn') return say(writeDropColumn(table, column));
    if (operation === 'renameColumn' && to !== null) return say(writeRenameColumn(table, column, to));
    if (operation === 'addIndex')
      return say(writeIndex(null, table, textsOf(third), { unique: valueOf(fourth) === true }));
    return [];
  });
}
