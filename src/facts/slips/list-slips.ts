import type { Home } from '../../flows/values/value.ts';
import { memo } from '../../languages/memo.ts';
import { findChargedTwice } from './find-charged-twice.ts';
import { findCheckedThenChanged } from './find-checked-then-changed.ts';
import { findCreatedTwice } from './find-created-twice.ts';
import { findDroppedTransactions, findUnusedTransactions } from './find-dropped-transactions.ts';
import { findEarlyIds } from './find-early-ids.ts';
import { findKeptLocks } from './find-kept-locks.ts';
import { findLoadedValues } from './find-loaded-values.ts';
import { findLostErrors } from './find-lost-errors.ts';
import { findRefusedSockets } from './find-refused-sockets.ts';
import { findReplacedMaps } from './find-replaced-maps.ts';
import { findRequestMaps } from './find-request-maps.ts';
import { findShadowed } from './find-shadowed.ts';
import { findSharedCacheKeys } from './find-shared-cache-keys.ts';
import { findSharedCaches } from './find-shared-caches.ts';
import { findSharedMaps } from './find-shared-maps.ts';
import { findSkippedReleases } from './find-skipped-releases.ts';
import { findSpentFlags } from './find-spent-flags.ts';
import { findSpentTokens } from './find-spent-tokens.ts';
import { findTurnedChecks } from './find-turned-checks.ts';
import { findUncheckedAmounts } from './find-unchecked-amounts.ts';
import { findUnheardRejections } from './find-unheard-rejections.ts';
import type { FoundSlip } from './slip.ts';

const FINDERS: readonly ((home: Home) => FoundSlip[])[] = [
  findChargedTwice,
  findCheckedThenChanged,
  findCreatedTwice,
  findDroppedTransactions,
  findEarlyIds,
  findKeptLocks,
  findLoadedValues,
  findLostErrors,
  findRefusedSockets,
  findReplacedMaps,
  findRequestMaps,
  findShadowed,
  findSharedCacheKeys,
  findSharedCaches,
  findSharedMaps,
  findSkippedReleases,
  findSpentFlags,
  findSpentTokens,
  findTurnedChecks,
  findUncheckedAmounts,
  findUnheardRejections,
  findUnusedTransactions,
];

/** The slips that the form of one file shows: it is asked wherever the file lies beside others. */
export const listSlips = memo((home: Home): readonly FoundSlip[] => FINDERS.flatMap((find) => find(home)));
