/** The part of one text that another one no longer has, and the part that replaces it. Around it, both texts are equal. */
export interface Delta {
  old: string;
  now: string;
  /** Where in the first text it begins. */
  at: number;
}

const MOST = 4000;

/** Null: they are too long to be compared, or alike but for white space. */
export function deltaOf(before: string, after: string): Delta | null {
  if (before.length > MOST || after.length > MOST) return null;
  const [old, now] = [tokensOf(before), tokensOf(after)];
  const least = Math.min(old.length, now.length);
  let start = 0;
  while (start < least && old[start]?.[0] === now[start]?.[0]) start++;
  let end = 0;
  while (end < least - start && old.at(-1 - end)?.[0] === now.at(-1 - end)?.[0]) end++;
  const between = (text: string, all: readonly RegExpExecArray[]): string => {
    const [first, last] = [all[start], all[all.length - end - 1]];
    return first && last && last.index >= first.index ? text.slice(first.index, last.index + last[0].length) : '';
  };
  const delta = { old: between(before, old), now: between(after, now), at: old[start]?.index ?? 0 };
  return delta.old === '' && delta.now === '' ? null : delta;
}

function tokensOf(text: string): RegExpExecArray[] {
  return [...text.matchAll(/[\w$]+|[^\s\w$]/g)];
}
