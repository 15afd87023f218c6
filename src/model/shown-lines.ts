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
 * @param isChanged whether a path is one of the change: what is not reads alike on both sides
 */
export function readShownLines(
  parts: readonly string[],
  mark: string,
  isChanged: (path: string) => boolean,
): Map<string, Set<number>> {
  const shown = new Map<string, Set<number>>();
  for (const [, , path = '""', side = 'head', rows = ''] of parts.flatMap((part) => [
    ...part.matchAll(listPieces(mark)),
  ])) {
    const name: string = JSON.parse(path);
    const lines = [...rows.matchAll(ROW)].map(([, line]) => Number(line));
    for (const key of (isChanged(name) ? [side] : ['head', 'base']).map((one) => `${one}:${name}`))
      shown.set(key, new Set([...(shown.get(key) ?? []), ...lines]));
  }
  return shown;
}
