import type { Expression } from '../languages/form.ts';
import { readMade } from './environment.ts';
import { type Frame, type Run } from './run.ts';
import { constantText, type Value } from './value.ts';

interface Found {
  source: string;
  /** The call itself asks for the whole text. */
  whole: boolean;
  value: Value;
}

/** The pattern of a test: `/^…$/.test(x)`, `re.fullmatch('…', x)`, `regexp.MustCompile('…').MatchString(x)`. */
export function readPattern(
  run: Run,
  frame: Frame,
  call: Extract<Expression, { kind: 'call' }>,
  receiver: Value | null,
  args: readonly Value[],
  method: string,
): Found | null {
  void run;
  if (!/^(?:test|match|exec|fullmatch|search|Match|MatchString)$/.test(method) || call.of.kind !== 'field') return null;
  const whole = method === 'fullmatch';
  const [first, second] = args;
  const own = sourceOfPattern(frame, call.of.of);
  if (own !== null && first)
    return { source: method === 'match' && receiver?.name !== 'RegExp' ? `^${own}` : own, whole, value: first };
  const given = call.arguments[0] ? sourceOfPattern(frame, call.arguments[0].value) : null;
  // `x.match(/…/)`
  if (given !== null && receiver && !second) return { source: given, whole, value: receiver };
  const text = first ? constantText(first) : null;
  if (text !== null && second)
    return { source: method === 'match' ? `^${text.replace(/^\^/, '')}` : text, whole, value: second };
  return null;
}

export function sourceOfPattern(frame: Frame, expression: Expression, depth = 0): string | null {
  if (depth > 3) return null;
  if (expression.kind === 'pattern') return expression.source;
  if (expression.kind === 'name') {
    const made = readMade(frame.env, expression.name);
    return made ? sourceOfPattern(frame, made, depth + 1) : null;
  }
  if (
    expression.kind === 'call' &&
    expression.of.kind === 'field' &&
    /^(?:compile|MustCompile|Compile)$/.test(expression.of.name)
  ) {
    const [first] = expression.arguments;
    return first?.value.kind === 'text' ? first.value.value : null;
  }
  return null;
}
