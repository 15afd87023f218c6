import type { Span } from '../../../languages/form.ts';
import type { Wrap } from '../read-layout.ts';
import type { CodeFile } from './code-file.ts';
import { type CodeStatement, ownSql } from './code-statement.ts';
import {
  argumentOf,
  chainOf,
  type Known,
  type KnownCall,
  lastName,
  nameKnown,
  textOf,
  textsOf,
  valueOf,
} from './known.ts';
import { readColumn, readExecuted, readFallback, readType } from './read-sqlalchemy.ts';
import type { Step } from './run-function.ts';
import {
  type TableRef,
  writeAddColumn,
  writeAlterColumn,
  writeCheck,
  writeDropColumn,
  writeDropIndex,
  writeForeignKey,
  writeIndex,
  writeRenameColumn,
  writeRenameTable,
  writeTable,
  writeUnique,
} from './write-sql.ts';

/**
 * A migration of Alembic: what `upgrade` does. Every migration runs in a transaction; what stands in `autocommit_block()` does not.
 *
 * Source: alembic.sqlalchemy.org/en/latest/ops.html, …/api/runtime.html (MigrationContext.autocommit_block)
 */
export function readAlembic({ source, runner }: CodeFile): CodeStatement[] {
  const upgrade = source.module.functions.find(({ name, parent }) => name === 'upgrade' && parent === 0);
  return upgrade ? runner.run(upgrade, []).flatMap(readStep) : [];
}

function readStep({ call, held }: Step): CodeStatement[] {
  const isFree = held.some((one) => nameKnown(one).endsWith('.autocommit_block()'));
  const wrap: Wrap = isFree ? null : 'transaction';
  const chain = chainOf(call);
  for (const one of chain) {
    const operation = readOperation(one);
    if (operation)
      return operation.map((sql) => (typeof sql === 'string' ? { sql, span: one.span, wrap } : { ...sql, wrap }));
  }
  return [];
}

/** What an operation does; null where the call is none of them. */
function readOperation(call: KnownCall): (string | CodeStatement)[] | null {
  const name = nameKnown(call.of);
  if (/(?:^|\.)(?:execute|exec_driver_sql)$/.test(name)) return readExecution(call);
  const batch = findBatch(call.of);
  if (batch) return readTableOperation(lastName(call), call, readBatchTable(batch), 0) ?? unknownUnless(call);
  if (!name.startsWith('alembic.op.')) return null;
  const operation = name.slice('alembic.op.'.length);
  switch (operation) {
    case 'create_table': {
      const table = readTable(call, textOf(argumentOf(call, 'table_name', 0)));
      return table ? [`CREATE TABLE ${writeTable(table)} ()`] : unknown(call);
    }
    case 'drop_table': {
      const table = readTable(call, textOf(argumentOf(call, 'table_name', 0)));
      return table ? [`DROP TABLE ${writeTable(table)}`] : unknown(call);
    }
    case 'rename_table': {
      const table = readTable(call, textOf(argumentOf(call, 'old_table_name', 0)));
      const to = textOf(argumentOf(call, 'new_table_name', 1));
      return table && to !== null ? [writeRenameTable(table, to)] : unknown(call);
    }
    case 'create_index':
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
    case 'drop_constraint':
    case 'drop_index':
      return (
        readTableOperation(operation, call, readTable(call, textOf(argumentOf(call, 'table_name', 1))), 1) ??
        unknown(call)
      );
    case 'create_foreign_key': {
      const table = textOf(argumentOf(call, 'source_table', 1));
      const schema = textOf(argumentOf(call, 'source_schema'));
      return readTableOperation(operation, call, table === null ? null : { schema, name: table }, 1);
    }
    case 'add_column':
    case 'drop_column':
    case 'alter_column':
      return readTableOperation(operation, call, readTable(call, textOf(argumentOf(call, 'table_name', 0))), 1);
    default:
      return unknownUnless(call);
  }
}

/** Operations that touch no table in use, and what only asks. */
const HARMLESS =
  /^(?:bulk_insert|create_table_comment|drop_table_comment|create_primary_key|get_bind|get_context|f|inline_literal|batch_alter_table)$/;

function unknownUnless(call: KnownCall): CodeStatement[] | null {
  return HARMLESS.test(lastName(call)) ? null : unknown(call);
}

/** `op.batch_alter_table('users')` of `batch.add_column`. */
function findBatch(of: Known): KnownCall | null {
  return of.kind === 'field' && of.of.kind === 'call' && nameKnown(of.of.of) === 'alembic.op.batch_alter_table'
    ? of.of
    : null;
}

function readBatchTable(batch: KnownCall): TableRef | null {
  return readTable(batch, textOf(argumentOf(batch, 'table_name', 0)));
}

