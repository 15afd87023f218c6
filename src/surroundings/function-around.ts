import { indentOf } from '../text/indent-of.ts';

/** A line that begins a function with a name, of whichever language. */
const NAMED =
  /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:func\s+(?:\([^()]*\)\s*)?|def\s+|function\s+)(\w+)\s*[([]|^\s*(?:export\s+)?const\s+(\w+)\s*=\s*(?:async\s*)?(?:\(|function\b)|^\s*(?:(?:public|private|protected|static|async)\s+)*(?!if\b|for\b|while\b|switch\b|catch\b)(\w+)\s*\([^()]*\)\s*(?::[^{}]*)?\{\s*$/;
const UNNAMED = /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:func|function)\b|=>\s*\{\s*$/;

export interface Begun {
  /** The index of its first line. */
  at: number;
  name: string | null;
}

/**
 * The functions around a line (an index), the innermost first, as far as the texts of the lines tell: what may be fetched is no form.
 *
 * @param most lines that are looked at
 */
export function* functionsAround(lines: readonly string[], index: number, most: number): Generator<Begun> {
  let depth = indentOf(lines[index] ?? '');
  for (let at = index; at >= Math.max(0, index - most); at -= 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || (at < index && indentOf(line) >= depth)) continue;
    const [found, ...names] = NAMED.exec(line) ?? UNNAMED.exec(line) ?? [];
    if (found === undefined) continue;
    yield { at, name: names.find((one) => one !== undefined) ?? null };
    depth = indentOf(line);
  }
}
