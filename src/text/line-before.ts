/** Of a longer line only its end is looked at: a file may be one line. */
const MOST = 400;

/** What stands before a place on its line. */
export function lineBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - MOST), at);
  return before.slice(before.lastIndexOf('\n') + 1);
}
