import type { CodeFile } from './code-file.ts';
import { type CodeStatement, ownSql } from './code-statement.ts';
import { HANDED, runUp, saysOf } from './find-up.ts';
import { type Known, lastName, nameKnown, textOf } from './known.ts';
import { optionsOf, readColumnOptions, readNames, readTableRef } from './read-options.ts';
import {
  type TableRef,
  writeAddColumn,
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
 * A migration of TypeORM: what `up` does, in a transaction unless the class says `transaction = false`.
 *
 * Source: typeorm.io/docs/migrations/api, …/docs/migrations/executing (transaction modes)
 */
export function readTypeOrm(file: CodeFile): CodeStatement[] {
  const wrap = saysOf(file, 'transaction', false) ? null : 'transaction';
  return runUp(file).flatMap(({ call }): CodeStatement[] => {
    const { span } = call;
    if (!nameKnown(call.of).startsWith(`${HANDED}.`)) return [];
    const operation = lastName(call);
    const given = call.arguments.map(({ value }) => value);
    if (operation === 'query') return [ownSql(given[0], span, wrap ?? 'string')];
    const table = readTableRef(given[0]);
    if (table === null) return [];
    return writeOperation(operation, table, given).map((sql) => ({ sql, span, wrap }));
  });
}

function writeOperation(operation: string, table: TableRef, [, second, third]: readonly Known[]): string[] {
  const each = second?.kind === 'list' ? second.items : second === undefined ? [] : [second];
  switch (operation) {
    case 'createTable':
      return [`CREATE TABLE ${writeTable(table)} ()`];
    case 'dropTable':
      return [`DROP TABLE ${writeTable(table)}`];
    case 'renameTable': {
      const to = textOf(second);
      return to === null ? [] : [writeRenameTable(table, to)];
    }
    case 'addColumn':
    case 'addColumns':
      return each.flatMap((one) => {
        const name = textOf(optionsOf(one).get('name'));
        return name === null ? [] : [writeAddColumn(table, readColumnOptions(name, one))];
      });
    case 'dropColumn':
    case 'dropColumns':
      return each.flatMap((one) => {
        const name = textOf(one) ?? textOf(optionsOf(one).get('name'));
        return name === null ? [] : [writeDropColumn(table, name)];
      });
    case 'renameColumn': {
      const [from, to] = [textOf(second), textOf(third) ?? textOf(optionsOf(third).get('name'))];
      return from === null || to === null || from === to ? [] : [writeRenameColumn(table, from, to)];
    }
    case 'createIndex':
    case 'createIndices':
      return each.map((one) => writeIndex(null, table, readNames(one)));
    case 'createUniqueConstraint':
    case 'createPrimaryKey':
      return [writeUnique(table, null, readNames(second))];
    case 'createCheckConstraint':
      return [writeCheck(table, null, '"?" > 0')];
    case 'createForeignKey':
    case 'createForeignKeys':
      return each.flatMap((one) => {
        const target = textOf(optionsOf(one).get('referencedTableName'));
        return target === null ? [] : [writeForeignKey(table, null, readNames(one), { schema: null, name: target })];
      });
    default:
      return [];
  }
}
