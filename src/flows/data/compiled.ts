/** By flags, then by source: it is asked for each name and value, and a key of both would be made each time. */
const known = new Map<string, Map<string, RegExp>>();

/** A pattern of a model or class, compiled once. Never one of the code under review: nothing bounds how many those are. */
export function compiled(source: string, flags = ''): RegExp {
  const patterns = known.get(flags) ?? new Map<string, RegExp>();
  known.set(flags, patterns);
  const pattern = patterns.get(source);
  if (pattern) return pattern;
  const made = new RegExp(source, flags);
  patterns.set(source, made);
  return made;
}
