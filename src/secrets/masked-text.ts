declare const masked: unique symbol;

/**
 * Text in which every credential was looked for and masked. Only this room makes it, and what goes to Claude, GitHub, the log
 * or the database asks for it: a text that nobody searched is an error of the compiler.
 */
export type MaskedText = string & { readonly [masked]: true };

/** Stands for a credential. Text that already holds it (this file does) is merely not offered a fix. */
export const MASK = '••••••••';

/** Part of a text, in UTF-16 units; `shown` is what of it may stay: a prefix that says whose token it is. */
export interface Span {
  start: number;
  end: number;
  shown: string;
}

/** A text without its spans, which may overlap. Line ends inside a span stay, so every line keeps its number. */
export function maskSpans(text: string, spans: readonly Span[]): MaskedText {
  let out = '';
  let at = 0;
  for (const { start, end, shown } of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue;
    if (start >= at) out += text.slice(at, start) + shown;
    out += text
      .slice(Math.max(start, at), end)
      .split(/(\r?\n)/)
      .map((part, index) => (index % 2 === 1 ? part : part === '' ? '' : MASK))
      .join('');
    at = end;
  }
  return (out + text.slice(at)) as MaskedText;
}

export function isMasked(text: string): boolean {
  return text.includes(MASK);
}
