const known = new Map<string, RegExp>();

/** A pattern of a model or class, compiled once. Never one of the code under review: nothing bounds how many those are. */
export function compiled(source: string, flags = ''): RegExp {
  const key = `${flags}/${source}`;
  const pattern = known.get(key) ?? new RegExp(source, flags);
  known.set(key, pattern);
  return pattern;
}
