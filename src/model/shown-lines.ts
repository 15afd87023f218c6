/** What a piece of a request shows: `<file-MARK path="…" …>` or `<context-MARK path="…" side="base" …>`, then numbered rows. */
const listPieces = (mark: string): RegExp =>
  new RegExp(
    `^<(file|context)-${mark} path=("(?:[^"\\\\]|\\\\.)*")(?: side="(head|base)")?.*>\\n([^]*?)\\n</\\1-${mark}>$`,
    'gm',
  );
const ROW = /^[+~ ] *(\d+) \| /gm;

/**
 * The lines that a request shows, by side and path: no tool has to send them again. Removed lines are not among them: who reads the
 * file as it was wants to see it whole.
 *
 * @param mark of the delimiters, which nothing that is shown can hold
 */
export function readShownLines(parts: readonly string[], mark: string): Map<string, Set<number>> {
  const shown = new Map<string, Set<number>>();
  for (const [, , path = '""', side = 'head', rows = ''] of parts.flatMap((part) => [
    ...part.matchAll(listPieces(mark)),
  ])) {
    const key = `${side}:${JSON.parse(path)}`;
    const lines = [...rows.matchAll(ROW)].map(([, line]) => Number(line));
    shown.set(key, new Set([...(shown.get(key) ?? []), ...lines]));
  }
  return shown;
}
