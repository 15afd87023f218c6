import { z } from 'zod';
import { Grade, gradeOf, isWorse, type RawFinding } from './finding.ts';
import { identifyCode } from './fingerprint.ts';

/** A flaw that the base has: enough to tell whether one of the head is new. */
export const BaseFinding = z.object({ identity: z.string(), symbol: z.string(), grade: Grade });
export type BaseFinding = z.infer<typeof BaseFinding>;

export function toBaseFinding(finding: RawFinding): BaseFinding {
  return { identity: identifyCode(finding), symbol: finding.symbol, grade: gradeOf(finding) };
}

/**
 * The findings that the base does not account for. Code that was only moved, re-indented or whose function was renamed has its
 * flaw on the base already; a second copy, or the same code with a worse flaw (request input where the origin was unknown), has
 * not. Each flaw of the base accounts for one of the head: for those on untouched lines first.
 *
 * @param left takes what accounted for nothing: flaws that are gone from this file
 */
export function pickNew<T extends RawFinding>(
  findings: readonly T[],
  base: readonly BaseFinding[],
  isTouched: (finding: T) => boolean,
  left: BaseFinding[] = [],
): Set<T> {
  const known = Map.groupBy(base, (one) => one.identity);
  const untouchedFirst = [...findings].sort((a, b) => Number(isTouched(a)) - Number(isTouched(b)));
  const fresh = new Set<T>();
  // Those in the same function first, so that a copy elsewhere does not take what belongs to the original.
  const taken = new Set<T>();
  for (const sameSymbol of [true, false]) {
    for (const finding of untouchedFirst) {
      if (taken.has(finding)) continue;
      const candidates = known.get(identifyCode(finding)) ?? [];
      const at = candidates.findIndex(
        (one) => (!sameSymbol || one.symbol === finding.symbol) && !isWorse(gradeOf(finding), one.grade),
      );
      if (at === -1) continue;
      candidates.splice(at, 1);
      taken.add(finding);
    }
  }
  for (const finding of findings) if (!taken.has(finding)) fresh.add(finding);
  left.push(...[...known.values()].flat());
  return fresh;
}
