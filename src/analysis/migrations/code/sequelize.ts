import type { CodeFile } from './code-file.ts';
import { type CodeStatement, ownSql } from './code-statement.ts';
import { HANDED, runUp } from './find-up.ts';
import { type Known, lastName, nameKnown, textOf, textsOf, valueOf } from './known.ts';
import { optionsOf, readColumnOptions, readNames, readTableRef } from './read-options.ts';
import {
  type TableRef,
  writeAddColumn,
  writeAlterColumn,
  writeCheck,
  writeDropColumn,
  writeForeignKey,
  writeIndex,
  writeRenameColumn,
  writeRenameTable,
  writeTable,
  writeUnique,
} from './write-sql.ts';

/**
 * A migration of Sequelize: what `up` does with its `queryInterface`. A call is in a transaction only if it is given one.
 *
 * Source: sequelize.org/docs/v6/other-topics/query-interface/, …/api/v6/class/src/dialects/abstract/query-interface.js~queryinterface
 */
export function readSequelize(file: CodeFile): CodeStatement[] {
  return runUp(file).flatMap(({ call }): CodeStatement[] => {
    const { span } = call;
    const name = nameKnown(call.of);
    if (!name.startsWith(`${HANDED}.`)) return [];
    const operation = lastName(call);
    const given = call.arguments.map(({ value }) => value);
    const wrap = given.some((one) => one.kind === 'map' && one.entries.has('transaction')) ? 'transaction' : null;
    if (operation === 'query') return [ownSql(given[0], span, wrap ?? 'string')];
    const table = readTableRef(given[0]);
    if (table === null || name !== `${HANDED}.${operation}`) return [];
    return writeOperation(operation, table, given).map((sql) => ({ sql, span, wrap }));
  });
}

function writeOperation(operation: string, table: TableRef, [, second, third]: readonly Known[]): string[] {
  const name = textOf(second);
  switch (operation) {
    case 'createTable':
      return [`CREATE TABLE ${writeTable(table)} ()`];
    case 'dropTable':
      return [`DROP TABLE ${writeTable(table)}`];
    case 'renameTable':
      return name === null ? [] : [writeRenameTable(table, name)];
    case 'addColumn':
      return name === null ? [] : [writeAddColumn(table, readColumnOptions(name, third))];
    case 'removeColumn':
      return name === null ? [] : [writeDropColumn(table, name)];
    case 'renameColumn': {
      const to = textOf(third);
      return name === null || to === null ? [] : [writeRenameColumn(table, name, to)];
    }
    case 'changeColumn': {
      const column = name === null ? null : readColumnOptions(name, third);
      if (column === null) return [];
      if (column.required) return [writeAlterColumn(table, column.name, 'SET NOT NULL')];
      // What it was before is not said: with more options it is likely to be about those.
      const isType = column.type !== null && optionsOf(third).size <= 1;
      return isType ? [writeAlterColumn(table, column.name, `TYPE ${column.type}`)] : [];
    }
    case 'addIndex': {
      const options = optionsOf(second?.kind === 'map' ? second : third);
      const is = (key: string): boolean => valueOf(options.get(key)) === true;
      const columns = second?.kind === 'list' ? textsOf(second) : readNames(second, 'fields');
      return [writeIndex(null, table, columns, { unique: is('unique'), concurrently: is('concurrently') })];
    }
    case 'addConstraint': {
      const options = optionsOf(second?.kind === 'list' ? third : second);
      const columns = second?.kind === 'list' ? textsOf(second) : textsOf(options.get('fields'));
      return writeConstraint(textOf(options.get('type'))?.toLowerCase() ?? '', table, columns, options);
    }
    default:
      return [];
  }
}

function writeConstraint(
  type: string,
  table: TableRef,
  columns: readonly string[],
  options: ReadonlyMap<string, Known>,
): string[] {
  if (type === 'unique' || type === 'primary key') return [writeUnique(table, null, columns)];
  if (type === 'check') return [writeCheck(table, null, '"?" > 0')];
  const target = type === 'foreign key' ? readTableRef(optionsOf(options.get('references')).get('table')) : null;
  return target === null ? [] : [writeForeignKey(table, null, columns, target)];
}
