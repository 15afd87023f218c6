import type { Knex } from 'knex';
import { AppError } from '../errors.js';
import { postEntry } from '../wallets/ledger.js';
import type { ProviderEvent } from './dispatch.js';

export async function settleTopup(trx: Knex.Transaction, event: ProviderEvent): Promise<void> {
  const topup = await trx('topups').where({ provider_id: event.data.topup }).first();
  if (!topup) throw new AppError(404, 'topup_not_found', 'No such top-up');
  await trx('topups').where({ provider_id: topup.provider_id }).update({ status: 'settled' });
  await postEntry(trx, {
    walletId: topup.wallet_id,
    amountCents: topup.amount_cents,
    kind: 'topup',
    reference: topup.provider_id,
  });
}
