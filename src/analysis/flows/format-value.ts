import type { SgNode } from '@ast-grep/napi';
import type { Expression } from './dialect.ts';
import { capLevel, concatValues, holeValue, textValue, type Value } from './value.ts';

const VERBS = {
  printf: /%(?:\((\w+)\))?[-+ #0]*(?:\*|\d+)?(?:\.\d+)?([a-zA-Z%])/g,
  braces: /\{(\w*)[^{}:!]*(?:![rsa])?(?::[^{}]*?([a-zA-Z%])?)?\}/g,
};

type Format = Pick<Extract<Expression, { kind: 'format' }>, 'args' | 'named' | 'style'>;

/** A constant template with its arguments put in. `%d` and the like print numbers only. */
export function formatValue(
  template: Value,
  { args, named: keywords, style }: Format,
  node: SgNode,
  go: (next: SgNode) => Value,
): Value {
  const text = template.parts.map((part) => (part.kind === 'text' ? part.text : '\0')).join('');
  const values: { value: Value; place: SgNode | null }[] = [];
  const push = (piece: string): unknown => values.push({ value: textValue(piece), place: null });
  let last = 0;
  let next = 0;
  for (const match of text.matchAll(VERBS[style])) {
    const [whole, key = '', verb = ''] = match;
    push(text.slice(last, match.index));
    last = match.index + whole.length;
    if (verb === '%') {
      push('%');
      continue;
    }
    const position = /^\d+$/.test(key) ? Number(key) : next++;
    const arg = keywords === null ? undefined : (keywords.get(key) ?? (/^\D/.test(key) ? undefined : args[position]));
    const value = arg ? go(arg) : holeValue('safe', whole);
    values.push({ value: /[dcboxXeEfFgGtTpi]/.test(verb) ? capLevel(value, 'safe') : value, place: arg ?? null });
  }
  push(text.slice(last));
  const holes = template.parts.filter((part) => part.kind === 'hole');
  const merged = concatValues([...values, { value: { parts: holes, items: null, built: false }, place: null }], node);
  return { ...merged, built: merged.parts.some((part) => part.kind === 'hole') };
}
