const STATEMENT =
  /\b(?:table|from|join|into|update|only|truncate|references)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?["'`[]?(?:\w+["'`\]]?\.["'`[]?)?([a-z_]\w{1,62})/gi;
const INDEX = /\bon\s+(?:only\s+)?["'`]?(?:\w+["'`]?\.["'`]?)?([a-z_]\w{1,62})["'`]?\s*(?:using\b|\()/gi;
/** What stands in a table's place without being one. */
const WORDS = new Set(
  'select set values where only if not exists table the a an as lateral unnest generate_series json_each cascade this that request response body and or null true false dual information_schema'.split(
    ' ',
  ),
);

/** Tables that statements of SQL in a text speak of, in the order of the text. */
export function listTableNames(text: string): string[] {
  const found = [...text.matchAll(STATEMENT), ...text.matchAll(INDEX)].map((match) => match[1] ?? '');
  return [...new Set(found.filter((name) => !WORDS.has(name.toLowerCase())))];
}
