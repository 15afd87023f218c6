import type { Principle } from './agent.ts';

/**
 * An agent's definition as its reviewer is told it: the voice, what it knows, how code is to be. Left out is what speaks of
 * building instead of reviewing (`## When Invoked`, the steps of a sub-agent that writes code), sections of nothing but links,
 * and the principles, which the reviewer is told with their ids.
 */
export function readPersona(body: string, principles: readonly Pick<Principle, 'text'>[]): string {
  const told = new Set(principles.map(({ text }) => text));
  const kept = splitSections(body)
    .filter(({ title, lines }) => title.toLowerCase() !== 'when invoked' && !isLinks(lines))
    .map(({ lines }) => lines.filter((line) => !told.has(readBullet(line))))
    .map(dropEmptyLabels);
  return kept
    .map((lines) =>
      lines
        .join('\n')
        .replaceAll(/\n{3,}/g, '\n\n')
        .trim(),
    )
    .filter((text) => text !== '')
    .join('\n\n');
}

function splitSections(body: string): { title: string; lines: string[] }[] {
  const sections: { title: string; lines: string[] }[] = [{ title: '', lines: [] }];
  let inCode = false;
  for (const line of body.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) inCode = !inCode;
    if (!inCode && line.startsWith('## ')) sections.push({ title: line.slice(3).trim(), lines: [] });
    sections.at(-1)?.lines.push(line);
  }
  return sections;
}

/** Without a pattern: a repository's own agent is a stranger's text, with lines of any length. */
function readBullet(line: string): string {
  const text = line.trim();
  return text.startsWith('- ') || text.startsWith('* ') ? text.slice(2).trim() : '';
}

const isLabel = (line: string): boolean => /^\*\*[^*]+\*\*:?\s*$/.test(line);
const isHeading = (line: string): boolean => /^#{1,6}\s/.test(line);

function isLinks(lines: readonly string[]): boolean {
  const full = lines.filter((line) => line.trim() !== '' && !isHeading(line) && !isLabel(line));
  return full.length > 0 && full.every((line) => /^\s*[-*]\s+\[[^\]]+\]\([^)]*\)/.test(line));
}

/** Labels, and then headings, below which nothing is left. */
function dropEmptyLabels(lines: readonly string[]): string[] {
  const without = (list: readonly string[], isOne: (line: string) => boolean, ends: (line: string) => boolean) =>
    list.filter((line, index) => {
      if (!isOne(line)) return true;
      const next = list.slice(index + 1).find((one) => one.trim() !== '');
      return next !== undefined && !ends(next);
    });
  const labelled = without(lines, isLabel, (line) => isLabel(line) || isHeading(line));
  return without(labelled, isHeading, isHeading);
}
