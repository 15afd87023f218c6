import { argumentOf, type Known, lastName, valueOf } from './known.ts';
import type { ColumnSpec } from './write-sql.ts';

/** Fields that have no column of their own. */
const NO_COLUMN = /^(?:ManyToMany\w*|Generic\w+|\w*TaggableManager|\w*ManyField)$/;
const COUNTED = /^(?:Big|Small)?AutoField$|^GeneratedField$/;

/**
 * The column of a field that is added. A required field without a default is one that nobody wrote by hand: `makemigrations` asks
 * for a value unless the table is made in the same go, in the file before.
 */
export function readField(name: string, field: Known | undefined): ColumnSpec | null {
  if (field?.kind !== 'call') return null;
  const type = lastName(field);
  if (NO_COLUMN.test(type)) return null;
  const is = (key: string): boolean => valueOf(argumentOf(field, key)) === true;
  const counted = COUNTED.test(type);
  const required = valueOf(argumentOf(field, 'null')) !== true && type !== 'NullBooleanField' && !counted;
  const own = argumentOf(field, 'default');
  const isGiven = own !== undefined && !(own.kind === 'value' && own.value === null);
  return {
    // As Django's operations call it, not as the database does (`owner_id`).
    name,
    type: null,
    required,
    fallback: required ? "''" : null,
    counted,
    unique: required && isGiven && (is('unique') || type === 'OneToOneField'),
  };
}
