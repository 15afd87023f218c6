import type { Candidate } from './candidate.ts';
import type { Place } from './changed-place.ts';
import { isCommon } from './common-names.ts';
import { enclosing, isFunction } from './enclosing.ts';
import { isPlain } from './is-plain.ts';
import type { Wanted } from './wanted.ts';

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

/** Lines that one statement takes. */
const STATEMENT = 6;
const MOST_BESIDE = 3;
const BESIDE_WEIGHT = 62;

/** Of a long function that is put together from small ones, those that are used in one statement with the changed one: a cursor and its order. */
export function findBeside(places: readonly Place[]): Candidate[] {
  return places.flatMap(({ source, declaration }) => {
    if (!declaration || !isFunction(declaration) || source.side !== 'head') return [];
    const { declarations, uses } = source.outline;
    const outer = enclosing(source.outline, declaration.startLine).findLast(
      (one) => isFunction(one) && one !== declaration && one.startLine < declaration.startLine,
    );
    if (!outer) return [];
    const own = uses.filter(({ line, on }) => on === null && outer.startLine <= line && line <= outer.endLine);
    const at = new Set(
      own
        .filter(({ name }) => name === declaration.name)
        .flatMap(({ line }) => Array.from({ length: 2 * STATEMENT + 1 }, (_, index) => line - STATEMENT + index)),
    );
    const names = new Set(own.filter(({ line, as }) => as === 'call' && at.has(line)).map(({ name }) => name));
    const beside = declarations.filter(
      (one) =>
        isFunction(one) &&
        one !== declaration &&
        names.has(one.name) &&
        outer.startLine < one.startLine &&
        one.endLine <= outer.endLine,
    );
    return beside.slice(0, MOST_BESIDE).map(({ name, startLine, endLine }) => ({
      role: 'definition' as const,
      source,
      startLine,
      endLine,
      weight: BESIDE_WEIGHT,
      because: `\`${outer.name}\` uses \`${name}\` beside \`${declaration.name}\``,
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
