import type { Expression } from './form.ts';

/** The name that a value is a part of: `rows` of `rows[0].id`; null: none. */
export function rootName(value: Expression): string | null {
  if (value.kind === 'field' || value.kind === 'index' || value.kind === 'cast') return rootName(value.of);
  return value.kind === 'name' ? value.name : null;
}
