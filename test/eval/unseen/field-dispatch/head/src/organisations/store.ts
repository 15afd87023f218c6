import type { Pool } from 'pg';

export class OrganisationStore {
  constructor(private readonly pool: Pool) {}

  async timeZone(orgId: string): Promise<string> {
    const { rows } = await this.pool.query<{ timeZone: string }>(
      'select time_zone as "timeZone" from organisations where id = $1',
      [orgId],
    );
    if (!rows[0]) throw new Error(`organisation ${orgId} does not exist`);
    return rows[0].timeZone;
  }
}
