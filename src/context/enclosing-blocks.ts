import { memo } from '../languages/memo.ts';
import { indentOf } from '../text/indent-of.ts';

/** A statement that affects everything after it in its block, such as `repo.Use(auth)` of Go's routers. */
const FOR_BLOCK = /\.(?:use|Use|param|addHook|before_request|with|With)\(/;
const MOST_LINES = 60;

/** For each line, by its number, a line above it; 0 if there is none. */
interface Blocks {
  /** The nearest line above that is indented less: the head of the block. */
  heads: Uint32Array;
  /** The nearest line above in the same block that stands before all that follows in it. */
  befores: Uint32Array;
}

/**
 * The heads of the blocks around a line, by their indentation, from `from` on: the group of a route, the transaction, the
 * condition, with what each of these blocks lets stand before the line. In a long function this is what decides about it.
 */
export function listBlockHeads(lines: readonly string[], line: number, from: number): number[] {
  const blocks = readBlocks(lines);
  const found: number[] = [];
  for (let at = line; at >= from; at = blocks.heads[at] ?? 0) {
    if (at !== line) {
      found.push(at);
      // `{` alone: what it belongs to stands above it.
      if (/^\s*\{$/.test(lines[at - 1] ?? '')) found.push(at - 1);
    }
    for (let one = blocks.befores[at] ?? 0; one >= from && found.length < MOST_LINES; one = blocks.befores[one] ?? 0)
      found.push(one);
    if (found.length >= MOST_LINES) break;
  }
  return found;
}

/** All lines in one walk: a change may touch each line of a long function. */
const readBlocks = memo((lines: readonly string[]): Blocks => {
  const heads = new Uint32Array(lines.length + 1);
  const befores = new Uint32Array(lines.length + 1);
  // The blocks around where we are, outermost first: the last line of each that is indented as it is, and the last that counts for it.
  const open: { indent: number; line: number; before: number }[] = [];
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const indent = indentOf(text);
    let depth = open.length;
    while (depth > 0 && (open[depth - 1]?.indent ?? 0) > indent) depth--;
    const same = open[depth - 1]?.indent === indent ? open[depth - 1] : undefined;
    heads[line] = open[same ? depth - 2 : depth - 1]?.line ?? 0;
    befores[line] = same?.before ?? 0;
    if (text.trim() === '' || /^\s*(?:\/\/|#|\*|\/\*)/.test(text)) continue;
    open.length = depth;
    const block = same ?? { indent, line, before: 0 };
    if (!same) open.push(block);
    block.line = line;
    if (FOR_BLOCK.test(text)) block.before = line;
  }
  return { heads, befores };
});
