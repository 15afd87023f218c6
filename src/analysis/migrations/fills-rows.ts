import type { ColumnDef, Constraint, Node } from 'libpg-query';
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
 * Whether each row gets a value of its own when this column is added, so that all of them are written anew: a number of a sequence, what
 * is computed and stored, a default that is another one for each row. A default that is the same for all stands in the catalogue.
 *
 * Source: postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
 */
export function fillsRows(definition: ColumnDef): boolean {
  return isSerial(definition) || constraintsOf(definition).some(fillsEach);
}

export function constraintsOf({ constraints = [] }: ColumnDef): Constraint[] {
  return constraints.flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
}

function fillsEach(one: Constraint): boolean {
  if (one.contype === 'CONSTR_IDENTITY') return true;
  // Without a word it is stored up to PostgreSQL 17, and computed when it is read from 18 on.
  if (one.contype === 'CONSTR_GENERATED') return one.generated_kind === 's';
  return one.contype === 'CONSTR_DEFAULT' && one.raw_expr !== undefined && callsVolatile(one.raw_expr);
}

const DEEPEST = 40;

function callsVolatile(expression: unknown, depth = 0): boolean {
  if (typeof expression !== 'object' || expression === null || depth > DEEPEST) return false;
  if ('FuncCall' in expression) {
    const { funcname } = expression.FuncCall as { funcname?: Node[] };
    if (VOLATILE.has(readString(funcname?.at(-1)) ?? '')) return true;
  }
  return Object.values(expression).some((value) => callsVolatile(value, depth + 1));
}
