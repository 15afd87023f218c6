import type { ColumnDef, Node } from 'libpg-query';
import { readString } from './tables.ts';

/** Whatever the type was before, every row is written anew: nothing else is stored in the same bytes. */
const ALWAYS = new Set([
  'int2',
  'int4',
  'int8',
  'float4',
  'float8',
  'bool',
  'uuid',
  'json',
  'jsonb',
  'date',
  'bytea',
  'money',
  'xml',
  'bpchar',
  'timestamp',
  'timestamptz',
]);
/** Longer, wider or without a limit, these are a change of the catalogue alone (PostgreSQL 9.2); the old type stands elsewhere. */
const WIDENED = new Set(['text', 'varchar', 'citext', 'numeric', 'varbit', 'interval', 'time', 'timetz', 'inet']);

/**
 * Whether `ALTER COLUMN … TYPE` certainly writes every row anew. The old type is not in the statement: what depends on it is
 * not said. A collation rewrites indexes, not the table.
 *
 * Source: postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
 */
export function rewritesTable(definition: ColumnDef, column: string): boolean {
  const { typeName, raw_default: using } = definition;
  const type = (typeName?.names ?? []).map(readString).at(-1) ?? '';
  const isArray = (typeName?.arrayBounds ?? []).length > 0;
  if (using && !isPlainCast(using, column)) return true;
  if (type === 'numeric' && using && !isArray) return true;
  if (WIDENED.has(type)) return false;
  if ((type === 'timestamp' || type === 'timestamptz') && !using) return type === 'timestamptz' || !typeName?.typmods;
  // A domain over the old type needs no rewrite and no USING; another enum needs both.
  return ALWAYS.has(type) || using !== undefined;
}

const LIMITED = new Set(['numeric', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval']);

/** A limit that the values may not keep: what the limit was before stands elsewhere. */
export function mayNarrow({ typeName }: ColumnDef): boolean {
  return LIMITED.has((typeName?.names ?? []).map(readString).at(-1) ?? '') && (typeName?.typmods ?? []).length > 0;
}

/** `USING column`, `USING column::type`, `USING CAST(column AS type)`: says no more than the type itself does. */
function isPlainCast(expression: Node, column: string): boolean {
  let at = expression;
  while ('TypeCast' in at && at.TypeCast.arg) at = at.TypeCast.arg;
  if (!('ColumnRef' in at)) return false;
  const { fields } = at.ColumnRef;
  return readString(fields?.at(-1)) === column;
}
