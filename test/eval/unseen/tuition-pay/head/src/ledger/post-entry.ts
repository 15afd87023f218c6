import type { PoolClient } from 'pg';

export interface Entry {
  familyId: string;
  kind: 'payment' | 'fee' | 'refund' | 'chargeback';
  amountCents: number;
  providerRef: string;
  bookedAt: Date;
}

/** Writes the entry and moves the family's balance by its amount. */
export async function postEntry(tx: PoolClient, entry: Entry): Promise<void> {
  await tx.query(
    `insert into ledger_entries (family_id, kind, amount_cents, provider_ref, booked_at)
     values ($1, $2, $3, $4, $5)`,
    [entry.familyId, entry.kind, entry.amountCents, entry.providerRef, entry.bookedAt],
  );
  const moved = await tx.query('update families set balance_cents = balance_cents + $2 where id = $1', [
    entry.familyId,
    entry.amountCents,
  ]);
  if (moved.rowCount !== 1) throw new Error(`family ${entry.familyId} does not exist`);
}
