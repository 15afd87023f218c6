import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { z } from 'zod';
import { requireRole } from '../plugins/session.js';
import { TechnicianStore } from './store.js';

const idParams = z.object({ id: z.string().regex(/^\d{1,18}$/) });
const listQuery = z.object({
  active: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
});

export async function technicianRoutes(app: FastifyInstance, { pool }: { pool: Pool }) {
  const technicians = new TechnicianStore(pool);
  app.addHook('preHandler', requireRole('dispatcher'));

  app.get('/', async (request) => {
    const { active } = listQuery.parse(request.query);
    return { items: await technicians.list(request.session.orgId, active) };
  });

  app.get('/:id', async (request, reply) => {
    const { id } = idParams.parse(request.params);
    const technician = await technicians.find(request.session.orgId, id);
    if (!technician) return reply.code(404).send({ error: 'not_found' });
    return technician;
  });
}
