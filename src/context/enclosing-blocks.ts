/** What stands before all that follows in its block: `repo.Use(auth)` of Go's routers. */
const FOR_BLOCK = /\.(?:use|Use|param|addHook|before_request|with|With)\(/;
const MOST_LINES = 60;

/**
 * The heads of the blocks around a line, by their indentation, from `from` on: the group of a route, the transaction, the
 * condition, with what each of these blocks lets stand before the line. In a long function this is what decides about it.
 */
export function listBlockHeads(lines: readonly string[], line: number, from: number): number[] {
  const heads: number[] = [];
  let least = indentOf(lines[line - 1] ?? '');
  for (let at = line - 1; at >= from && heads.length < MOST_LINES; at--) {
    const text = lines[at - 1] ?? '';
    if (text.trim() === '' || /^\s*(?:\/\/|#|\*|\/\*)/.test(text)) continue;
    const indent = indentOf(text);
    if (indent < least) {
      least = indent;
      heads.push(at);
      // `{` alone: what it belongs to stands above it.
      if (/^\s*\{$/.test(text)) heads.push(at - 1);
    } else if (indent === least && FOR_BLOCK.test(text)) heads.push(at);
  }
  return heads;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
