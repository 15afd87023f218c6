import type { Span } from '../../languages/form.ts';
import { type Frame, placeOf, sourceOf } from '../run/run.ts';
import type { Taint, Value } from './value.ts';
import { hole, UNKNOWN } from './values.ts';

/** Of how a source is written: two that begin alike are two. */
const MOST_WRITTEN = 1000;

/** Something that a model calls a source. */
export function sourceValue(
  frame: Frame,
  { kind, says, safe = 0, whole = false }: { kind: string; says: string; safe?: number; whole?: boolean },
  span: Span,
  full: string,
  asked: string | null = null,
): Value {
  const { home, key } = frame.closure;
  const text = sourceOf(home, span);
  const place = placeOf(home, span);
  const taint: Taint = {
    kind,
    key: `${key}|${sourceOf(home, span, MOST_WRITTEN)}`,
    says,
    safe,
    whole,
    steps: [{ ...place, text }],
    ...(asked !== null && { asked }),
    parameter: null,
  };
  return { ...UNKNOWN, pieces: [hole(text, [taint], false, place)], name: full };
}
