import type { ColumnDef, Constraint, Node } from 'libpg-query';
import { nodesIn } from './nodes-in.ts';
import { readString } from './tables.ts';

/**
 * Functions that say something else at each call. One that somebody wrote himself is volatile as well unless it says otherwise, which
 * is written elsewhere: nothing is said of it.
 *
 * Source: postgresql.org/docs/current/functions-math.html, functions-uuid.html, functions-datetime.html, functions-sequence.html,
 * uuid-ossp.html, pgcrypto.html
 */
const VOLATILE = new Set([
  'clock_timestamp',
  'gen_random_bytes',
  'gen_random_uuid',
  'nextval',
  'random',
  'random_normal',
  'timeofday',
  'uuid_generate_v1',
  'uuid_generate_v1mc',
  'uuid_generate_v4',
  'uuidv4',
  'uuidv7',
]);

const SERIAL = /^(?:small|big)?serial[248]?$/;

export function isSerial({ typeName }: ColumnDef): boolean {
  return SERIAL.test((typeName?.names ?? []).map(readString).at(-1) ?? '');
}

/**
 * Whether the default of a column that is added is another one for each row, so that all of them are written anew: one that is the same
 * for all stands in the catalogue. A number of a sequence and what is computed and stored rewrite the table as well, but are to be had
 * in no other way: who writes them means it.
 *
 * Source: postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
 */
export function fillsRows(definition: ColumnDef): boolean {
  return constraintsOf(definition).some(
    ({ contype, raw_expr: value }) => contype === 'CONSTR_DEFAULT' && value !== undefined && callsVolatile(value),
  );
}

/**
 * The same for all rows, though a function gives it.
 *
 * Source: postgresql.org/docs/current/functions.html (`provolatile` of pg_proc is `s` or `i`)
 */
const STEADY = new Set(
  'now statement_timestamp transaction_timestamp timezone date_trunc date_part to_timestamp to_date to_char make_interval make_date make_timestamp make_timestamptz current_setting current_schema current_database lower upper initcap btrim ltrim rtrim trim replace concat concat_ws format length substr substring left right md5 sha256 encode decode convert_to round floor ceil ceiling trunc abs power mod greatest least array_fill string_to_array jsonb_build_object json_build_object jsonb_build_array json_build_array to_jsonb to_json jsonb_object json_object nullif coalesce uuid_nil uuid_ns_dns uuid_generate_v5 uuid_generate_v3 int4range int8range numrange tsrange tstzrange daterange to_tsvector point box st_makepoint st_setsrid st_geomfromtext inet_client_addr session_user'.split(
    ' ',
  ),
);

/** A function that somebody wrote is volatile unless its definition says otherwise, which is written elsewhere. */
export function fillsRowsPerhaps(definition: ColumnDef): boolean {
  return constraintsOf(definition).some(
    ({ contype, raw_expr: value }) =>
      contype === 'CONSTR_DEFAULT' &&
      value !== undefined &&
      namesCalled(value).some((name) => !STEADY.has(name) && !VOLATILE.has(name)),
  );
}

export function constraintsOf({ constraints = [] }: ColumnDef): Constraint[] {
  return constraints.flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
}

function callsVolatile(expression: unknown): boolean {
  return namesCalled(expression).some((name) => VOLATILE.has(name));
}

function namesCalled(expression: unknown): string[] {
  return [...nodesIn(expression)].flatMap((node) => {
    if (!('FuncCall' in node)) return [];
    const { funcname } = node.FuncCall as { funcname?: Node[] };
    return readString(funcname?.at(-1)) ?? [];
  });
}
