/** Lines that an argument list may go on for. */
const FURTHEST = 24;

/**
 * The lines on which the calls begin whose arguments stand on these lines: `minRole: "owner",` says nothing of whom it is told,
 * `requireRole({` some lines above does. Strings and comments are not told from code: a wrong guess costs a look-up.
 *
 * @param first where the function begins that they stand in
 */
export function listOpeners(lines: readonly string[], of: Iterable<number>, first: number): Set<number> {
  const openers = new Set<number>();
  for (const line of of) {
    const opener = findOpener(lines, line, Math.max(first, line - FURTHEST));
    if (opener !== null) openers.add(opener);
  }
  return openers;
}

function findOpener(lines: readonly string[], line: number, first: number): number | null {
  let depth = 0;
  for (let at = line - 1; at >= first; at--) {
    const text = (lines[at - 1] ?? '').slice(0, 400);
    for (let index = text.length - 1; index >= 0; index--) {
      const char = text.charAt(index);
      if (')]}'.includes(char)) depth += 1;
      else if ('([{'.includes(char) && depth > 0) depth -= 1;
      else if (char === '(') return at;
      else if ('[{'.includes(char)) {
        const before = text.slice(0, index).trimEnd();
        // A block, if no bracket of this line holds it; else an object or a list, which may be an argument.
        if (!/[([{,:=&]$/.test(before) && !holdsOpen(before)) return null;
      }
    }
  }
  return null;
}

function holdsOpen(text: string): boolean {
  let depth = 0;
  for (const char of text) depth += char === '(' ? 1 : char === ')' ? -1 : 0;
  return depth > 0;
}
