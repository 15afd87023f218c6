import type { CodeFile } from './code-file.ts';
import { type CodeStatement, ownSql } from './code-statement.ts';
import { HANDED, runUp } from './find-up.ts';
import { chainOf, type Known, type KnownCall, lastName, nameKnown, textOf, textsOf } from './known.ts';
import { cleanType, readDefault, readTableRef } from './read-options.ts';
import type { Runner } from './run-function.ts';
import {
  type TableRef,
  writeAddColumn,
  writeAlterColumn,
  writeCheck,
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
 * A migration of Kysely: what `up` does. All that are run at once are one transaction.
 *
 * Source: kysely.dev/docs/migrations, kysely-org.github.io/kysely-apidoc/classes/SchemaModule.html
 */
export function readKysely({ source, runner, path }: CodeFile): CodeStatement[] {
  return runUp({ source, runner, path }).flatMap(({ call }): CodeStatement[] => {
    const [head, ...rest] = chainOf(call);
    if (!head || lastName(call) !== 'execute') return [];
    const [first] = head.arguments.map(({ value }) => value);
    const wrap = 'transaction';
    if (/(?:^|\.)sql(?:\.raw)?$/.test(nameKnown(head.of))) return [ownSql(first, head.span, wrap)];
    const table = readTableRef(first);
    if (table === null) return [];
    const span = [head.span[0], call.span[1]] as const;
    const isFilled = rest.every((one) => /^(?:set|execute)$/.test(lastName(one)));
    if (nameKnown(head.of) === `${HANDED}.updateTable` && isFilled) return [{ sql: writeFill(table), span, wrap }];
    if (!nameKnown(head.of).startsWith(`${HANDED}.schema.`)) return [];
    return writeBuilt(lastName(head), table, rest, runner).map((sql) => ({ sql, span, wrap }));
  });
}

function writeBuilt(operation: string, table: TableRef, rest: readonly KnownCall[], runner: Runner): string[] {
  switch (operation) {
    case 'createTable':
      return [`CREATE TABLE ${writeTable(table)} ()`];
    case 'dropTable':
      return [`DROP TABLE ${writeTable(table)}`];
    case 'createIndex': {
      const on = readTableRef(rest.find((one) => lastName(one) === 'on')?.arguments[0]?.value);
      const columns = rest
        .filter((one) => /^columns?$/.test(lastName(one)))
        .flatMap((one) => textsOf(one.arguments[0]?.value));
      const unique = rest.some((one) => lastName(one) === 'unique');
      return on === null ? [] : [writeIndex(null, on, columns, { unique })];
    }
    case 'alterTable':
      return rest.flatMap((one) => writeAction(one, table, runner));
    default:
      return [];
  }
}

function writeAction(call: KnownCall, table: TableRef, runner: Runner): string[] {
  const [first, second, third] = call.arguments.map(({ value }) => value);
  const name = textOf(first);
  if (name === null) return [];
  switch (lastName(call)) {
    case 'addColumn': {
      const made = readBuilder(runner, third);
      return [
        writeAddColumn(table, {
          name,
          type: cleanType(textOf(second)),
          required: made.has('notNull') || made.has('primaryKey'),
          fallback: readDefault(made.get('defaultTo')?.arguments[0]?.value),
          counted: /serial/.test(textOf(second) ?? '') || made.has('generatedAlwaysAs') || made.has('autoIncrement'),
          unique: made.has('unique'),
        }),
      ];
    }
    case 'dropColumn':
      return [writeDropColumn(table, name)];
    case 'renameColumn': {
      const to = textOf(second);
      return to === null ? [] : [writeRenameColumn(table, name, to)];
    }
    case 'renameTo':
      return [writeRenameTable(table, name)];
    case 'alterColumn': {
      const made = readBuilder(runner, second);
      const type = cleanType(textOf(made.get('setDataType')?.arguments[0]?.value));
      return [
        ...(type ? [writeAlterColumn(table, name, `TYPE ${type}`)] : []),
        ...(made.has('setNotNull') ? [writeAlterColumn(table, name, 'SET NOT NULL')] : []),
        ...(made.has('dropDefault') ? [writeAlterColumn(table, name, 'DROP DEFAULT')] : []),
      ];
    }
    case 'addForeignKeyConstraint': {
      const target = readTableRef(third);
      return target === null ? [] : [writeForeignKey(table, name, textsOf(second), target)];
    }
    case 'addUniqueConstraint':
      return [writeUnique(table, name, textsOf(second))];
    case 'addCheckConstraint':
      return [writeCheck(table, name, '"?" > 0')];
    default:
      return [];
  }
}

/** `(column) => column.notNull().defaultTo(false)`: its calls by name. */
function readBuilder(runner: Runner, handed: Known | undefined): Map<string, KnownCall> {
  const name: Known = { kind: 'name', name: '$column', span: [0, 0] };
  const calls = runner.runHanded(handed, [name]).flatMap(({ call }) => chainOf(call));
  return new Map(calls.map((call) => [lastName(call), call]));
}
