const MOST_LINES = 40;

/** The last line of the statement or chain that begins in a line: where its brackets are closed and no `.` follows. */
export function endOfStatement(lines: readonly string[], startLine: number, most = MOST_LINES): number {
  let depth = 0;
  const last = Math.min(lines.length, startLine + most - 1);
  for (let line = startLine; line <= last; line++) {
    for (const sign of lines[line - 1] ?? '') depth += '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0;
    if (depth <= 0 && !/^\s*\./.test(lines[line] ?? '')) return line;
  }
  return last;
}
