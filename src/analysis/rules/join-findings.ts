import { isSuspected, type RawFinding } from '../../findings/finding.ts';
import type { ProgramFlows } from '../../flows/find-program-flows.ts';
import { firstThat } from '../../text/first-that.ts';

interface Looks {
  program: Pick<ProgramFlows, 'findings' | 'suspects' | 'byOperator'>;
  /** Libraries that are used wrongly. */
  uses: readonly RawFinding[];
  /** Whether whoever starts the program waits for it: what such a person gives it hurts nobody else. */
  isByHand: () => boolean;
}

/** What the looks at the values of one file have found, each flaw once: where data was followed to, then how libraries are used. */
export function joinFindings({ program, uses, isByHand }: Looks): RawFinding[] {
  const byHand = program.byOperator.length + program.suspects.length > 0 && isByHand();
  const operators = new Set(byHand ? program.byOperator : []);
  const flows = program.findings.filter((one) => !operators.has(one));
  const isFlow = listFlaws(flows);
  const suspects = byHand ? [] : program.suspects.filter((one) => !isFlow(one));
  const used = uses.filter((use) => !isFlow(use));
  const isSaid = listFlaws([...suspects, ...used.filter((one) => !isSuspected(one))]);
  const told = used.filter((use) => !isSuspected(use) || !isSaid(use));
  const isTold = listFlaws(told);
  return [...flows, ...suspects.filter((one) => !isTold(one)), ...told];
}

/**
 * Whether one of these says what another finding says, in lines that it has as well: where data was followed to a place, that it is a
 * dangerous place need not be said. Thousands may ask it of thousands.
 */
function listFlaws(all: readonly RawFinding[]): (one: RawFinding) => boolean {
  const byKind = new Map<string, { startLine: number; furthest: number }[]>();
  for (const { cwe, startLine, endLine } of all.toSorted((a, b) => a.startLine - b.startLine))
    for (const kind of cwe) {
      const same = byKind.get(kind) ?? [];
      same.push({ startLine, furthest: Math.max(endLine, same.at(-1)?.furthest ?? 0) });
      byKind.set(kind, same);
    }
  return ({ cwe, startLine, endLine }) =>
    cwe.some((kind) => {
      const same = byKind.get(kind) ?? [];
      return (same[firstThat(same, (one) => one.startLine > endLine) - 1]?.furthest ?? -1) >= startLine;
    });
}
