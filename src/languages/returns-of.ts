import type { Expression, Statement } from './form.ts';
import { blocksOf } from './visit-expressions.ts';

/** What a body gives back, of its branches and loops as well, in the order in which it stands. */
export function returnsOf(body: readonly Statement[]): Expression[] {
  return body.flatMap((one) =>
    one.kind === 'return' ? (one.value ? [one.value] : []) : blocksOf(one).flatMap((inner) => returnsOf([inner])),
  );
}
