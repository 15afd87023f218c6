import { functionAt } from '../../languages/enclosing.ts';
import type { Span } from '../../languages/form.ts';
import { lineBefore } from '../../text/line-before.ts';
import type { Home } from '../values/value.ts';

const MOST_SEARCHED = 4_000;

/**
 * `client.Do(req)` of `req, err := http.NewRequest(…)`: where the function gives what a call has made to the call that lets it out.
 * Null: it does so elsewhere.
 *
 * @param by what that call is called, as a pattern
 */
export function whereSent(home: Home, span: Span, by: string): { span: Span; text: string } | null {
  const form = functionAt(home.module, span);
  const line = lineBefore(home.text, span[0]);
  const [, name] = /(\w+)\s*(?:,\s*\w+\s*)?:?=\s*$/.exec(line) ?? [];
  if (!form || form.id === 0 || name === undefined || name === '_') return null;
  const rest = home.text.slice(span[1], Math.min(form.span[1], span[1] + MOST_SEARCHED));
  const found = new RegExp(`((?:[\\w.]+|\\([^()\\n]*\\))\\.(?:${by}))\\(\\s*${name}\\s*[,)]`).exec(rest);
  if (!found) return null;
  const start = span[1] + found.index;
  return { span: [start, start + found[0].length], text: found[1] ?? '' };
}
