import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { z } from 'zod';
import { requireRole } from '../plugins/session.js';
import { WorkOrderStore } from './store.js';

const idParams = z.object({ id: z.string().regex(/^\d{1,18}$/) });
const listQuery = z.object({
  status: z.enum(['open', 'scheduled', 'done', 'cancelled']).default('open'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const statusBody = z.object({ status: z.enum(['scheduled', 'done', 'cancelled']) });

export async function workOrderRoutes(app: FastifyInstance, { pool }: { pool: Pool }) {
  const orders = new WorkOrderStore(pool);

  app.get('/', async (request) => {
    const { status, limit } = listQuery.parse(request.query);
    return { items: await orders.list(request.session.orgId, status, limit) };
  });

  app.get('/:id', async (request, reply) => {
    const { id } = idParams.parse(request.params);
    const order = await orders.find(request.session.orgId, id);
    if (!order) return reply.code(404).send({ error: 'not_found' });
    return order;
  });

  app.patch('/:id/status', { preHandler: requireRole('technician', 'dispatcher') }, async (request, reply) => {
    const { id } = idParams.parse(request.params);
    const { status } = statusBody.parse(request.body);
    const changed = await orders.setStatus(request.session.orgId, id, status);
    if (!changed) return reply.code(409).send({ error: 'not_changeable' });
    return reply.code(204).send();
  });
}
