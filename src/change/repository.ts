import type { Snapshot } from './change.ts';

export type Side = 'base' | 'head';

/**
 * The whole repository as it stands on the base and at the head of a change: git objects, read and never run. One port for a
 * local repository, for a fetched one, and for GitHub's API.
 */
export interface Repository extends Snapshot {
  /** It lies on this machine: what is listed and searched costs no fetch. */
  readonly near?: boolean;
  /** Paths of the regular files of a tree, in its order, as they stand there: whoever shows one masks it. */
  listFiles(side: Side): Promise<{ paths: string[]; complete: boolean }>;
  /** Where texts stand, not the lines themselves: those are shown from files that were searched for credentials. */
  search(side: Side, query: Query): Promise<Found>;
}

export interface Query {
  /** Literal texts, at most 100; a line with any of them is a hit. Letter case counts, if `anyCase` does not say otherwise. */
  texts: readonly string[];
  /** Only as whole words: `pay` is not in `payment`, in `pay$` or in `payé`. */
  whole: boolean;
  /** Letter case does not count, in ASCII. */
  anyCase?: boolean;
  /** Only in files that match one of these globs; none: in all. */
  globs?: readonly string[];
  /** Hits in all, and in one file; what comes after is left out and told. */
  most: number;
  mostOfFile: number;
}

export interface Found {
  /** In the order of the tree. Lines are 1-based. `texts` of the query that the line holds, by their place in it. */
  hits: { path: string; line: number; texts: number[] }[];
  /** What was not searched, in words, to be shown; null: everything was. Binary files hold no lines and are not meant. */
  missing: string | null;
}
