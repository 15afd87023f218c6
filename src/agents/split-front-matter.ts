/**
 * The YAML between a first line `---` and the next such line, and what follows. No library: they evaluate front matter that calls
 * itself code (`---js`).
 *
 * @param text with line feeds alone, and no byte order mark
 * @returns null where there is none, or it is not closed
 */
export function splitFrontMatter(text: string): { yaml: string; content: string } | null {
  if (!text.startsWith('---\n')) return null;
  const end = text.indexOf('\n---\n', 3);
  return end === -1 ? null : { yaml: text.slice(4, end + 1), content: text.slice(end + '\n---\n'.length) };
}
