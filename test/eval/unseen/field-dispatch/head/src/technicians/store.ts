import type { Pool } from 'pg';

export interface Technician {
  id: string;
  name: string;
  phone: string;
  active: boolean;
}

export class TechnicianStore {
  constructor(private readonly pool: Pool) {}

  async list(orgId: string, active?: boolean): Promise<Technician[]> {
    const { rows } = await this.pool.query<Technician>(
      `select id, name, phone, active from technicians
       where org_id = $1 and ($2::boolean is null or active = $2)
       order by name`,
      [orgId, active ?? null],
    );
    return rows;
  }

  async find(orgId: string, id: string): Promise<Technician | undefined> {
    const { rows } = await this.pool.query<Technician>(
      'select id, name, phone, active from technicians where org_id = $1 and id = $2',
      [orgId, id],
    );
    return rows[0];
  }
}
