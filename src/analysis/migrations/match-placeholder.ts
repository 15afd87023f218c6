/** Where migration tools put values into SQL: none of these is SQL outside quotes. Lengths are bounded, so a file of openers stays cheap. */
const PLACEHOLDERS = [
  /\$\{[^}\n]{0,200}\}/y, // Flyway, goose ENVSUB
  /\$\([\w.:-]{1,200}\)/y, // sqlcmd
  /\$[A-Za-z_]\w*(?![\w$])/y, // goose ENVSUB; not the start of a dollar quote
  /\{\{[^\n]{0,200}?\}\}/y, // Go templates, Jinja
  /\{%[^\n]{0,200}?%\}/y,
  /<%[=-][^\n]{0,200}?%>/y, // ERB
  /#\{[^}\n]{0,200}\}/y,
  /%\(\w{1,100}\)s/y, // Python
  /@[\w.]{1,100}@/y,
  /:(?=["'])/y, // psql: a quoted value or name follows
  /:[A-Za-z_]\w*/y, // psql, and named parameters
];
const CONTROL = /^\{\{-?\s*(?:[#/]|(?:if|else|end|range|for|endif|endfor|with|define|block|template)\b)|^\{%/;

/** The placeholder that begins at `at`, and what stands in its place for the grammar: a name, or blanks for what only steers the template. */
export function matchPlaceholder(text: string, at: number): { end: number; fill: string } | null {
  const char = text[at] ?? '';
  // `a::type`, `x[1:2]` and `:=` are SQL.
  if (char === ':' && /[:\w\]]/.test(text[at - 1] ?? '')) return null;
  for (const pattern of PLACEHOLDERS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (!found) continue;
    const fill = found === ':' || CONTROL.test(found) ? ' '.repeat(found.length) : found.replace(/\W/g, '_');
    return { end: at + found.length, fill };
  }
  return null;
}
