import type { FactPlace, Facts, PlacedFunction } from './facts.ts';

/** A place that lacks what its siblings have, or what it had before the change, and the words for it. */
export interface FactHit {
  place: FactPlace;
  /** The last line of what is shown together; without it the first one alone. */
  last?: number;
  /** `LEFT`: the lines are those of the base. */
  side?: 'LEFT';
  symbol: string;
  /** What the author wrote beside it speaks against it, and proves nothing. */
  suspected?: boolean;
  /** Every fact that makes it a flaw was seen. */
  certain?: true;
  /** What callers may rely on: its path (null: it is in another file), and a field of its answer. */
  promised?: { path: string | null; field: string | null; moved?: boolean };
  /**
   * What callers can see since the change, as `GET /orders`: the route, a name that it sends or takes beside others, or a status that it
   * answers with; and the routes of the file before the change.
   */
  specified?: { route: string; name: string | null; status?: number; beside: string[]; siblings: string[] };
  /** A check that may stand in another file of the change now: its name, or all of it. */
  moved?: string[];
  /** What of this kind another file of the change may do now: a middleware that turns people away, a client with a time limit. */
  keptBy?: 'guard' | 'limit' | 'time';
  /** A row that is made where none was found: what it is called, and what it was looked for by. */
  row?: { nouns: string[]; by: string[] };
  /** Values of the rule's templates. */
  values: Readonly<Record<string, string>>;
}

/** The text of a place. */
export type ReadPlace = (place: FactPlace) => string;

/** A line that the change removed (numbered as on the base) or added. */
export interface ChangedLine {
  line: number;
  text: string;
}

/** Lines that the change took away and put there at one place. */
export interface Edit {
  removed: readonly ChangedLine[];
  added: readonly ChangedLine[];
  /** The head line that it begins at; of a pure removal the one that follows. */
  at: number;
}

export interface FactsBefore {
  facts: Facts;
  read: ReadPlace;
  /** Of the file under review. */
  path: string;
  removed: readonly ChangedLine[];
  added: readonly ChangedLine[];
  edits: readonly Edit[];
  /** Of the program before the change, and of the one after it; `known`: the latter with those of the files around it. */
  functions: { base: readonly PlacedFunction[]; head: readonly PlacedFunction[]; known: readonly PlacedFunction[] };
}

/** @param before the facts before the change; null: there was none, or it took nothing away that could matter */
export type FindFacts = (facts: Facts, read: ReadPlace, before: FactsBefore | null) => FactHit[];
