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

export function constraintsOf({ constraints = [] }: ColumnDef): Constraint[] {
  return constraints.flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
}

function callsVolatile(expression: unknown): boolean {
  return [...nodesIn(expression)].some((node) => {
    if (!('FuncCall' in node)) return false;
    const { funcname } = node.FuncCall as { funcname?: Node[] };
    return VOLATILE.has(readString(funcname?.at(-1)) ?? '');
  });
}
