import type { SourceFile } from '../change/source-file.ts';
import type { Hunk } from '../diff/patch.ts';
import type { FileAnalysis, Outlined } from './process/task.ts';

/**
 * Work whose cost a stranger chooses: it runs in processes of its own, with time, memory and a budget, and an answer always
 * comes. What could not be done is an answer, too.
 */
export interface Analysis {
  analyse(files: readonly SourceFile[], onDone?: (path: string) => void): Promise<FileAnalysis[]>;
  /** What changed between two texts, for each pair. */
  compare(pairs: readonly { path: string; base: string; head: string }[]): Promise<Compared[]>;
  /** Each text as it may be shown, with what stands in it; or why it is not. */
  outline(files: readonly { path: string; text: string }[]): Promise<(Outlined | { reason: string })[]>;
  /**
   * The same, for work that somebody waits for: after so many milliseconds in which any of it ran it is called off, and what was not
   * done says so. Absent: it has no clock.
   */
  within?(ms: number): Analysis;
}

export type Compared = { hunks: Hunk[] } | { reason: string };
