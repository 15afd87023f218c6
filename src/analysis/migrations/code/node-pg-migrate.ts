import type { CodeFile } from './code-file.ts';
import { type CodeStatement, ownSql } from './code-statement.ts';
import { HANDED, runUp } from './find-up.ts';
import { type Known, lastName, nameKnown, textOf, textsOf, valueOf } from './known.ts';
import { cleanType, optionsOf, readColumnOptions, readTableRef } from './read-options.ts';
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
 * A migration of node-pg-migrate: what `up` does, in a transaction unless it calls `pgm.noTransaction()`.
 *
 * Source: salsita.github.io/node-pg-migrate/migrations/
 */
export function readNodePgMigrate(file: CodeFile): CodeStatement[] {
  const steps = runUp(file).filter(({ call }) => nameKnown(call.of).startsWith(`${HANDED}.`));
  const wrap = steps.some(({ call }) => lastName(call) === 'noTransaction') ? null : 'transaction';
  return steps.flatMap(({ call }): CodeStatement[] => {
    const { span } = call;
    const operation = lastName(call);
    const given = call.arguments.map(({ value }) => value);
    if (operation === 'sql') return [ownSql(given[0], span, wrap ?? 'string')];
    const table = readTableRef(given[0]);
    if (table === null) return [];
    return writeOperation(operation, table, given).map((sql) => ({ sql, span, wrap }));
  });
}

function writeOperation(operation: string, table: TableRef, [, second, third]: readonly Known[]): string[] {
  const name = textOf(second);
  const options = optionsOf(third);
  const is = (key: string): boolean => valueOf(options.get(key)) === true;
  switch (operation) {
    case 'createTable':
      return [`CREATE TABLE ${writeTable(table)} ()`];
    case 'dropTable':
      return [`DROP TABLE ${writeTable(table)}`];
    case 'renameTable':
      return name === null ? [] : [writeRenameTable(table, name)];
    case 'addColumn':
    case 'addColumns':
      return [...optionsOf(second)].map(([column, one]) => writeAddColumn(table, readColumnOptions(column, one)));
    case 'dropColumn':
    case 'dropColumns':
      return textsOf(second).map((column) => writeDropColumn(table, column));
    case 'renameColumn': {
      const to = textOf(third);
      return name === null || to === null ? [] : [writeRenameColumn(table, name, to)];
    }
    case 'alterColumn': {
      if (name === null) return [];
      const type = cleanType(textOf(options.get('type')));
      const using = textOf(options.get('using'));
      return [
        ...(type ? [writeAlterColumn(table, name, `TYPE ${type}${using === null ? '' : ` USING ${using}`}`)] : []),
        ...(is('notNull') ? [writeAlterColumn(table, name, 'SET NOT NULL')] : []),
      ];
    }
    case 'createIndex':
    case 'addIndex':
      return [writeIndex(null, table, textsOf(second), { unique: is('unique'), concurrently: is('concurrently') })];
    case 'addConstraint':
    case 'createConstraint': {
      const own = textOf(third);
      if (own !== null) return [`ALTER TABLE ${writeTable(table)} ADD ${own}`];
      const foreign = options.get('foreignKeys');
      const keys = foreign?.kind === 'list' ? foreign.items : foreign === undefined ? [] : [foreign];
      return [
        ...keys.flatMap((one) => {
          const target = textOf(optionsOf(one).get('references'))?.replace(/[("\s].*$/s, '');
          const columns = textsOf(optionsOf(one).get('columns'));
          return target ? [writeForeignKey(table, null, columns, { schema: null, name: target })] : [];
        }),
        ...(options.has('unique') || options.has('primaryKey')
          ? [writeUnique(table, null, textsOf(options.get('unique') ?? options.get('primaryKey')))]
          : []),
        ...(options.has('check') ? [writeCheck(table, null, '"?" > 0')] : []),
      ];
    }
    default:
      return [];
  }
}
