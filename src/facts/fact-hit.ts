import type { FactPlace, Facts } from './facts.ts';

/** A place that lacks what its siblings have, or what it had before the change, and the words for it. */
export interface FactHit {
  place: FactPlace;
  symbol: string;
  /** What the author wrote beside it speaks against it, and proves nothing. */
  suspected?: boolean;
  /** Values of the rule's templates. */
  values: Readonly<Record<string, string>>;
}

/** The text of a place. */
export type ReadPlace = (place: FactPlace) => string;

/** @param before the facts before the change; null: there was none, or it took nothing away that could matter */
export type FindFacts = (facts: Facts, read: ReadPlace, before: { facts: Facts; read: ReadPlace } | null) => FactHit[];