function readTable(call: KnownCall, name: string | null): TableRef | null {
  return name === null ? null : { schema: textOf(argumentOf(call, 'schema')), name };
}

/**
 * What an operation does to its table.
 *
 * @param first where its arguments begin when the table is named elsewhere: those of `batch.add_column` lack it
 */
function readTableOperation(
  operation: string,
  call: KnownCall,
  table: TableRef | null,
  first: number,
): (string | CodeStatement)[] | null {
  if (operation === 'drop_index') {
    const name = textOf(argumentOf(call, 'index_name', 0));
    return [writeDropIndex(name ?? '?', isTrue(call, 'postgresql_concurrently'))];
  }
  if (table === null) return KNOWN.has(operation) ? unknown(call) : null;
  const name = textOf(call.arguments.find((one) => one.name === null)?.value);
  switch (operation) {
    case 'add_column': {
      const column = readColumn(argumentOf(call, 'column', first));
      return column ? [writeAddColumn(table, column)] : unknown(call);
    }
    case 'drop_column': {
      const column = textOf(argumentOf(call, 'column_name', first));
      return column === null ? unknown(call) : [writeDropColumn(table, column)];
    }
    case 'alter_column': {
      const column = textOf(argumentOf(call, 'column_name', first));
      return column === null ? unknown(call) : readAlter(call, table, column);
    }
    case 'create_index':
      return [
        writeIndex(name, table, textsOf(argumentOf(call, 'columns', first + 1)), {
          unique: isTrue(call, 'unique'),
          concurrently: isTrue(call, 'postgresql_concurrently'),
        }),
      ];
    case 'create_unique_constraint':
      return [writeUnique(table, null, textsOf(argumentOf(call, 'columns', first + 1)))];
    case 'create_foreign_key': {
      const target = textOf(argumentOf(call, 'referent_table', first + 1));
      if (target === null) return unknown(call);
      const referent = { schema: textOf(argumentOf(call, 'referent_schema')), name: target };
      const columns = textsOf(argumentOf(call, 'local_cols', first + 2));
      return [writeForeignKey(table, null, columns, referent, { notValid: isTrue(call, 'postgresql_not_valid') })];
    }
    case 'create_check_constraint': {
      const check = textOf(argumentOf(call, 'condition', first + 1));
      return [writeCheck(table, null, check ?? '"?" > 0', { notValid: isTrue(call, 'postgresql_not_valid') })];
    }
    case 'drop_constraint': {
      const constraint = textOf(argumentOf(call, 'constraint_name', 0));
      return [`ALTER TABLE ${writeTable(table)} DROP CONSTRAINT "${(constraint ?? '?').replaceAll('"', '')}"`];
    }
    default:
      return null;
  }
}

const KNOWN = new Set([
  'add_column',
  'drop_column',
  'alter_column',
  'create_index',
  'create_unique_constraint',
  'create_foreign_key',
  'create_check_constraint',
]);

function readAlter(call: KnownCall, table: TableRef, column: string): string[] {
  const statements: string[] = [];
  const type = readType(argumentOf(call, 'type_'));
  const before = readType(argumentOf(call, 'existing_type'));
  const using = textOf(argumentOf(call, 'postgresql_using'));
  if (type !== null && type !== before) {
    const how = using === null ? '' : ` USING ${using}`;
    statements.push(writeAlterColumn(table, column, `TYPE ${type}${how}`));
  }
  const nullable = valueOf(argumentOf(call, 'nullable'));
  if (nullable === false && valueOf(argumentOf(call, 'existing_nullable')) !== false)
    statements.push(writeAlterColumn(table, column, 'SET NOT NULL'));
  const fallback = argumentOf(call, 'server_default');
  if (fallback !== undefined && valueOf(fallback) !== false) {
    const sql = readFallback(fallback);
    statements.push(writeAlterColumn(table, column, sql === null ? 'DROP DEFAULT' : `SET DEFAULT ${sql}`));
  }
  const renamed = textOf(argumentOf(call, 'new_column_name'));
  if (renamed !== null && renamed !== column) statements.push(writeRenameColumn(table, column, renamed));
  return statements;
}

function readExecution(call: KnownCall): CodeStatement[] {
  const given = argumentOf(call, 'sqltext', 0) ?? argumentOf(call, 'statement', 0);
  const executed = readExecuted(given);
  const { span } = call;
  if (executed === undefined) return [];
  if (executed === null) return unknown(call);
  if ('built' in executed)
    return [{ sql: `UPDATE ${writeTable({ schema: null, name: executed.built })} SET a = 1`, span, wrap: null }];
  return [ownSql(executed, span, null)];
}

function isTrue(call: KnownCall, name: string): boolean {
  return valueOf(argumentOf(call, name)) === true;
}

function unknown({ span }: { span: Span }): CodeStatement[] {
  return [{ sql: null, span, wrap: null }];
}
