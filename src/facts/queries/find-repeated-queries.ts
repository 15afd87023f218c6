import type { FindFacts } from '../fact-hit.ts';
import { findSlips } from '../find-slips.ts';

/** Nobody waits for it, or it runs once. */
const ALONE =
  /cron|schedul|migrat|seed|script|backfill|\bcli\b|clean_?up|import|export|fixture|sync|worker|job|task|command|test/i;

/** One query for each item of a list, also in a function that the loop calls. */
export const findRepeatedQueries: FindFacts = (facts, read, before) => [
  ...findSlips('query-in-loop')(facts, read, before).filter(
    ({ symbol, place }) => !ALONE.test(`${symbol} ${place.path}`),
  ),
  ...facts.repeated
    // Prisma puts those that begin in one tick together. Source: prisma.io/docs, query optimization, dataloader.
    .filter(({ call, atOnce }) => !(atOnce && /\.findUnique(?:OrThrow)?$/.test(call)))
    .filter(({ function: name, place }) => !ALONE.test(`${name} ${place.path}`))
    .map(({ call, through, asked, over, ofRows, loop, function: symbol, place }) => ({
      place,
      symbol,
      suspected: !ofRows,
      values: {
        CALL: call,
        OVER: over,
        LINE: String(loop.startLine),
        WAY: through.length === 0 ? '' : ` (in \`${through.at(-1)}\`, ${asked.path} line ${asked.startLine})`,
      },
    })),
];
