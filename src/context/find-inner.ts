import type { Candidate } from './candidate.ts';
import { isFunction } from './enclosing.ts';
import { isPlain } from './is-plain.ts';

/** A longer definition says itself what it does. */
const SHORT = 12;
const MOST_EACH = 2;
/** Of definitions that are likely to be shown. */
const LEAST_WEIGHT = 55;
const WEIGHT = 40;
const OWN = /^(?:this|self|cls)$/;

/** One level below short definitions: the helper in their own file that does what they only name. */
export function findInner(definitions: readonly Candidate[]): Candidate[] {
  return definitions.flatMap(({ source, startLine, endLine, weight }) => {
    if (weight < LEAST_WEIGHT || endLine - startLine >= SHORT) return [];
    const { declarations, uses } = source.outline;
    const outer = declarations.find((one) => isFunction(one) && startLine <= one.startLine && one.endLine <= endLine);
    if (!outer) return [];
    const called = uses.filter(
      ({ line, as, on }) => as === 'call' && startLine <= line && line <= endLine && (on === null || OWN.test(on)),
    );
    const names = [...new Set(called.map(({ name }) => name))];
    const inner = names.flatMap((name) => {
      const one = declarations.find((each) => each.name === name && isFunction(each) && each.kind !== 'route');
      return one && one !== outer && !isPlain(source, one) ? [one] : [];
    });
    return inner.slice(0, MOST_EACH).map((one) => ({
      role: 'definition' as const,
      source,
      startLine: one.startLine,
      endLine: one.endLine,
      weight: WEIGHT,
      because: `\`${outer.name}\`, which the change uses, calls \`${one.name}\``,
    }));
  });
}
