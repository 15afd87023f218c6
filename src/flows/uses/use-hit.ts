import type { Span } from '../../languages/form.ts';
import type { Condition, UseClause } from '../data/use-clause.ts';
import type { Use } from '../data/use-table.ts';
import type { Place } from '../values/value.ts';

/** A clause was asked at a place. */
export interface Asked {
  use: Use;
  place: Place;
  /** The first of its conditions that did not hold; null: all of them did. */
  failed: Failed | null;
}

/** A use of a library that fits a clause. */
export interface UseHit {
  use: Use;
  place: Place;
  /** The place to report on. `isWritten`: where a credential that is used here is written. */
  at: Place & { isWritten?: boolean };
  call: string;
  /** What the condition of `at`, or else the first one, was about, as it is known, `md5`, or as it is written. */
  value: string;
  /** What the result is called. */
  name: string;
  /** Spans of credentials. */
  secrets: readonly Span[];
  symbol: string;
  /** The conditions under which it runs, as they are written. */
  under: readonly string[];
  /** What is not known is what the callers of the function around give, and nothing else. */
  ofCallers?: true;
}

export interface Failed {
  /** A key of the clause: `when`, `near`. */
  key: keyof UseClause;
  /** Of `when` and `unless`: which argument, and the condition. */
  pick?: string;
  condition?: Condition;
  /** What is there, as far as it is known. */
  found: string;
}
