import { codeOf } from '../../text/code-of.ts';
import { cutText } from '../../text/cut-text.ts';
import { lastPart } from '../../text/last-part.ts';

/** A check stands among the first lines. */
const FIRST_LINES = 16;
const FIRST_CHARACTERS = 4000;
const LONGEST_LINE = 240;
/** The refusal follows it at once. */
const REFUSES_WITHIN = 4;
const RIGHTS =
  /admin|staff|super_?user|\brole|permission|\bperm\b|allow|owne[rd]|access|member|privilege|authori[sz]|entitle|moderator/i;
const MAY = /\b(?:can|may)(?:[A-Z_]\w*)?\(/;
const REFUSES = /\b40[13]\b|forbid|unauthori[sz]ed|denied|StatusNotFound|\b404\b/i;
const DEMANDS = /^(?:require|assert|ensure|check|authori[sz]e|demand|verify|enforce|must|need|deny|abort)/i;

export interface Check {
  /** The same in two handlers that ask the same. */
  key: string;
  /** As it is written. */
  text: string;
}

/** What the first lines of a handler ask about the caller's rights, and turn him away by. */
export function checksIn(text: string): Check[] {
  const shown = codeOf(text.slice(0, FIRST_CHARACTERS))
    .split('\n')
    .map((line) => line.slice(0, LONGEST_LINE));
  return shown.slice(0, FIRST_LINES).flatMap((line, index): Check[] => {
    const after = shown.slice(index, index + REFUSES_WITHIN).join('\n');
    const [, condition] = /^\s*(?:\}\s*)?if\s*\(?(.*?)\)?\s*(?:\{|:\s*$|return\b|throw\b|raise\b).*$/.exec(line) ?? [];
    if (condition !== undefined) {
      // `owner, ok := h.owned(w, r)` and `if !ok`: the call above says what is asked.
      const given = /^!?\s*(?:ok|allowed|err\s*!=\s*nil|isAllowed|not ok)$/.test(condition.trim())
        ? (shown[index - 1] ?? '')
        : condition;
      const asked = callOrText(given);
      return speaksOfRights(asked) && (REFUSES.test(after) || isCall(asked) || /\breturn;?\s*(?:\}|$)/m.test(after))
        ? [{ key: keyOf(asked), text: shorten(given) }]
        : [];
    }
    const [, call] = /^\s*(?:await\s+)?([\w.]+)\s*\(/.exec(line) ?? [];
    const name = lastPart(call ?? '');
    return call !== undefined && DEMANDS.test(name) && speaksOfRights(line)
      ? [{ key: keyOf(line), text: shorten(line) }]
      : [];
  });
}

function speaksOfRights(text: string): boolean {
  return RIGHTS.test(text) || MAY.test(text);
}

/** Of `err := h.may(r, "x"); err != nil` the call. */
function callOrText(text: string): string {
  const [, call] = /(?::=|=(?!=))\s*(?:await\s+)?(.*?)(?:;.*)?$/.exec(text) ?? [];
  return call ?? text;
}

function isCall(text: string): boolean {
  return /^\s*(?:!|not\s+)?\s*(?:await\s+)?[\w.]+\(.*\)\s*$/.test(text);
}

/** Without texts: `can(user, "orders:refund")` and `can(user, "orders:cancel")` ask alike. */
function keyOf(text: string): string {
  return text
    .replace(/(["'`])(?:(?!\1).)*\1/g, '""')
    .replace(/\s+/g, '')
    .replace(/;$/, '');
}

const LONGEST = 80;

function shorten(text: string): string {
  return cutText(text.trim().replace(/;$/, '').replaceAll('`', "'"), LONGEST + 1, '…');
}
