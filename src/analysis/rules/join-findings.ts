import type { SourceFile } from '../../change/source-file.ts';
import { isAtLeast, isSuspected, type RawFinding } from '../../findings/finding.ts';
import type { ProgramFlows } from '../../flows/find-program-flows.ts';
import type { Reached } from '../../flows/run.ts';
import { indexLines } from '../../text/line-index.ts';

interface Looks {
  /** Of the look at one function after the other: values of unknown origin as well. */
  own: readonly RawFinding[];
  program: Pick<ProgramFlows, 'findings' | 'suspects' | 'byOperator' | 'reached'>;
  /** Libraries that are used wrongly. */
  uses: readonly RawFinding[];
  /** The kind of sink of a class, by the id of its findings. */
  kinds: ReadonlyMap<string, string>;
  /** Whether whoever starts the program waits for it: what such a person gives it hurts nobody else. */
  isByHand: () => boolean;
}

/** What the looks at the values of one file have found, each flaw once. */
export function joinFindings(file: SourceFile, { own, program, uses, kinds, isByHand }: Looks): RawFinding[] {
  const standing = own.filter((one) => !isSettled(one, kinds.get(one.ruleId), file, program.reached));
  const flows = program.findings.filter((one) => !(program.byOperator.includes(one) && isByHand()));
  const joined = standing.map((one) => {
    const worse = flows.find(
      (flow) => isSamePlace(flow, one) && (isSurer(flow, one) || !isAtLeast(one.severity, flow.severity)),
    );
    return worse ? { ...worse, suggestion: worse.suggestion ?? one.suggestion } : one;
  });
  const followed = [...joined, ...flows.filter((flow) => !standing.some((one) => isSamePlace(flow, one)))];
  const used = uses.filter((use) => !followed.some((flow) => isSameFlaw(flow, use)));
  const told = [...followed, ...used.filter((use) => !isSuspected(use) || !used.some((one) => isProven(one, use)))];
  const suspects = program.suspects.filter((one) => !told.some((other) => isSameFlaw(other, one)));
  return suspects.length > 0 && !isByHand() ? [...told, ...suspects] : told;
}

function isSurer(a: RawFinding, b: RawFinding): boolean {
  return isSuspected(b) && !isSuspected(a);
}

/** What is suspected need not be said where it is known. */
function isProven(one: RawFinding, use: RawFinding): boolean {
  return !isSuspected(one) && isSameFlaw(one, use);
}

function isSamePlace(a: RawFinding, b: RawFinding): boolean {
  return a.ruleId === b.ruleId && a.startLine === b.startLine;
}

/** Where data was followed to a place, that it is a dangerous place need not be said. */
function isSameFlaw(flow: RawFinding, use: RawFinding): boolean {
  const overlaps = flow.startLine <= use.endLine && use.startLine <= flow.endLine;
  return overlaps && flow.cwe.some((one) => use.cwe.includes(one));
}

/**
 * The interpreter has come to the same call, and whatever way leads there, all of the text is constant, or was checked: what the
 * look at one function took for unknown is known.
 */
function isSettled(
  { trace, startLine }: RawFinding,
  kind: string | undefined,
  { path, text }: SourceFile,
  reached: readonly Reached[],
): boolean {
  const last = trace.at(-1);
  const line = last?.line ?? startLine;
  const name = /[\w$]+(?=\(…\)$)/.exec(last?.text ?? '')?.[0];
  const lineAt = indexLines(text);
  const here = reached.filter(
    (one) =>
      one.kind === kind &&
      one.place.path === path &&
      lineAt(one.place.span[0]) <= line &&
      lineAt(one.place.span[1]) >= line &&
      (name === undefined || one.sink.endsWith(name)),
  );
  return here.length > 0 && here.every(({ fixed, outcome }) => fixed || outcome === 'safe');
}
