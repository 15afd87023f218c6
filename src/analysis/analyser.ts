import type { SourceFile } from '../change/source-file.ts';
import type { RawFinding } from '../findings/finding.ts';
import type { Wanted } from '../flows/run/run.ts';
import type { FoundSecret } from './secretlint/find-secrets.ts';

/** A file whose credentials are masked, and where they are. */
export interface Searched {
  file: SourceFile;
  secrets: readonly FoundSecret[];
}

/** Says what is done from now on: the last step that was told is to blame when the process ends. */
export type TellStep = (step: string) => void;

/** The name of this step, of whichever analyser: what goes wrong in it says nothing against what is known of the head. */
export const COMPARISON = 'comparison with the base';

/**
 * One deterministic analyser. `analyse` sees one file at a time, holds no state between files and runs without secrets in
 * reach; what it throws becomes `failed` for that file alone. The file's credentials are masked; `secrets` says where they are.
 */
export interface Analyser {
  name: string;
  handles(file: SourceFile): boolean;
  /** Loads what files of this language need, once: it is no cost of the file. */
  prepare?(file: SourceFile): Promise<void>;
  analyse(file: SourceFile, secrets?: readonly FoundSecret[], at?: TellStep): Promise<Analysed> | Analysed;
  /** Files of one program, each of which lies beside the others: what `analyse` says of each, for the cost of one look at them all. */
  analyseAll?(files: readonly Searched[], at?: TellStep): Promise<Analysed[]>;
  /** What `analyse` could not look at in this file, in words; then its outcome is clipped. Null: nothing was left out. */
  describeGap?(file: SourceFile): Promise<string | null>;
}

/**
 * The findings; with a reason where not all of the file could be looked at. `wanted`: what a file imports that decides more, and
 * was not given beside the file.
 */
export type Analysed = RawFinding[] | { findings: RawFinding[]; clipped: string | null; wanted?: Wanted[] };

export function listFindings(analysed: Analysed): RawFinding[] {
  return Array.isArray(analysed) ? analysed : analysed.findings;
}
