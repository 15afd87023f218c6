import type { FindFacts } from './fact-hit.ts';

/** What makes sure that nobody writes in between, or that it is seen. */
const HELD =
  /for[_ ]?(?:no_?key_?)?update|(?:^|[^a-z])(?:re|un)?lock|[a-z]Lock|mutex|serializ|isolation|optimistic|(?:^|[^a-z])version|[a-z]Version|advisory|compare_?and|semaphore|exclusive|throttle|synchronized/i;
/** Nobody runs it beside itself. */
const ALONE =
  /cron|schedul|migrat|seed|script|backfill|\bcli\b|cleanup|clean_?up|recalc|recount|rebuild|reset|import|fixture|sync/i;

/** A number that two requests read, and of whose changes only the last one stays. */
export const findLostUpdates: FindFacts = ({ overwrites }, read) =>
  overwrites
    .filter(({ within, function: name, place }) => !HELD.test(read(within)) && !ALONE.test(`${name} ${place.path}`))
    .map(({ value, read: from, written, function: symbol, place }) => ({
      place,
      symbol,
      values: { VALUE: value, READ: String(from.startLine), WRITTEN: String(written.startLine) },
    }));
