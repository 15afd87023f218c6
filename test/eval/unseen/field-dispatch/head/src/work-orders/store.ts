import type { Pool } from 'pg';
import type { WorkOrder, WorkOrderStatus } from './model.js';

const COLUMNS = `
  id, org_id as "orgId", technician_id as "technicianId", status,
  customer_name as "customerName", address, access_note as "accessNote",
  window_start as "windowStart", window_end as "windowEnd"`;

export class WorkOrderStore {
  constructor(private readonly pool: Pool) {}

  async list(orgId: string, status: WorkOrderStatus, limit: number): Promise<WorkOrder[]> {
    const { rows } = await this.pool.query<WorkOrder>(
      `select ${COLUMNS} from work_orders
       where org_id = $1 and status = $2
       order by window_start nulls last, id
       limit $3`,
      [orgId, status, limit],
    );
    return rows;
  }

  async find(orgId: string, id: string): Promise<WorkOrder | undefined> {
    const { rows } = await this.pool.query<WorkOrder>(
      `select ${COLUMNS} from work_orders where org_id = $1 and id = $2`,
      [orgId, id],
    );
    return rows[0];
  }

  async setStatus(orgId: string, id: string, status: WorkOrderStatus): Promise<boolean> {
    const result = await this.pool.query(
      `update work_orders set status = $3
       where org_id = $1 and id = $2 and status not in ('done', 'cancelled')`,
      [orgId, id, status],
    );
    return result.rowCount === 1;
  }

  async dueBetween(from: Date, to: Date): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      `select id from work_orders
       where status = 'scheduled' and window_start >= $1 and window_start < $2
       order by id`,
      [from, to],
    );
    return rows.map((row) => row.id);
  }

  async findMany(ids: readonly string[]): Promise<WorkOrder[]> {
    if (ids.length === 0) return [];
    const { rows } = await this.pool.query<WorkOrder>(
      `select ${COLUMNS} from work_orders where id = any($1::bigint[]) order by id`,
      [ids],
    );
    return rows;
  }
}
