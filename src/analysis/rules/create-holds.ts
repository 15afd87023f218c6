import { lazy } from '../lazy.ts';

/** Whether a text holds a word, and whether it does in lower case: many rules need the same words. */
export function createHolds(text: string): Readonly<Record<'holds' | 'holdsLowered', (word: string) => boolean>> {
  return { holds: holdsIn(() => text), holdsLowered: holdsIn(() => text.toLowerCase()) };
}

/** A text says most of its words again and again: what is part of a word is looked for in each of them once. */
function holdsIn(makeText: () => string): (word: string) => boolean {
  const text = lazy(makeText);
  const words = lazy(() => [...new Set(text().match(/\w+/g))].join('\n'));
  const known = new Map<string, boolean>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const part = longestPart(word);
    const told = words().includes(part) && (part === word || text().includes(word));
    known.set(word, told);
    return told;
  };
}

/** Of the words of all rules. */
const parts = new Map<string, string>();

/** The longest part of it that stands in one word of a text. */
function longestPart(word: string): string {
  const before = parts.get(word);
  if (before !== undefined) return before;
  const part = (word.match(/\w+/g) ?? []).reduce((a, b) => (b.length > a.length ? b : a), '');
  parts.set(word, part);
  return part;
}
