import { closingOf } from '../../text/closing-of.ts';
import { codeOf } from '../../text/code-of.ts';
import type { Edit, FactsBefore } from '../fact-hit.ts';
import { bodyAt, conditionAt, REFUSES } from './refusals-in.ts';

export interface Turned {
  line: number;
  condition: string;
  /** How it refuses: this stands there as before. */
  answer: string;
}

const CONDITION = /^\s*(?:\}\s*)?(?:else\s+|el)?if\b\s*(.*?)\s*(?:\{|:|\b(?:return|throw|raise)\b.*)?\s*$/;
const LEAVES = /\b(?:return|throw|raise)\b.*$/;
const SEVERAL = /&&|\|\||\band\b|\bor\b/;
const COMPARES = /(?<![=!<>])(?:[!=]==?)(?!=)/;

/**
 * `if (!user.isAdmin)` that has become `if (user.isAdmin)` before the same refusal: the line alone was changed, so what it keeps out
 * was let in, and the other way round. Silent where the change writes what is asked anew as well: two turns are none.
 */
export function turnedIn({ removed, added }: Edit, lines: readonly string[], before: FactsBefore): Turned[] {
  const [old, ...others] = removed;
  const [now, ...more] = added;
  if (!old || !now || others.length > 0 || more.length > 0) return [];
  const [was, is] = [askedIn(old.text), askedIn(now.text)];
  const [inline, then] = [old, now].map(({ text }) => LEAVES.exec(codeOf(text))?.[0].trim());
  if (inline !== then) return [];
  if (was === null || is === null || !isOpposite(was, is) || isRewritten(was, now.line, before)) return [];
  const [condition, end] = conditionAt(old.line, lines);
  const answer = inline ?? codeOf((bodyAt(end, old.line, lines)[0]?.[1] ?? '').trim());
  return REFUSES.test(answer) ? [{ line: old.line, condition, answer }] : [];
}

/** The condition of a line that is one, as far as it ends there. */
function askedIn(text: string): string | null {
  const asked = CONDITION.exec(codeOf(text))?.[1]?.trim();
  return asked === undefined || asked === '' ? null : bare(asked);
}

function isOpposite(one: string, other: string): boolean {
  if (negated(one) === other || negated(other) === one) return true;
  if (SEVERAL.test(one)) return false;
  const [a, b] = [one, other].map((text) => text.replace(COMPARES, ' ? '));
  const [how, now] = [one, other].map((text) => COMPARES.exec(text)?.[0]);
  return a === b && how !== undefined && now !== undefined && how.startsWith('!') !== now.startsWith('!');
}

/** `!(a || b)`, `not a`: what is asked without it; null: it is not negated, or only its first part is. */
function negated(asked: string): string | null {
  const inner = /^(?:!(?!=)|not\b)\s*(.+)$/.exec(asked)?.[1];
  return inner === undefined || (SEVERAL.test(inner) && bare(inner) === inner) ? null : bare(inner);
}

/** Without parentheses around all of it. */
function bare(text: string): string {
  const isWhole = text.startsWith('(') && closingOf(text, 0) === text.length - 1;
  return isWhole ? bare(text.slice(1, -1).trim()) : text;
}

/** The change has other lines that speak of what is asked. */
function isRewritten(asked: string, own: number, { added }: FactsBefore): boolean {
  const names = [...asked.matchAll(/[A-Za-z_$][\w$]*/g)].map(([name]) => name).filter((name) => name !== 'not');
  const [last = ''] = names.slice(-1);
  const first = names[0] ?? '';
  return added.some(
    ({ line, text }) =>
      line !== own &&
      [first, last].some((name) =>
        new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(codeOf(text)),
      ),
  );
}
