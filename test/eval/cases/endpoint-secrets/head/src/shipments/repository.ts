import { pool, type Queryable } from '../db.js';
import type { CreateShipment, ListShipments } from './schema.js';

export interface Shipment {
  id: string;
  account_id: string;
  reference: string;
  status: 'draft' | 'labelled' | 'in_transit' | 'delivered' | 'cancelled';
  recipient: CreateShipment['recipient'];
  weight_grams: number;
  carrier: string | null;
  label_id: string | null;
  tracking_number: string | null;
  created_at: Date;
}

export async function insertShipment(accountId: string, input: CreateShipment): Promise<Shipment | undefined> {
  const { rows } = await pool.query<Shipment>(
    `insert into shipments (account_id, reference, recipient, weight_grams) values ($1, $2, $3, $4)
     on conflict (account_id, reference) do nothing returning *`,
    [accountId, input.reference, input.recipient, input.weightGrams],
  );
  return rows[0];
}

export async function findShipment(accountId: string, id: string): Promise<Shipment | undefined> {
  const { rows } = await pool.query<Shipment>('select * from shipments where id = $1 and account_id = $2', [
    id,
    accountId,
  ]);
  return rows[0];
}

export async function lockShipment(tx: Queryable, accountId: string, id: string): Promise<Shipment | undefined> {
  const { rows } = await tx.query<Shipment>(
    'select * from shipments where id = $1 and account_id = $2 for update',
    [id, accountId],
  );
  return rows[0];
}

export async function listShipments(accountId: string, query: ListShipments): Promise<Shipment[]> {
  const { rows } = await pool.query<Shipment>(
    `select * from shipments
      where account_id = $1 and ($2::text is null or status = $2) and ($3::timestamptz is null or created_at < $3)
      order by created_at desc, id desc limit $4`,
    [accountId, query.status ?? null, query.before ?? null, query.limit],
  );
  return rows;
}

export async function setStatus(db: Queryable, id: string, status: Shipment['status']): Promise<void> {
  await db.query('update shipments set status = $2, updated_at = now() where id = $1', [id, status]);
}

export async function addEvent(db: Queryable, id: string, kind: string, detail: object = {}): Promise<void> {
  await db.query('insert into shipment_events (shipment_id, kind, detail) values ($1, $2, $3)', [id, kind, detail]);
}
