import type { Suggestion } from './finding.ts';

/**
 * A text with suggestions put in, from the last line to the first, so that line numbers stay true. One that overlaps another
 * that is already in is left out. The file keeps its line endings.
 */
export function applySuggestions(text: string, suggestions: readonly Suggestion[]): { text: string; applied: number } {
  const ending = /\r\n/.test(text) ? '\r\n' : '\n';
  const lines = text.split('\n');
  let limit = Number.POSITIVE_INFINITY;
  let applied = 0;
  for (const { startLine, endLine, replacement } of [...suggestions].sort((a, b) => b.startLine - a.startLine)) {
    if (endLine >= limit || endLine < startLine || endLine > lines.length) continue;
    const inside = replacement.replace(/\r\n/g, '\n').split('\n');
    const last = lines[endLine - 1] ?? '';
    // The last line of a file may have no line feed, and then no carriage return either.
    const tail = ending === '\r\n' && last.endsWith('\r') ? '\r' : '';
    const put = inside.map(
      (line, index) => `${line}${index === inside.length - 1 ? tail : ending === '\r\n' ? '\r' : ''}`,
    );
    lines.splice(startLine - 1, endLine - startLine + 1, ...put);
    limit = startLine;
    applied += 1;
  }
  return { text: lines.join('\n'), applied };
}
