import { type Known, lastName, textOf, textsOf, valueOf } from './known.ts';
import type { ColumnSpec, TableRef } from './write-sql.ts';
import { quoteText } from './write-sql.ts';

/** `'users'`, `{ tableName: 'users', schema: 'shop' }`, `{ name: … }`, `new Table({ name: … })`, `'shop.users'`. */
export function readTableRef(one: Known | undefined): TableRef | null {
  if (one?.kind === 'text') {
    const [name = '', schema = null] = one.value.split('.').reverse();
    return { schema, name };
  }
  if (one?.kind === 'call') return readTableRef(one.arguments[0]?.value);
  if (one?.kind !== 'map') return null;
  const name = textOf(one.entries.get('tableName') ?? one.entries.get('name'));
  return name === null ? null : { schema: textOf(one.entries.get('schema')), name };
}

/** The options of an object, or of what is made with one (`new TableColumn({ … })`). */
export function optionsOf(one: Known | undefined): ReadonlyMap<string, Known> {
  if (one?.kind === 'map') return one.entries;
  return one?.kind === 'call' ? optionsOf(one.arguments[0]?.value) : new Map();
}

/** One text or several, or an object that names them. */
export function readNames(one: Known | undefined, key = 'columnNames'): string[] {
  if (one?.kind === 'map' || one?.kind === 'call') {
    const options = optionsOf(one);
    return textsOf(options.get(key) ?? options.get('fields') ?? options.get('columns'));
  }
  return textsOf(one);
}

/** A default as SQL. What is not known is some value. */
export function readDefault(one: Known | undefined): string | null {
  if (one === undefined || valueOf(one) === null) return null;
  const value = valueOf(one);
  if (typeof value === 'string') return quoteText(value);
  return value === undefined ? quoteText('') : `'${String(value)}'`;
}

/** Options of a column as Sequelize, TypeORM, db-migrate and node-pg-migrate write them. */
export function readColumnOptions(name: string, one: Known | undefined): ColumnSpec {
  const options = optionsOf(one);
  const is = (key: string, value: boolean): boolean => valueOf(options.get(key)) === value;
  const type = options.get('type') ?? (one?.kind === 'text' ? one : undefined);
  const written = type === undefined ? null : (textOf(type) ?? lastName(type));
  return {
    name,
    type: cleanType(written),
    required:
      is('allowNull', false) ||
      is('isNullable', false) ||
      is('notNull', true) ||
      // TypeORM's columns are NOT NULL unless they say otherwise.
      (one?.kind === 'call' && lastName(one) === 'TableColumn' && !options.has('isNullable')),
    fallback: readDefault(options.get('defaultValue') ?? options.get('default')),
    counted:
      is('autoIncrement', true) ||
      is('isGenerated', true) ||
      options.has('asExpression') ||
      /serial/i.test(written ?? '') ||
      options.has('sequenceGenerated') ||
      options.has('expressionGenerated'),
    unique: is('unique', true) || is('isUnique', true),
  };
}

/** A type of PostgreSQL as people write it in these tools; null for words of their own. */
export function cleanType(written: string | null): string | null {
  const type = written?.trim().toLowerCase() ?? '';
  if (/^[a-z][a-z0-9_ ]*(?:\(\s*\d+(?:\s*,\s*\d+)?\s*\))?(?:\[\])?$/.test(type) === false) return null;
  if (/^(?:enum|string|binary|blob|datetime|double|array|tinyint|increments)\b/.test(type))
    return OTHER_NAMES[type] ?? null;
  return type;
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  string: 'varchar',
  binary: 'bytea',
  datetime: 'timestamptz',
  double: 'float8',
};
