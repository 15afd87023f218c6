/** A text with blanks in place of these spans, which begin one after the other: every other character stays at its place and line. */
export function blankOut(text: string, spans: readonly (readonly [start: number, end: number])[]): string {
  let kept = '';
  let at = 0;
  for (const [start, end] of spans) {
    // It stands in the one before.
    if (start < at) continue;
    kept += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return kept + text.slice(at);
}
