import { functionAt } from '../../languages/enclosing.ts';
import type { Span } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { type Run, spendOnText } from '../run/run.ts';
import type { Home, Value } from '../values/value.ts';

/** Bits, and whether it has a sign. `length`: what `len` gives is not negative, and as large as an `int`. */
const INTEGERS: Readonly<Record<string, readonly [bits: number, signed: boolean]>> = {
  int: [64, true],
  int8: [8, true],
  int16: [16, true],
  int32: [32, true],
  rune: [32, true],
  int64: [64, true],
  uint: [64, false],
  uint8: [8, false],
  byte: [8, false],
  uint16: [16, false],
  uint32: [32, false],
  uint64: [64, false],
  uintptr: [64, false],
  length: [63, false],
};

/**
 * Whether each end of an integer that the other type cannot hold is compared with something in the function around: in a condition, or
 * by a call that says so. What is no integer of Go is bounded.
 *
 * @param to the type that it becomes, as it is called
 */
export function isBounded(run: Run, home: Home, { value, span }: { value: Value; span: Span }, to: string): boolean {
  const [from, into] = [value.name ?? '', to].map((name) =>
    Object.hasOwn(INTEGERS, name) ? INTEGERS[name] : undefined,
  );
  if (!from || !into || value.constant !== undefined) return true;
  const needed = { low: from[1] && (!into[1] || into[0] < from[0]), high: highest(from) > highest(into) };
  if (!needed.low && !needed.high) return true;
  const written = home.text.slice(...span);
  if (/^len\(["`]/.test(written)) return true;
  const form = functionAt(home.module, span);
  const around = home.text.slice(...(form && form.id !== 0 ? form.span : span));
  const names = /^[\w.[\]]+$|^len\([^()]*\)$/.test(written) ? [written] : (written.match(/[A-Za-z_][\w.]*/g) ?? []);
  return names.some((name) => {
    if (!spendOnText(run, around)) return true;
    const ends = comparedEnds(around, name, into[0]);
    return (!needed.low || ends.low) && (!needed.high || ends.high);
  });
}

function highest([bits, signed]: readonly [number, boolean]): number {
  return signed ? bits - 1 : bits;
}

/** Which ends a text compares a name at: `x < 0`, `math.MaxInt32 < x`, `checkRange(x)`; what it is compared with may be either. */
function comparedEnds(text: string, name: string, bits: number): { low: boolean; high: boolean } {
  const escaped = escapeRegExp(name);
  const ends = { low: false, high: false };
  const named = `(?<![\\w.])(?:\\w+\\()?${escaped}\\)?`;
  for (const [, other = ''] of text.matchAll(new RegExp(`${named}\\s*[<>]=?\\s*([-\\w.(<]+)`, 'g')))
    note(ends, other, bits);
  for (const [, other = ''] of text.matchAll(new RegExp(`([-\\w.)]+)\\s*[<>]=?\\s*${named}(?![\\w.])`, 'g')))
    note(ends, other, bits);
  // `int64(int32(n)) != n`: it is taken back.
  const back = new RegExp(
    `int\\d*\\([\\w()]+\\)\\s*[!=]=\\s*${escaped}(?![\\w.])|(?<![\\w.])${escaped}\\s*[!=]=\\s*u?int\\d*\\(`,
  ).test(text);
  const checked =
    back || new RegExp(`(?:valid|check|fits|range|bound|clamp|safe|min|max)\\w*\\([^()]*${escaped}`, 'i').test(text);
  return checked ? { low: true, high: true } : ends;
}

/** Zero and less is the low end, more the high one; a name may be either. */
function note(ends: { low: boolean; high: boolean }, other: string, bits: number): void {
  const isLow = /^-|^0$|\bMin(?:Int|\w*$)/.test(other);
  const isHigh = /^[1-9]|^0x|\bMax|\(1$/.test(other);
  if (isLow || !isHigh) ends.low = true;
  // A bound that the other type cannot hold is none.
  const [, said] = /\bMaxU?[Ii]nt(\d+)/.exec(other) ?? [];
  if ((isHigh || !isLow) && !(Number(said) > bits)) ends.high = true;
}
