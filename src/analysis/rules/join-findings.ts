import { isSuspected, type RawFinding } from '../../findings/finding.ts';
import type { ProgramFlows } from '../../flows/find-program-flows.ts';

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
  const flows = program.findings.filter((one) => !(byHand && program.byOperator.includes(one)));
  const suspects = byHand ? [] : program.suspects.filter((one) => !flows.some((other) => isSameFlaw(other, one)));
  const used = uses.filter((use) => !flows.some((flow) => isSameFlaw(flow, use)));
  const told = used.filter(
    (use) =>
      !isSuspected(use) ||
      ![...suspects, ...used.filter((one) => !isSuspected(one))].some((one) => isSameFlaw(one, use)),
  );
  return [...flows, ...suspects.filter((one) => !told.some((other) => isSameFlaw(other, one))), ...told];
}

/** Where data was followed to a place, that it is a dangerous place need not be said. */
function isSameFlaw(flow: RawFinding, use: RawFinding): boolean {
  const overlaps = flow.startLine <= use.endLine && use.startLine <= flow.endLine;
  return overlaps && flow.cwe.some((one) => use.cwe.includes(one));
}
