import { structuredPatch } from 'diff';
import type { Hunk } from './patch.ts';

/**
 * The hunks between two texts, for a file whose patch GitHub left out. Null when the texts are too different to be
 * compared in time; the caller then says that the file was not compared.
 */
export function diffTexts(base: string, head: string): Hunk[] | null {
  const patch = structuredPatch('a', 'b', base, head, '', '', { context: 3, timeout: 5000, maxEditLength: 20_000 });
  if (!patch) return null;
  return patch.hunks.map((hunk) => {
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    const lines: Hunk['lines'] = [];
    for (const raw of hunk.lines) {
      const text = raw.slice(1);
      if (raw.startsWith('+')) lines.push({ kind: 'added', oldLine: null, newLine: newLine++, text });
      else if (raw.startsWith('-')) lines.push({ kind: 'removed', oldLine: oldLine++, newLine: null, text });
      else if (!raw.startsWith('\\')) lines.push({ kind: 'context', oldLine: oldLine++, newLine: newLine++, text });
    }
    return { oldStart: hunk.oldStart, newStart: hunk.newStart, lines };
  });
}
