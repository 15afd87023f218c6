/** Text that a database and an HTTP API take: no half of a character, and no NUL, which PostgreSQL has not. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

/**
 * Every text in a value that is about to become JSON, names of members included. On the value, not on the JSON: there the six
 * characters `\u0000` may as well be somebody's source code.
 */
export function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Anything but plain data (a signal, a buffer, a date) knows itself how it is sent.
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [cleanText(name), cleanValue(member)]));
}
