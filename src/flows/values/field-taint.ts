import type { Taint } from './value.ts';

/** Between a taint's key and the field that was read of it: it stands in no name. */
export const FIELD = '\0';
/** What a decoder has made of a value: a check before it has seen another text. */
export const DECODED = `${FIELD}decoded()`;

/** The key of a field of what has this key. */
export function keyOfField(key: string, name: string): string {
  return `${key}${FIELD}${name.replaceAll(FIELD, '')}`;
}

/** The fields that were read on the way to a value, by its key. */
export function fieldsOfKey(key: string): string[] {
  return key.replaceAll(DECODED, '').split(FIELD).slice(1);
}

/** The key of what a field was read of. */
export function keyOfWhole(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf(FIELD)));
}

const MOST_FIELDS = 5;

/** What is known of a field of what this taint is of. */
export function fieldTaint(taint: Taint, name: string): Taint {
  // A field of an object that is not described may be any text.
  const { unseen: _, ...rest } = taint;
  if (fieldsOfKey(taint.key).length >= MOST_FIELDS) return { ...rest, whole: false };
  const parameter = taint.parameter && { ...taint.parameter, path: [...taint.parameter.path, name] };
  return { ...rest, key: keyOfField(taint.key, name), whole: false, parameter };
}

/** What a text has of its own. */
const OF_TEXTS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(String.prototype));

/**
 * Whether what this taint is of is a text, which has no such field: a parameter of an address, as `URLSearchParams` gives it, is
 * never an object, whatever it was asked for.
 */
export function isTextWithout({ says, key }: Taint, name: string, address: string): boolean {
  if (says !== address || !/^[A-Za-z_]\w*$/.test(name) || OF_TEXTS.has(name)) return false;
  const fields = fieldsOfKey(key);
  const at = fields.indexOf('searchParams');
  return at >= 0 && at < fields.length - 1;
}
