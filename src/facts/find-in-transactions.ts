import type { FactHit, FindFacts } from './fact-hit.ts';
import type { DoneInside, Transaction } from './facts.ts';

/** What leaves the program while a transaction waits for its answer. */
export const findRequestsInTransactions: FindFacts = ({ transactions }) =>
  transactions.flatMap((one) => one.inside.filter(({ does }) => does === 'request').map((done) => toHit(one, done)));

/** What nobody can take back when the transaction is rolled back, or what others see before it is there. */
export const findMessagesInTransactions: FindFacts = ({ transactions }) =>
  transactions.flatMap((one) =>
    one.inside.filter(({ does }) => does === 'mail' || does === 'message').map((done) => toHit(one, done)),
  );

/** Queries that take another connection while the transaction holds one. */
export const findQueriesBesideTransactions: FindFacts = ({ transactions }) =>
  transactions.flatMap(({ client, handle, beside, function: symbol, place }) =>
    beside.map((one) => ({
      place: one.place,
      symbol,
      values: { CALL: one.call, CLIENT: client, HANDLE: handle, LINE: String(place.startLine) },
    })),
  );

function toHit({ function: symbol, place: begun }: Transaction, { call, through, done, place }: DoneInside): FactHit {
  const way = through.length === 0 ? '' : ` (in \`${through.at(-1)}\`, ${done.path} line ${done.startLine})`;
  return { place, symbol, values: { CALL: call, WAY: way, LINE: String(begun.startLine) } };
}
