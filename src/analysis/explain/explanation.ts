import type { Check } from '../rules/run-rules.ts';

/** Why a rule speaks, or is silent, about one file. */
export interface Explanation {
  id: string;
  path: string;
  /** How it looks for its flaw. */
  how: string;
  /** Places that it came to, by line. */
  places: readonly ExplainedPlace[];
  /** What holds for the whole file, or does not. */
  file: readonly Check[];
  /** The findings that a scan of this file tells. */
  findings: readonly { line: number; severity: string; title: string }[];
}

export interface ExplainedPlace {
  line: number;
  code: string;
  checks: readonly Check[];
}
