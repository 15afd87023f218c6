import type { Evaluated } from '../run/run.ts';
import type { Value } from './value.ts';
import { constantText, constantValue, textValue } from './values.ts';

const MOST_REPEATED = 1024;

/** `60 * 60 * 24`, `7 * 42 > 200`, `'0' * 16`: what stands in the program. Null: it is not constant, or nothing that we count. */
export function foldBinary(operator: string, a: Value, b: Value): Value | null {
  if (typeof a.constant === 'number' && typeof b.constant === 'number') {
    const count = COUNTS[operator] ?? COMPARES[operator];
    return count ? constantValue(count(a.constant, b.constant)) : null;
  }
  if (operator === '*' && typeof b.constant === 'number' && a.constant === undefined)
    return repeat(constantText(a), b.constant);
  const [first, second] = [constantText(a), constantText(b)];
  if (first === null || second === null) return null;
  if (/^===?$/.test(operator)) return constantValue(first === second);
  if (/^!==?$/.test(operator)) return constantValue(first !== second);
  return operator === 'in' ? constantValue(second.includes(first)) : null;
}

function repeat(text: string | null, times: number): Value | null {
  return text && times > 0 && text.length * times <= MOST_REPEATED ? textValue(text.repeat(times)) : null;
}

type Two<T> = (a: number, b: number) => T;
const COUNTS: Readonly<Record<string, Two<number>>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<<': (a, b) => a << b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
};
const COMPARES: Readonly<Record<string, Two<boolean>>> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '===': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '!==': (a, b) => a !== b,
};

export function foldUnary(operator: string, { constant }: Value): Value | null {
  if (operator === '-' && typeof constant === 'number') return constantValue(-constant);
  if (operator === '!' && typeof constant === 'boolean') return constantValue(!constant);
  return null;
}

/** Numbers that `+` adds. */
export function foldSum(parts: readonly Value[]): Value | null {
  let sum = 0;
  for (const { constant } of parts) {
    if (typeof constant !== 'number') return null;
    sum += constant;
  }
  return constantValue(sum);
}

const ASKED: Readonly<Record<string, (text: string, other: string) => boolean>> = {
  startswith: (text, other) => text.startsWith(other),
  startsWith: (text, other) => text.startsWith(other),
  endswith: (text, other) => text.endsWith(other),
  endsWith: (text, other) => text.endsWith(other),
  includes: (text, other) => text.includes(other),
};

export function isFoldable(name: string, isMethod: boolean): boolean {
  return isMethod ? name === 'charAt' || Object.hasOwn(ASKED, name) : name === 'len';
}

/** `len('abc')`, `'abc'.startswith('a')`; null: it is not asked of a constant. */
export function foldCall({ name, method, receiver, args }: Evaluated): Value | null {
  const [first, ...others] = args.list;
  const isOne = others.length === 0 && args.named.size === 0;
  const of = receiver && receiver.name === null ? constantText(receiver) : null;
  if (method === 'charAt' && isOne && of !== null && typeof first?.constant === 'number')
    return textValue(of.charAt(first.constant));
  const given = first && isOne ? constantText(first) : null;
  if (given === null) return null;
  // A byte of Go is no letter.
  if (name === 'len' && receiver === null) return /^[\x20-\x7e]*$/.test(given) ? constantValue(given.length) : null;
  const ask = of !== null && Object.hasOwn(ASKED, method) ? ASKED[method] : undefined;
  return ask && of !== null ? constantValue(ask(of, given)) : null;
}
