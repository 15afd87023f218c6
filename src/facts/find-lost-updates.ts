import type { FindFacts } from './fact-hit.ts';
import type { FactPlace } from './facts.ts';
import { HELD } from './find-overwrites.ts';

/** Code that never runs twice at the same time. */
const ALONE =
  /cron|schedul|migrat|seed|script|backfill|\bcli\b|cleanup|clean_?up|recalc|recount|rebuild|reset|import|fixture|sync/i;

/** A number that two requests read, and of whose changes only the last one stays. */
export const findLostUpdates: FindFacts = ({ overwrites }, read) =>
  overwrites
    .filter(({ within, function: name, place }) => !HELD.test(read(within)) && !ALONE.test(`${name} ${place.path}`))
    .map(({ value, read: from, written, function: symbol, place }) => ({
      place,
      last: lastOf(place, written),
      symbol,
      values: { VALUE: value, READ: String(from.startLine), WRITTEN: String(written.startLine) },
    }));

/** The write that goes over that of others stands right below mostly, and belongs to what is shown. */
const MOST_BELOW = 3;

function lastOf(place: FactPlace, written: FactPlace): number {
  const isBelow = written.path === place.path && written.startLine > place.startLine;
  return isBelow && written.startLine - place.startLine <= MOST_BELOW ? written.startLine : place.startLine;
}
