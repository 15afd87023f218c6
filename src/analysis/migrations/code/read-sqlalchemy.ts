import { argumentOf, chainOf, type Known, type KnownCall, lastName, nameKnown, textOf, valueOf } from './known.ts';
import type { ColumnSpec, TableRef } from './write-sql.ts';

/** SQLAlchemy's types as those of PostgreSQL. Source: docs.sqlalchemy.org/en/20/core/type_basics.html */
const TYPES: Readonly<Record<string, string>> = {
  integer: 'int4',
  int: 'int4',
  smallinteger: 'int2',
  smallint: 'int2',
  biginteger: 'int8',
  bigint: 'int8',
  boolean: 'bool',
  float: 'float8',
  double: 'float8',
  double_precision: 'float8',
  real: 'float4',
  date: 'date',
  json: 'json',
  jsonb: 'jsonb',
  uuid: 'uuid',
  largebinary: 'bytea',
  bytea: 'bytea',
  text: 'text',
  unicodetext: 'text',
  time: 'time',
  numeric: 'numeric',
  decimal: 'numeric',
  inet: 'inet',
  tsvector: 'tsvector',
};

/** Null: a type that is not known here. */
export function readType(one: Known | undefined): string | null {
  if (one === undefined || one.kind === 'unknown') return null;
  const name = lastName(one).toLowerCase();
  const call = one.kind === 'call' ? one : null;
  const flag = (key: string): boolean => call !== null && valueOf(argumentOf(call, key)) === true;
  if (/^(?:string|varchar|unicode)$/.test(name)) {
    const length = call && valueOf(argumentOf(call, 'length', 0));
    return typeof length === 'number' ? `varchar(${length})` : 'varchar';
  }
  if (/^(?:datetime|timestamp)$/.test(name)) return flag('timezone') ? 'timestamptz' : 'timestamp';
  return Object.hasOwn(TYPES, name) ? (TYPES[name] ?? null) : null;
}

/** `sa.Column('name', sa.Text(), nullable=False)`; null where it has no name that is known. */
export function readColumn(one: Known | undefined): ColumnSpec | null {
  if (one?.kind !== 'call' || lastName(one) !== 'Column') return null;
  const name = textOf(argumentOf(one, 'name', 0));
  if (name === null) return null;
  const rest = one.arguments.filter((argument) => argument.name === null).slice(1);
  const parts = rest.map(({ value }) => value);
  const isPart = (part: Known): boolean =>
    /^(?:ForeignKey|Identity|Computed|Sequence|CheckConstraint)$/.test(lastName(part));
  const isPrimary = valueOf(argumentOf(one, 'primary_key')) === true;
  const foreign = parts.find((part) => part.kind === 'call' && lastName(part) === 'ForeignKey');
  const nullable = valueOf(argumentOf(one, 'nullable'));
  return {
    name,
    type: readType(argumentOf(one, 'type_') ?? parts.find((part) => !isPart(part))),
    required: nullable === undefined ? isPrimary : nullable === false,
    fallback: readFallback(argumentOf(one, 'server_default')),
    counted:
      parts.some((part) => /^(?:Identity|Computed|Sequence)$/.test(lastName(part))) ||
      valueOf(argumentOf(one, 'autoincrement')) === true,
    unique: valueOf(argumentOf(one, 'unique')) === true,
    refersTo: foreign?.kind === 'call' ? readTarget(textOf(argumentOf(foreign, 'column', 0))) : null,
  };
}

function readTarget(target: string | null): TableRef | null {
  if (target === null) return null;
  const parts = target.split('.').slice(0, -1);
  const name = parts.at(-1);
  return name === undefined ? null : { schema: parts.at(-2) ?? null, name };
}

/** A default of the database as SQL. What is computed is kept as far as it can be read. */
export function readFallback(one: Known | undefined): string | null {
  if (one === undefined || (one.kind === 'value' && one.value === null)) return null;
  if (one.kind === 'text') return `'${one.value.replaceAll("'", "''")}'`;
  if (one.kind === 'call' && lastName(one) === 'text') return textOf(argumentOf(one, 'text', 0)) ?? "''";
  if (/\bfunc\.\w+\(\)$/.test(nameKnown(one))) return `${lastName(one)}()`;
  return "''";
}

/** What SQLAlchemy builds changes rows, not tables. */
const BUILDERS = /^(?:insert|update|delete|select|values|where|order_by|limit|from_select|returning)$/;

/**
 * What is executed: a text, `sa.text('…')`, or a statement that SQLAlchemy builds. Undefined: it changes no table (rows of a
 * built statement at most). Null: it cannot be known.
 */
export function readExecuted(one: Known | undefined): Known | { built: string } | undefined | null {
  if (one === undefined) return undefined;
  if (one.kind === 'text') return one;
  const chain = chainOf(one);
  const [first] = chain;
  if (!first) return null;
  if (/(?:^|\.)(?:text|DDL)$/.test(nameKnown(first.of))) {
    const text = argumentOf(first, 'text', 0);
    return text?.kind === 'text' ? text : null;
  }
  const table = readBuilt(chain);
  if (table !== null) return { built: table };
  return chain.some((call) => BUILDERS.test(lastName(call))) ? undefined : null;
}

/** `users.update().values(…)`, `sa.update(users).values(…)` without a condition: every row is written. */
function readBuilt(chain: readonly KnownCall[]): string | null {
  const at = chain.findIndex((call) => lastName(call) === 'update');
  const update = chain[at];
  if (!update || chain.slice(at).some((call) => /^(?:where|filter|filter_by)$/.test(lastName(call)))) return null;
  const table = at > 0 ? chain[at - 1] : argumentOf(update, 'table', 0);
  const name =
    table?.kind === 'call' && /^(?:table|Table)$/.test(lastName(table)) ? textOf(argumentOf(table, 'name', 0)) : null;
  return name;
}
