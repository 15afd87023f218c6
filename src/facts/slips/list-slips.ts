import type { Home } from '../../flows/value.ts';
import { findCreatedTwice } from './find-created-twice.ts';
import type { FoundSlip } from './slip.ts';

const FINDERS: readonly ((home: Home) => FoundSlip[])[] = [findCreatedTwice];

/** The slips that the form of one file shows. */
export function listSlips(home: Home): FoundSlip[] {
  return FINDERS.flatMap((find) => find(home));
}
