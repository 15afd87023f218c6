import { pool } from '../db.js';

export interface Return {
  id: string;
  shipment_id: string;
  item_reference: string;
  reason: string;
  opened_at: Date;
  closed_at: Date | null;
}

export async function listReturns(shipmentId: string): Promise<Return[]> {
  const { rows } = await pool.query<Return>(
    'select * from returns where shipment_id = $1 order by opened_at desc, id limit 200',
    [shipmentId],
  );
  return rows;
}

/** Undefined if a return of the same item is open. */
export async function openReturn(shipmentId: string, item: string, reason: string): Promise<Return | undefined> {
  const { rows } = await pool.query<Return>(
    `insert into returns (shipment_id, item_reference, reason) values ($1, $2, $3)
     on conflict (shipment_id, item_reference) where closed_at is null do nothing
     returning *`,
    [shipmentId, item, reason],
  );
  return rows[0];
}

export async function closeReturn(shipmentId: string, returnId: string): Promise<Return | undefined> {
  const { rows } = await pool.query<Return>(
    'update returns set closed_at = now() where id = $1 and shipment_id = $2 and closed_at is null returning *',
    [returnId, shipmentId],
  );
  return rows[0];
}
