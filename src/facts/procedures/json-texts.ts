/** A value in fields of fields. */
export function nest(keys: readonly string[], value: string, field: string | undefined): unknown {
  // Not by assignment: a key may be `__proto__`.
  return [...keys, ...(field === undefined ? [] : [field])].reduceRight<unknown>(
    (inner, key) => Object.fromEntries([[key, inner]]),
    value,
  );
}

/** JSON in printable ASCII. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
