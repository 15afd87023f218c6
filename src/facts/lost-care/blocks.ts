import { indentOf } from '../../text/indent-of.ts';

/** Lines by their numbers, from 0. */
export interface Block {
  /** Its first line, such as `if err != nil {`. */
  head: number;
  body: readonly string[];
  /** The line that stands behind it, at its own depth. */
  next: number;
}

/** What stands deeper than its first line. */
export function blockAt(lines: readonly string[], head: number): Block {
  const depth = indentOf(lines[head] ?? '');
  let next = head + 1;
  while (next < lines.length && ((lines[next] ?? '').trim() === '' || indentOf(lines[next] ?? '') > depth)) next++;
  return { head, body: lines.slice(head + 1, next), next };
}

/** The nearest line above that stands less deep. */
export function headOf(lines: readonly string[], at: number): number | null {
  const depth = indentOf(lines[at] ?? '');
  for (let line = at - 1; line >= 0; line--) {
    const text = lines[line] ?? '';
    if (text.trim() !== '' && indentOf(text) < depth) return line;
  }
  return null;
}

/** The block on the other side that has the same first line, as `write` has it: the second of two stays the second. */
export function blockNow(
  { base, head }: { base: readonly string[]; head: readonly string[] },
  above: number,
  write: (line: string) => string,
): Block | null {
  const first = write(base[above] ?? '');
  const before = base.flatMap((one, index) => (write(one) === first ? [index] : []));
  const now = head.flatMap((one, index) => (write(one) === first ? [index] : []));
  const index = now.length === before.length ? now[before.indexOf(above)] : undefined;
  return index === undefined ? null : blockAt(head, index);
}
