import { type Hunk, touchesOf } from '../diff/patch.ts';
import { compareFindings, type RawFinding } from './finding.ts';

/** Of one analyser in one file. Nobody reads more, and each costs work and memory at every later step. */
export const MOST_FINDINGS = 200;
/** Of those that may turn out to hurt nobody: the rest must not have been crowded out by them. */
const MOST_ASKED = 1000;

export interface Pick {
  findings: RawFinding[];
  left: number;
}

/** What is kept of very many findings: those on changed lines first, then the most severe; in their old order. */
export function pickFindings(
  findings: readonly RawFinding[],
  hunks: readonly Hunk[] | null,
  most = MOST_FINDINGS,
): Pick {
  if (findings.length <= most) return { findings: [...findings], left: 0 };
  const touches = touchesOf(hunks ?? []);
  const isTouched = (finding: RawFinding): number =>
    Number(touches(finding) || finding.trace.some(({ line }) => touches({ startLine: line, endLine: line })));
  const first = [...findings]
    .map((finding) => ({ finding, touched: isTouched(finding) }))
    .sort((a, b) => b.touched - a.touched || compareFindings(a.finding, b.finding))
    .slice(0, most);
  const kept = new Set(first.map((one) => one.finding));
  return { findings: findings.filter((finding) => kept.has(finding)), left: findings.length - most };
}

/** The same before it is asked which of them hurt anybody: those that are asked about do not count among the others. */
export function pickBeforeAsking(findings: readonly RawFinding[], hunks: readonly Hunk[] | null): Pick {
  const [sure, asked] = [false, true].map((isAsked) =>
    pickFindings(
      findings.filter((finding) => isOpen(finding) === isAsked),
      hunks,
      isAsked ? MOST_ASKED : MOST_FINDINGS,
    ),
  );
  const kept = new Set([...(sure?.findings ?? []), ...(asked?.findings ?? [])]);
  return {
    findings: findings.filter((finding) => kept.has(finding)),
    left: (sure?.left ?? 0) + (asked?.left ?? 0),
  };
}

function isOpen({ uses, quietIn, since, named, beside, elsewhere }: RawFinding): boolean {
  return [uses, quietIn, since, named, beside, elsewhere].some((one) => one !== undefined);
}

export function describeLeft(shown: number): string {
  return `more than ${shown} findings; the others are not shown`;
}
