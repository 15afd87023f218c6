import type { Subject } from './subjects.ts';

/** A check that was there before the change and is gone now. */
export interface Gone {
  line: number;
  subject: Subject;
  /** As the comment names it. */
  had: string;
  /** Where this stands in the function now, it is checked all the same. */
  name: string;
  isSure: boolean;
  /** Of a line that stands there still, without it: what is left of the line is no check in its stead. */
  isPart?: true;
  /** Another check stands there, which asks for less. */
  isWeaker?: true;
  /** The opposite is asked there now. */
  isTurned?: true;
  /** What must still be done there. */
  stays?: RegExp;
  /** What is let through is named in the program. */
  isListed?: true;
}

const LONGEST_SHOWN = 80;

export function shown(code: string): string {
  const text = code
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\}?\s*else\s+/, '')
    .replace(/\s*[{:;]$/, '')
    .replaceAll('`', "'");
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN).trimEnd()} …` : text;
}

export function lastName(text: string): string {
  return text.match(/[\w$]{3,}/g)?.at(-1) ?? '';
}
