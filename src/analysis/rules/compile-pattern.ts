import { z } from 'zod';

/** All of a pattern. The end is checked by what is between: of `(?i:a)|(b)` that is no regular expression. */
const IGNORING_CASE = /^\(\?i:(.*)\)$/s;
/** Node 24 knows these anywhere in a pattern, Node 22 nowhere. */
const MODIFIER = /\(\?(?:[ims]+(?:-[ims]*)?|-[ims]+):/;

/**
 * A regular expression of a rule, the same on every Node that the command line runs on.
 *
 * @throws SyntaxError for what is none, and for `(?i:…)` around less than all of it
 */
export function compilePattern(text: string): RegExp {
  const [, inner] = IGNORING_CASE.exec(text) ?? [];
  if (MODIFIER.test(inner ?? text)) throw new SyntaxError('(?i:…) is only known around a whole pattern');
  return inner === undefined ? new RegExp(text) : new RegExp(inner, 'i');
}

/** A regular expression as a rule file writes it: of JavaScript; `(?i:…)` around all of it ignores case. */
export const Pattern = z.string().refine((text) => {
  try {
    return compilePattern(text) instanceof RegExp;
  } catch {
    return false;
  }
}, 'is not a regular expression');
