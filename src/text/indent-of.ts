/** How many blanks a line begins with; a tab is one. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
