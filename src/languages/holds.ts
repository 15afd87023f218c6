import type { Span } from './form.ts';

/** Whether a place lies in another, or is the same. */
export function holds([start, end]: Span, inner: Span): boolean {
  return start <= inner[0] && inner[1] <= end;
}
