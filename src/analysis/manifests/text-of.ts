import type { Scalar } from 'yaml';

/** The value of a scalar as text; of nothing it is "". Numbers are as they are written: `0755`, `5432:5432`. */
export function textOf({ value, source }: Scalar): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : (source ?? JSON.stringify(value));
}
