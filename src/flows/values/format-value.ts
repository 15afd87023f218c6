import type { Evaluated } from '../run/run.ts';
import { concatValues } from './concat-values.ts';
import { withSafe } from './map-taints.ts';
import type { Place, Value } from './value.ts';
import { EMPTY, hole, plainValue, taintsOf, textOf, textValue, UNKNOWN } from './values.ts';

const VERBS = {
  percent: /%(?:\((\w+)\))?[-+ #0]*(?:\*|\d+)?(?:\.\d+)?([a-zA-Z%])/g,
  braces: /\{(\w*)[^{}:!]*(?:![rsa])?(?::[^{}]*?([a-zA-Z%])?)?\}/g,
  dollars: /\$\{?(\w+)\}?/g,
};
/** What prints nothing but digits and their like. */
const NUMERIC = /[dcboxXeEfFgGtTpi]/;

/**
 * A template with its values put in. `%d` and the like print numbers only.
 *
 * @param quoted labels of what a value cannot harm that `%q` has quoted
 */
export function formatValue(
  template: Value,
  given: readonly { name: string | null; value: Value }[],
  style: keyof typeof VERBS,
  place: Place,
  quoted = 0,
): Value {
  const text = textOf(template);
  const parts: Value[] = [];
  const positional = given.filter(({ name }) => name === null).map(({ value }) => value);
  // `'%s' % (a, b)` and `'%(a)s' % {…}`: the list or the dict is the values.
  const [only] = positional;
  const items = positional.length === 1 && only?.entries ? only.entries : null;
  const rest = given.find(({ name }) => name === '**')?.value;
  const at = (key: string): Value | undefined =>
    given.find(({ name }) => name === key)?.value ??
    items?.get(key) ??
    (/^\d+$/.test(key) ? positional[Number(key)] : undefined) ??
    items?.get('*') ??
    // `'%(a)s' % request.args`, `'{a}'.format(**request.args)`
    (/^\d+$/.test(key) ? undefined : (rest ?? (positional.length === 1 ? only : undefined)));
  let last = 0;
  let next = 0;
  for (const match of text.matchAll(VERBS[style])) {
    const [whole, key = '', verb = ''] = match;
    parts.push(pieceOf(template, text, last, match.index));
    last = match.index + whole.length;
    if (verb === '%') {
      parts.push(textValue('%'));
      continue;
    }
    const value = at(key === '' ? String(next++) : key) ?? UNKNOWN;
    if (style === 'percent' && NUMERIC.test(verb)) parts.push(plainValue(whole));
    else parts.push(verb === 'q' ? withSafe(value, quoted) : value);
  }
  parts.push(pieceOf(template, text, last, text.length));
  const used = concatValues(parts, place);
  // A template that is not known can use any of the values.
  if (!text.includes('\0')) return used;
  const taints = [...taintsOf(template), ...given.flatMap(({ value }) => taintsOf(value))];
  return taints.length === taintsOf(used).length
    ? used
    : concatValues([used, { ...UNKNOWN, pieces: [hole('…', taints)] }], place);
}

/** The text that an argument of a call and those that follow it make. */
export function formattedFrom(
  { args }: Evaluated,
  first: number,
  format: 'percent' | 'texts',
  place: Place,
  quoted = 0,
): Value {
  const [template, ...rest] = args.list.slice(first);
  if (!template) return EMPTY;
  if (format === 'texts') return concatValues([template, ...rest], place);
  const given = rest.map((value) => ({ name: null, value }));
  return formatValue(template, given, 'percent', place, quoted);
}

/** A part of the template, which may have holes itself. */
function pieceOf(template: Value, text: string, from: number, to: number): Value {
  const inner = text.slice(from, to);
  if (!inner.includes('\0')) return textValue(inner);
  const holes = template.pieces.filter((piece) => piece.kind === 'hole');
  const before = text.slice(0, from).split('\0').length - 1;
  const pieces = inner.split('\0').flatMap((one, index) => {
    const hole_ = index === 0 ? undefined : holes[before + index - 1];
    return [...(hole_ ? [hole_] : []), ...(one === '' ? [] : [{ kind: 'text' as const, text: one }])];
  });
  return { ...UNKNOWN, pieces };
}
