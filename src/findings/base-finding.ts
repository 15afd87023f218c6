import { z } from 'zod';
import { type Hunk, touchesOf } from '../diff/patch.ts';
import { pairLines } from '../diff/runs.ts';
import { Grade, gradeOf, isAtLeast, isWorse, type RawFinding } from './finding.ts';
import { identifyCode, squeeze } from './fingerprint.ts';

/**
 * A flaw that the base has: enough to tell whether one of the head is new. `code` is its beginning, without white space; `line` that
 * of the base file, null where it stood in another one.
 */
export const BaseFinding = z.object({
  identity: z.string(),
  ruleId: z.string(),
  title: z.string(),
  symbol: z.string(),
  grade: Grade,
  code: z.string(),
  line: z.number().int().positive().nullable(),
});
export type BaseFinding = z.infer<typeof BaseFinding>;

/** Several ways of data to one place are one flaw, as bad as the worst of them. */
export function toBaseFindings(findings: readonly RawFinding[]): BaseFinding[] {
  return [...Map.groupBy(findings, placeOf).values()].map((same) => {
    const worst = same.reduce((a, b) => (isWorse(gradeOf(b), gradeOf(a)) ? b : a));
    const { ruleId, title, symbol, startLine: line } = worst;
    return { identity: identifyCode(worst), ruleId, title, symbol, grade: gradeOf(worst), code: codeOf(worst), line };
  });
}

function placeOf(finding: RawFinding): string {
  return [identifyCode(finding), finding.path, finding.startLine, finding.endLine].join(' ');
}

const MOST_CODE = 300;

function codeOf({ snippet, evidence }: RawFinding): string {
  return squeeze(snippet || evidence).slice(0, MOST_CODE);
}

/**
 * The findings that the base does not account for. Code that was only moved, re-indented or whose function was renamed has its
 * flaw on the base already; a second copy, or the same code with a worse flaw (request input where the origin was unknown), has
 * not. Each flaw of the base accounts for one of the head, by whatever ways data reach it: for those on untouched lines first, and
 * for an edited line last.
 *
 * @param left takes what accounted for nothing: flaws that are gone from this file
 */
export function pickNew<T extends RawFinding>(
  findings: readonly T[],
  base: readonly BaseFinding[],
  hunks: readonly Hunk[],
  left: BaseFinding[] = [],
): Set<T> {
  const isTouched = touchesOf(hunks);
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
  const others = new Set([...byIdentity.values()].flat());
  const stoodAt = pairLines(hunks);
  for (const finding of findings) {
    if (taken.has(finding)) continue;
    const lines = stoodAt(finding.startLine);
    const old = [...others].find((one) => one.line !== null && lines.includes(one.line) && isEdited(finding, one));
    if (!old) {
      fresh.add(finding);
      continue;
    }
    others.delete(old);
    for (const one of byPlace.get(placeOf(finding)) ?? []) if (!isWorse(gradeOf(one), old.grade)) taken.add(one);
  }
  left.push(...others);
  return fresh;
}

/** So much of both texts must be the same, at their beginnings and ends. */
const ALIKE = 0.6;

/**
 * The same flaw in a line that the change edited for another reason: another path of a request that has no time limit, another
 * version of an image that is not pinned. What is severe is said all the same, and so is each credential and each path of data.
 */
function isEdited(finding: RawFinding, { ruleId, title, symbol, grade, code: old }: BaseFinding): boolean {
  const { severity, source, trace } = finding;
  if (finding.ruleId !== ruleId || finding.title !== title || finding.symbol !== symbol) return false;
  if (isWorse(gradeOf(finding), grade)) return false;
  if (isAtLeast(severity, 'high') || source === 'secretlint' || trace.length > 0) return false;
  const now = codeOf(finding);
  const shorter = Math.min(now.length, old.length);
  let first = 0;
  while (first < shorter && now[first] === old[first]) first += 1;
  let last = 0;
  while (last < shorter - first && now.at(-1 - last) === old.at(-1 - last)) last += 1;
  return first + last >= ALIKE * Math.max(now.length, old.length);
}
