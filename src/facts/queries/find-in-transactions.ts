import type { FactHit, FindFacts } from '../fact-hit.ts';
import type { DoneInside, Transaction } from '../facts.ts';

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
      // `tx.transaction(…)`: where that runs on the connection that it has, the two handles are one.
      suspected: HANDLE.test(client),
      values: {
        CALL: one.call,
        WAY: wayOf(one),
        CLIENT: client,
        HANDLE: handle,
        LINE: String(place.startLine),
        HOW:
          one.through.length === 0
            ? `Call it on \`${handle}\``
            : `Hand \`${handle}\` to \`${one.through[0]}\`, and ask it there`,
      },
    })),
  );

/** What a transaction is called that somebody else has begun. */
const HANDLE = /(?:^|\.)(?:t|tx|trx|txn|\w*(?:Tx|Trx|Txn|_tx|Transaction))$/;

function toHit({ function: symbol, place: begun }: Transaction, done: DoneInside): FactHit {
  return {
    place: done.place,
    symbol,
    ...(done.suspected && { suspected: true }),
    values: { CALL: done.call, WAY: wayOf(done), LINE: String(begun.startLine) },
  };
}

function wayOf({ through, done }: Pick<DoneInside, 'through' | 'done'>): string {
  return through.length === 0 ? '' : ` (in \`${through.at(-1)}\`, ${done.path} line ${done.startLine})`;
}
