import type { FactPlace } from './facts.ts';

/** A place that lacks what its siblings have, and the words for it. */
export interface FactHit {
  place: FactPlace;
  symbol: string;
  /** Values of the rule's templates. */
  values: Readonly<Record<string, string>>;
}
