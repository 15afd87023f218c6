import type { PoolClient } from 'pg';

export async function saveReceipt(tx: PoolClient, key: string, apiVersion: number): Promise<boolean> {
  const result = await tx.query(
    `insert into webhook_receipts (receipt_key, api_version) values ($1, $2)
     on conflict (receipt_key) do nothing`,
    [key, apiVersion],
  );
  return result.rowCount === 1;
}
