import { withoutInvisible } from '../../text/invisible.ts';
import type { Around } from './text-around.ts';

/** A letter of no Latin alphabet: no keyword, protocol or identifier that a machine looks for has one. */
const FOREIGN = /[^\P{L}\p{Script=Latin}]/u;
const NAMED =
  /zero.?width|zw(?:n?j|n?b?sp)|\b(?:lrm|rlm|alm|shy|bom|feff|200[b-f]|2060|00ad)\b|no.?break|joiner|soft.?hyphen|byte.?order|invisible|apply.?function|&#?\w+;/i;
const LETTER = /[\p{L}\p{N}_$]/u;
const WORD = /\p{L}{2,}/gu;
const ADDRESS = /[a-z]:\/\/\w|\w@\w|\w\.(?:com|org|net|io|dev|app|ai|co|local|internal)\b/i;
/** Words of plain language in a row: no statement, command or key. Between them a path may be broken where a document broke it. */
const PROSE =
  /^(?!.*\b(?:select|insert|update|delete|where|curl|sudo)\b).*(?<![\p{L}\d])\p{Lu}?\p{Ll}+(?: \p{Ll}+)+ /isu;
const VERB = /%[-+#0 ]?[\d.]*[a-zA-Z]$/;
/** A sentence has this many words. */
const SENTENCE = 3;

/**
 * Whether a character without a shape is part of how a text is set: of a comment, which nothing compares; of a text in other
 * letters; between the words of a sentence; or it is what the text names. Not inside a word of plain letters, an address or a
 * text that could be a key.
 */
export function isTypography({ kind, text, at }: Around, line: string): boolean {
  if (kind === 'code') return false;
  if (kind === 'comment') return true;
  const left = withoutInvisible(text.slice(0, at));
  const right = withoutInvisible(text.slice(at));
  if (isInAddress(left, right)) return false;
  const shown = left + right;
  if (FOREIGN.test(shown)) return true;
  if (!LETTER.test(shown) && NAMED.test(line)) return true;
  // What a verb of a format stands for is no letter of the text.
  const before = VERB.test(left) ? '' : (left.at(-1) ?? '');
  const after = right.at(0) ?? '';
  const words = shown.match(WORD)?.length ?? 0;
  const isApart = !LETTER.test(before) && !LETTER.test(after);
  if (isApart) return /\s/.test(shown);
  return words >= SENTENCE && (isEdge(before) || isEdge(after) || (PROSE.test(shown) && [before, after].includes('/')));
}

/** Where a sentence has a gap: a blank, or its end. A quote or a sign belongs to what stands in it. */
function isEdge(char: string): boolean {
  return char === '' || /[\s.,;:!?)…]/.test(char);
}

/** Within what a machine resolves: after the begin of a URL, an e-mail address or a host. */
function isInAddress(left: string, right: string): boolean {
  const before = /\S*$/.exec(left)?.[0] ?? '';
  const after = /^\S*/.exec(right)?.[0] ?? '';
  return /[\w/.-]$/.test(before) && ADDRESS.test(before + after);
}
