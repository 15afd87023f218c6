import { z } from 'zod';
import { Grade, gradeOf, isWorse, type RawFinding } from './finding.ts';
import { identifyCode } from './fingerprint.ts';

/** A flaw that the base has: enough to tell whether one of the head is new. */
export const BaseFinding = z.object({ identity: z.string(), symbol: z.string(), grade: Grade });
export type BaseFinding = z.infer<typeof BaseFinding>;

/** Several ways of data to one place are one flaw, as bad as the worst of them. */
export function toBaseFindings(findings: readonly RawFinding[]): BaseFinding[] {
  return [...Map.groupBy(findings, placeOf).values()].map((same) => {
    const worst = same.reduce((a, b) => (isWorse(gradeOf(b), gradeOf(a)) ? b : a));
    return { identity: identifyCode(worst), symbol: worst.symbol, grade: gradeOf(worst) };
  });
}

function placeOf(finding: RawFinding): string {
  return [identifyCode(finding), finding.path, finding.startLine, finding.endLine].join(' ');
}

/**
 * The findings that the base does not account for. Code that was only moved, re-indented or whose function was renamed has its
 * flaw on the base already; a second copy, or the same code with a worse flaw (request input where the origin was unknown), has
 * not. Each flaw of the base accounts for one of the head, by whatever ways data reach it: for those on untouched lines first.
 *
 * @param left takes what accounted for nothing: flaws that are gone from this file
 */
export function pickNew<T extends RawFinding>(
  findings: readonly T[],
  base: readonly BaseFinding[],
  isTouched: (finding: T) => boolean,
  left: BaseFinding[] = [],
): Set<T> {
  const byIdentity = Map.groupBy(base, (one) => one.identity);
  const untouchedFirst = [...findings].sort((a, b) => Number(isTouched(a)) - Number(isTouched(b)));
  const fresh = new Set<T>();
  // Those in the same function first, so that a copy elsewhere does not take what belongs to the original.
  const taken = new Set<T>();
  const byPlace = Map.groupBy(findings, placeOf);
  for (const sameSymbol of [true, false]) {
    for (const finding of untouchedFirst) {
      if (taken.has(finding)) continue;
      const candidates = byIdentity.get(identifyCode(finding)) ?? [];
      const at = candidates.findIndex(
        (one) => (!sameSymbol || one.symbol === finding.symbol) && !isWorse(gradeOf(finding), one.grade),
      );
      const [known] = at === -1 ? [] : candidates.splice(at, 1);
      if (!known) continue;
      for (const one of byPlace.get(placeOf(finding)) ?? []) if (!isWorse(gradeOf(one), known.grade)) taken.add(one);
    }
  }
  for (const finding of findings) if (!taken.has(finding)) fresh.add(finding);
  left.push(...[...byIdentity.values()].flat());
  return fresh;
}
