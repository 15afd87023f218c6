import type { Candidate } from './candidate.ts';
import { isCommon } from './common-names.ts';
import { isFunction } from './enclosing.ts';
import type { Wanted } from './find-definitions.ts';
import { isPlain } from './is-plain.ts';

/** The most lines of a short definition: a longer one shows itself what it does. */
const SHORT = 12;
const MOST_EACH = 2;
/** The least weight of a definition that is likely to be shown. */
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

/** Lines of a body that only hands on, and how many such are followed. */
const THIN = 3;
const MOST_FOLLOWED = 4;
const FOLLOWED_WEIGHT = 50;

/** A service's method that only calls the store's: what is asked there decides, and it stands in another file. */
export function listDelegates(definitions: readonly Candidate[]): Wanted[] {
  const followed = definitions.flatMap(({ source, startLine, endLine, weight }): Wanted[] => {
    if (weight < LEAST_WEIGHT) return [];
    const { declarations, uses } = source.outline;
    const outer = declarations.find((one) => isFunction(one) && startLine <= one.startLine && one.endLine <= endLine);
    if (!outer || outer.endLine - outer.headEndLine > THIN) return [];
    const calls = uses.filter(
      ({ line, as }) => as === 'call' && outer.headEndLine <= line && line <= outer.endLine && line > outer.startLine,
    );
    // Besides, it may fill a struct of Go, which reads as a call of its package.
    const packages = new Set(source.outline.imports.flatMap(({ names }) => names.map(({ as }) => as)));
    const [use, ...others] = calls.length > 1 ? calls.filter(({ on }) => !packages.has(on ?? '')) : calls;
    if (!use || others.length > 0 || use.on === null || OWN.test(use.on) || isCommon(use.name)) return [];
    if (declarations.some(({ name }) => name === use.name && name !== outer.name)) return [];
    const nothing = { added: [], gone: [], dropped: [], near: [], changedText: '' };
    const place = { source, declaration: outer, status: 'changed' as const, ...nothing };
    return [{ use, place, weight: FOLLOWED_WEIGHT, how: 'used' }];
  });
  return followed.slice(0, MOST_FOLLOWED);
}
