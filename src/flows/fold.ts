import { constantText, constantValue, textValue, type Value } from './value.ts';

const MOST_REPEATED = 1024;

/** `60 * 60 * 24`, `'0' * 16`: a constant that stands in the program. Null: it is none, or not one that we count. */
export function foldBinary(operator: string, first: Value, { constant: b }: Value): Value | null {
  const a = first.constant;
  if (operator === '*' && typeof b === 'number' && a === undefined) return repeat(constantText(first), b);
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  const count = COUNTS[operator];
  return count ? constantValue(count(a, b)) : null;
}

function repeat(text: string | null, times: number): Value | null {
  return text && times > 0 && text.length * times <= MOST_REPEATED ? textValue(text.repeat(times)) : null;
}

const COUNTS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '**': (a, b) => a ** b,
  '<<': (a, b) => a << b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
};

export function foldUnary(operator: string, { constant }: Value): Value | null {
  if (operator === '-' && typeof constant === 'number') return constantValue(-constant);
  if (operator === '!' && typeof constant === 'boolean') return constantValue(!constant);
  return null;
}
