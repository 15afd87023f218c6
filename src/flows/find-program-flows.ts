import type { RawFinding } from '../findings/finding.ts';
import { prepareLanguage } from '../languages/lower-file.ts';
import { findFlows } from './find-flows.ts';
import type { FlowData } from './flow-data.ts';
import { type ReadProgram, readProgram } from './program/read-program.ts';
import type { Entry } from './requests/entry.ts';
import type { Observer, Reached, Run, Wanted } from './run/run.ts';
import { describeHit } from './sinks/describe-hit.ts';
import { describeSuspect } from './sinks/describe-suspect.ts';
import type { Asked, UseHit } from './uses/use-hit.ts';
import type { Home } from './values/value.ts';

/** Steps for each file that is asked about; a file of 1,000 lines takes about 20,000. */
const STEPS_A_FILE = 400_000;
/** For each file that they use: what it does while it is loaded is run as well. */
const STEPS_BESIDE = 100_000;

export interface ProgramFlows {
  /** What has run, of these files: whoever looked on may go on from there. */
  run: Run;
  own: readonly Home[];
  left: ReadProgram['left'];
  findings: RawFinding[];
  /** What comes from parameters of functions whose callers are not known. */
  suspects: RawFinding[];
  /** Where their ways begin, of those that a request or message can send. */
  entries: ReadonlyMap<RawFinding, Entry>;
  /** Those of them that only whoever starts the program decides. */
  byOperator: readonly RawFinding[];
  /** Uses of libraries in the files that are asked about. */
  uses: UseHit[];
  /** For whoever asked to explain. */
  asked: readonly Asked[];
  /** Values that came to sinks, up to a number of them. */
  reached: readonly Reached[];
  wanted: Wanted[];
  clipped: boolean;
}

/**
 * Findings in some files of a program.
 *
 * @param files the texts that are there, with those beside them that they use
 * @param asked paths of the files whose findings are wanted
 * @param explain every clause of a rule's uses that was asked is told as well
 * @param apart a finding stands in the file with which its way was begun, as if that one had been asked about alone
 * @param observer looks on
 */
export async function findProgramFlows(
  files: readonly { path: string; text: string }[],
  asked: readonly string[],
  data: FlowData,
  { explain = false, apart = false, observer }: { explain?: boolean; apart?: boolean; observer?: Observer } = {},
): Promise<ProgramFlows> {
  const { program, homes, left } = await readProgram(files);
  const wanted = new Set(asked);
  const own = homes.filter(({ path }) => wanted.has(path));
  const { hits, suspects, uses, ...found } = findFlows(program, own, {
    ...data,
    budget: STEPS_A_FILE * own.length + STEPS_BESIDE * (homes.length - own.length),
    explain,
    ...(observer && { observer }),
  });
  const byPath = new Map(homes.map((home) => [home.path, home]));
  const classes = new Map(data.classes.map((one) => [one.kind, one]));
  const byOperator: RawFinding[] = [];
  const entries = new Map<RawFinding, Entry>();
  const findings = hits.flatMap((hit) => {
    const one = classes.get(hit.kind);
    const own = apart && wanted.has(hit.begun) ? new Set([hit.begun]) : wanted;
    const described = one && (describeHit(hit, one, byPath, own) ?? describeHit(hit, one, byPath, wanted));
    if (!described) return [];
    const { finding, entry } = described;
    if (entry) entries.set(finding, entry);
    const kinds = hit.holes.flatMap(({ taints }) => taints.map(({ kind }) => kind));
    if (kinds.every((kind) => /^(?:argument|environment)$/.test(kind))) byOperator.push(finding);
    return finding;
  });
  return {
    run: found.run,
    own,
    left,
    findings,
    suspects: suspects.flatMap((hit) => {
      const one = classes.get(hit.kind);
      return (one && describeSuspect(hit, one, byPath, wanted)) ?? [];
    }),
    entries,
    byOperator,
    uses: uses.filter(({ place }) => wanted.has(place.path)),
    asked: found.asked,
    reached: found.reached,
    wanted: [...found.wanted],
    clipped: found.clipped.size > 0 || left.some(({ path }) => wanted.has(path)),
  };
}

/** Loads grammar and models, so that the first file does not pay for them. */
export async function prepareFlows(path: string, data: FlowData): Promise<void> {
  const language = await prepareLanguage(path);
  if (language) data.modelsOf(language);
}
