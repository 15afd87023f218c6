import type { Expression, Statement } from '../../languages/form.ts';
import { blocksOf, partsOf, partsOfStatement } from '../../languages/visit-expressions.ts';
import type { Closure } from '../values/value.ts';

/**
 * Whether a function of the program gives something to wait for: it is asynchronous, and nothing that stands above it makes something
 * else of it. In TypeScript it begins by itself, so it counts where it may fail: not where it catches all by itself.
 */
export function isPromised({ form: { async, decorators, body }, home }: Closure): boolean {
  if (!async || decorators.length > 0) return false;
  return home.module.language !== 'typescript' || mayFail(body);
}

function mayFail(body: readonly Statement[]): boolean {
  return body.some((one) => {
    if (one.kind === 'throw') return true;
    if (one.kind === 'try' && one.catches.length > 0)
      return mayFail(one.catches.flatMap((each) => each.body)) || mayFail(one.lastly);
    return partsOfStatement(one).some(awaits) || mayFail(blocksOf(one));
  });
}

function awaits(one: Expression): boolean {
  return one.kind === 'await' || partsOf(one).some(awaits);
}
