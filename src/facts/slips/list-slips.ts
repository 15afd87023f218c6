import type { Home } from '../../flows/value.ts';
import { findCreatedTwice } from './find-created-twice.ts';
import { findDroppedTransactions } from './find-dropped-transactions.ts';
import { findKeptLocks } from './find-kept-locks.ts';
import { findRefusedSockets } from './find-refused-sockets.ts';
import { findRequestMaps } from './find-request-maps.ts';
import { findSharedMaps } from './find-shared-maps.ts';
import type { FoundSlip } from './slip.ts';

const FINDERS: readonly ((home: Home) => FoundSlip[])[] = [
  findCreatedTwice,
  findDroppedTransactions,
  findKeptLocks,
  findRefusedSockets,
  findRequestMaps,
  findSharedMaps,
];

/** The slips that the form of one file shows. */
export function listSlips(home: Home): FoundSlip[] {
  return FINDERS.flatMap((find) => find(home));
}
