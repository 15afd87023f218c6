import { constantValue, type Value } from './value.ts';

/** `60 * 60 * 24`: a number that stands in the program. Null: it is none, or not one that we count. */
export function foldBinary(operator: string, { constant: a }: Value, { constant: b }: Value): Value | null {
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  const count = COUNTS[operator];
  return count ? constantValue(count(a, b)) : null;
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
