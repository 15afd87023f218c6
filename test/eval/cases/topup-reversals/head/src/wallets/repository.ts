import type { Knex } from 'knex';
import type { Db } from '../db.js';
import type { Entry, Wallet } from './types.js';

const WALLET_COLUMNS = ['id', 'merchant_id', 'customer_ref', 'balance_cents', 'fee_plan', 'frozen_at'];

export async function createWallet(db: Db, merchantId: string, customerRef: string): Promise<Wallet | undefined> {
  const rows = await db<Wallet>('wallets')
    .insert({ merchant_id: merchantId, customer_ref: customerRef })
    .onConflict(['merchant_id', 'customer_ref'])
    .ignore()
    .returning('*');
  return rows[0];
}

export async function findWallet(db: Db, merchantId: string, id: string): Promise<Wallet | undefined> {
  const wallet = await db<Wallet>('wallets').where({ id, merchant_id: merchantId }).first(WALLET_COLUMNS);
  return wallet as Wallet | undefined;
}

export async function findWalletByCustomer(db: Db, merchantId: string, ref: string): Promise<Wallet | undefined> {
  const wallet = await db<Wallet>('wallets').where({ customer_ref: ref, merchant_id: merchantId }).first(WALLET_COLUMNS);
  return wallet as Wallet | undefined;
}

export async function findWalletForEntry(trx: Knex.Transaction, id: string): Promise<Wallet | undefined> {
  const wallet = await trx<Wallet>('wallets').where({ id }).forUpdate().first(WALLET_COLUMNS);
  return wallet as Wallet | undefined;
}

export async function setBalance(trx: Knex.Transaction, id: string, balanceCents: number): Promise<void> {
  await trx<Wallet>('wallets').where({ id }).update({ balance_cents: balanceCents });
}

export async function setFrozen(db: Db, merchantId: string, id: string, frozen: boolean): Promise<boolean> {
  const count = await db<Wallet>('wallets')
    .where({ id, merchant_id: merchantId })
    .update({ frozen_at: frozen ? new Date() : null });
  return count === 1;
}

export async function insertEntry(trx: Knex.Transaction, entry: Omit<Entry, 'id' | 'created_at'>): Promise<Entry> {
  const rows = await trx<Entry>('entries').insert(entry).returning('*');
  return rows[0] as Entry;
}

export async function listEntries(db: Db, walletId: string, limit: number, beforeId?: string): Promise<Entry[]> {
  const query = db<Entry>('entries').where({ wallet_id: walletId }).orderBy('id', 'desc').limit(limit);
  if (beforeId) query.andWhere('id', '<', beforeId);
  return query;
}
