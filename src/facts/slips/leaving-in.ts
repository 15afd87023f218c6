import type { Statement } from '../../languages/form.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { leaves } from './flat.ts';

/** A return in one of these, before which nothing lets go of what was taken. */
export function leavingIn(body: readonly Statement[], lets: (one: Statement) => boolean): Statement | null {
  for (const one of body) {
    if (one.kind !== 'if' && lets(one)) return null;
    if (one.kind === 'return') return one;
    if (one.kind === 'try' || one.kind === 'throw') return null;
    for (const block of one.kind === 'if' ? [one.yes, one.no] : [blocksOf(one)]) {
      const left = leavingIn(block, lets);
      if (left) return left;
      // Whether it is still taken behind this, depends on which way was gone.
      if (one.kind === 'if' && !leaves(block) && block.some(lets)) return null;
    }
  }
  return null;
}
