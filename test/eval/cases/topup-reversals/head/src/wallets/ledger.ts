import type { Knex } from 'knex';
import { notEnough, walletFrozen, walletNotFound } from '../errors.js';
import { findWalletForEntry, insertEntry, setBalance } from './repository.js';
import type { Entry } from './types.js';

export interface Posting {
  walletId: string;
  amountCents: number;
  kind: Entry['kind'];
  reference: string | null;
}

/** Moves money in or out of one wallet: the entry and the balance that follows from it. */
export async function postEntry(trx: Knex.Transaction, posting: Posting): Promise<Entry> {
  const wallet = await findWalletForEntry(trx, posting.walletId);
  if (!wallet) throw walletNotFound();
  if (wallet.frozen_at && posting.amountCents < 0) throw walletFrozen();
  const balance = wallet.balance_cents + posting.amountCents;
  if (balance < 0) throw notEnough();
  await setBalance(trx, wallet.id, balance);
  return insertEntry(trx, {
    wallet_id: wallet.id,
    amount_cents: posting.amountCents,
    balance_after_cents: balance,
    kind: posting.kind,
    reference: posting.reference,
  });
}

/** Takes `amountCents`, or what there is. Works on frozen wallets: the money is not the customer's any more. */
export async function takeUpTo(
  trx: Knex.Transaction,
  walletId: string,
  amountCents: number,
  kind: Entry['kind'],
  reference: string,
): Promise<number> {
  const wallet = await findWalletForEntry(trx, walletId);
  if (!wallet) throw walletNotFound();
  const taken = Math.min(amountCents, wallet.balance_cents);
  if (taken === 0) return 0;
  const balance = wallet.balance_cents - taken;
  await setBalance(trx, walletId, balance);
  await insertEntry(trx, {
    wallet_id: walletId,
    amount_cents: -taken,
    balance_after_cents: balance,
    kind,
    reference,
  });
  return taken;
}
