import type { Knex } from 'knex';
import { AppError } from '../errors.js';
import { takeUpTo } from '../wallets/ledger.js';
import type { ProviderEvent } from './dispatch.js';

interface Topup {
  provider_id: string;
  wallet_id: string;
  amount_cents: number;
  refunded_cents: number;
  status: 'pending' | 'settled' | 'reversed';
}

async function lockTopup(trx: Knex.Transaction, providerId: string): Promise<Topup> {
  const topup = await trx<Topup>('topups').where({ provider_id: providerId }).forUpdate().first();
  if (!topup) throw new AppError(404, 'topup_not_found', 'No such top-up');
  if (topup.status === 'pending') throw new AppError(409, 'topup_pending', 'The top-up is not settled');
  return topup as Topup;
}

async function takeBack(trx: Knex.Transaction, topup: Topup, amountCents: number): Promise<void> {
  const taken = await takeUpTo(trx, topup.wallet_id, amountCents, 'topup_reversal', topup.provider_id);
  if (taken === amountCents) return;
  await trx('wallet_debts').insert({
    wallet_id: topup.wallet_id,
    amount_cents: amountCents - taken,
    reference: topup.provider_id,
  });
}

/** A part of the top-up went back to the customer's card. The provider sends one event for each part. */
export async function refundTopup(trx: Knex.Transaction, event: ProviderEvent): Promise<void> {
  const topup = await lockTopup(trx, event.data.topup);
  const left = topup.amount_cents - topup.refunded_cents;
  const amount = Math.min(event.data.amount, left);
  if (amount <= 0) return;
  await trx('topups').where({ provider_id: topup.provider_id }).increment('refunded_cents', amount);
  await takeBack(trx, topup, amount);
}

/** The whole top-up is undone. What was refunded before has been taken back already. */
export async function reverseTopup(trx: Knex.Transaction, event: ProviderEvent): Promise<void> {
  const topup = await lockTopup(trx, event.data.topup);
  const left = topup.amount_cents - topup.refunded_cents;
  await trx('topups')
    .where({ provider_id: topup.provider_id })
    .update({ status: 'reversed', refunded_cents: topup.amount_cents });
  if (left > 0) await takeBack(trx, topup, left);
}
